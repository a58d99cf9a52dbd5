package uk.onefileroutes.dryrun;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.onefileroutes.feed.Feed;
import uk.onefileroutes.feed.ResultsPlace;
import uk.onefileroutes.feed.SafeName;
import uk.onefileroutes.receive.Answered;
import uk.onefileroutes.receive.IncompleteFile;
import uk.onefileroutes.report.DryRunResults;
import uk.onefileroutes.report.ReportFile;
import uk.onefileroutes.route.ExchangeEnd;
import uk.onefileroutes.shown.Causes;
import uk.onefileroutes.table.UnreadableFile;

/**
 * The steps of {@code dry-run-dropped}. The name of an answer is noted before it is written, until
 * the drop is gone: after a crash in between it is finished under the same name, and one that is
 * there already is not written again. Thread-safe.
 */
public final class DryRunDrops {
  private static final Logger LOG = LoggerFactory.getLogger(DryRunDrops.class);
  private static final Pattern DRY_RUN =
      Pattern.compile(".+\\.dryrun\\.[^.]+(\\.gz)?", Pattern.CASE_INSENSITIVE);

  private final DryRuns dryRuns;
  private final Map<String, ResultsPlace> places;
  private final InstantSource clock;
  private final ZoneId zone;

  /**
   * @param places where each feed's answers go, by its name
   * @param zone of stamps in names
   */
  public DryRunDrops(
      DryRuns dryRuns, Map<String, ResultsPlace> places, InstantSource clock, ZoneId zone) {
    this.dryRuns = dryRuns;
    this.places = Map.copyOf(places);
    this.clock = clock;
    this.zone = zone;
  }

  /**
   * A drop whose bytes are with us.
   *
   * @param folder for this run
   * @param note where the name of its answer is noted
   */
  public record Drop(Feed feed, String name, Path folder, Path note) implements Answered {
    Path bytes() {
      return folder.resolve("input");
    }

    @Override
    public void sourceRemoved() {
      try {
        Files.deleteIfExists(note);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Whether a file asks by its name for a dry run, such as {@code export.dryrun.csv}. */
  public boolean isDryRun(@Header(Exchange.FILE_NAME_ONLY) String name) {
    return DRY_RUN.matcher(name).matches();
  }

  /**
   * Copies a drop.
   *
   * @param listedBytes its size when it was listed; with any other it is not taken
   */
  public Drop take(
      @Body InputStream bytes,
      @Variable("feed") String feedName,
      @Header(Exchange.FILE_NAME_ONLY) String name,
      @Header(Exchange.FILE_LENGTH) long listedBytes,
      @Header(Exchange.FILE_LAST_MODIFIED) @Nullable Long modifiedMs,
      Exchange exchange)
      throws IOException {
    Path folder = dryRuns.newFolder();
    ExchangeEnd.of(exchange, () -> delete(folder));
    Feed feed = dryRuns.feed(feedName).orElseThrow();
    String key = "%s/%s/%d/%s".formatted(feedName, name, listedBytes, modifiedMs);
    UUID note = UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8));
    Drop drop =
        new Drop(
            feed,
            name,
            folder,
            Files.createDirectories(dryRuns.answers()).resolve(note.toString()));
    try (bytes) {
      IncompleteFile.refuseUnless(Files.copy(bytes, drop.bytes()), listedBytes);
    }
    return drop;
  }

  /** What is not in the feed's results place yet: an answer, or nothing. */
  public List<ReportFile> answer(@Body Drop drop) throws IOException {
    ResultsPlace place = Optional.ofNullable(places.get(drop.feed.name())).orElseThrow();
    if (Files.exists(drop.note)) {
      try (ResultsPlace.Look look = place.look()) {
        if (!look.isFree(Files.readString(drop.note))) {
          return List.of(); // written by a run that ended before the drop was gone
        }
      }
    }
    String ending;
    Path answer;
    DryRun dryRun =
        dryRuns.of(drop.feed, drop.name, drop.bytes(), drop.folder, new DryRun.Wanted(true, false));
    try {
      DryRunReport report = dryRuns.run(dryRun);
      answer = dryRun.results();
      ending = "results." + SafeName.ending(SafeName.ofAnswer(drop.name));
      LOG.info(
          "Feed {}: dry run of {}: {}{}",
          drop.feed.name(),
          SafeName.of(drop.name),
          report.planned().rows(),
          report.hold().held() == null ? "" : "; it would be held: " + report.hold().heldWhy());
    } catch (UnreadableFile e) {
      answer = drop.folder.resolve("refusal");
      ending = "error.txt";
      Files.writeString(answer, DryRunResults.refusal(e, drop.name, drop.feed.name()));
      LOG.info("Feed {}: dry run of {}: {}", drop.feed.name(), SafeName.of(drop.name), e.code());
    }
    return List.of(new ReportFile(drop.feed.name(), noted(drop, ending, place), answer));
  }

  private String noted(Drop drop, String ending, ResultsPlace place) throws IOException {
    if (Files.exists(drop.note)) {
      return Files.readString(drop.note);
    }
    LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), zone);
    try (ResultsPlace.Look look = place.look()) {
      String name = look.freeName(SafeName.ofAnswer(drop.name), ending, now);
      Path part = drop.folder.resolve("note");
      Files.writeString(part, name);
      Files.move(part, drop.note, StandardCopyOption.ATOMIC_MOVE);
      return name;
    }
  }

  private static void delete(Path folder) {
    try {
      DryRun.delete(folder);
    } catch (IOException e) {
      LOG.warn("{} could not be deleted: {}", folder, Causes.words(e));
    }
  }
}
