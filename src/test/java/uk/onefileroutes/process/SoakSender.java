package uk.onefileroutes.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.testing.TestSftpServer;

/**
 * A sender that drops its next file every so often, unless the last one is not answered yet, and
 * compares each answer with what must come back. For one thread.
 */
final class SoakSender {
  private final SoakFiles files;
  private final Place place;
  private final Duration every;
  private final Duration answerWithin;
  private @Nullable SoakFile waiting;
  private long droppedAt;
  private boolean isLate;
  private long nextAt;
  private int answered;
  private long rows;
  private double lastSeconds;

  /** Where it drops files, and where answers come. */
  interface Place {
    void drop(SoakFile file) throws IOException;

    /** The results of that name, there or not. */
    Path results(String name) throws IOException;
  }

  /**
   * @param every the time from one file to the next
   * @param answerWithin how long an answer may take
   */
  SoakSender(SoakFiles files, Place place, Duration every, Duration answerWithin) {
    this.files = files;
    this.place = place;
    this.every = every;
    this.answerWithin = answerWithin;
    this.nextAt = System.nanoTime();
  }

  /** Folders of this machine; files are written elsewhere and moved in whole. */
  static Place folders(Path drop, Path results) {
    return new Place() {
      @Override
      public void drop(SoakFile file) throws IOException {
        Files.createDirectories(drop);
        Path written = drop.resolveSibling(file.fileName() + ".writing");
        Files.write(written, file.content());
        Files.move(written, drop.resolve(file.fileName()), StandardCopyOption.ATOMIC_MOVE);
      }

      @Override
      public Path results(String name) {
        return results.resolve(name);
      }
    };
  }

  /** Folders of an SFTP server; for text. */
  static Place folders(TestSftpServer server, String drop, String results) {
    return new Place() {
      @Override
      public void drop(SoakFile file) throws IOException {
        server.drop(drop, file.fileName(), file.text());
      }

      @Override
      public Path results(String name) throws IOException {
        return server.folder(results).resolve(name);
      }
    };
  }

  /**
   * Takes the answer if it is there, drops the next file if it is time.
   *
   * @param isOpen whether further files are dropped
   * @param troubles what is not as it must be is added to it
   */
  void tick(boolean isOpen, List<String> troubles) throws IOException {
    long now = System.nanoTime();
    SoakFile asked = waiting;
    if (asked != null) {
      Path results = place.results(asked.resultsName());
      lastSeconds = (now - droppedAt) / 1e9;
      if (Files.exists(results)) {
        judge(asked, Files.readAllBytes(results), troubles);
        waiting = null;
        isLate = false;
        answered++;
        rows += asked.states().size();
      } else if (now - droppedAt > answerWithin.toNanos() && !isLate) {
        isLate = true;
        troubles.add(asked.fileName() + " has no results after " + answerWithin);
      }
    }
    if (waiting == null && isOpen && now >= nextAt) {
      SoakFile next = files.next();
      place.drop(next);
      waiting = next;
      droppedAt = now;
      nextAt = Math.max(nextAt + every.toNanos(), now);
    }
  }

  boolean isAnswered() {
    return waiting == null;
  }

  int answered() {
    return answered;
  }

  long rows() {
    return rows;
  }

  /** How long the newest file took, or takes so far. */
  double lastSeconds() {
    return lastSeconds;
  }

  private static void judge(SoakFile file, byte[] results, List<String> troubles) {
    List<String> states = SoakFiles.states(results);
    if (!states.equals(file.states())) {
      troubles.add(
          "%s was answered with %s instead of %s"
              .formatted(file.fileName(), counts(states), counts(file.states())));
    }
  }

  private static Map<String, Integer> counts(List<String> states) {
    Map<String, Integer> counts = new TreeMap<>();
    states.forEach(state -> counts.merge(state, 1, Integer::sum));
    return counts;
  }
}
