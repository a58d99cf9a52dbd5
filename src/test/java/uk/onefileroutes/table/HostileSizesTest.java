package uk.onefileroutes.table;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.onefileroutes.table.TestFeeds.feed;

import java.io.IOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.onefileroutes.assignment.Fault;
import uk.onefileroutes.assignment.RequestedAssignment;

/** Sizes that no sender means: each has its answer, within memory that doesn't grow with them. */
class HostileSizesTest {
  private static final String OBJECT =
      "{\"learner_id\":1,\"role\":\"iqa\",\"kind\":1,\"assignee_id\":2}";
  private static final int MEBIBYTES = 99; // and the file is within the limit of 100
  private static final long MOST_ALLOCATED = 160L << 20; // twice that and more if it were held

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "learner_id,role,kind,assignee_id\\n1,iqa,1,~\\n2,iqa,1,3\\n~TOO_LONG;;",
        "learner_id,role,kind,assignee_id\\n\"1~\",iqa,1,2\\n2,iqa,1,3\\n~TOO_LONG;;",
        "~,role\\n1,iqa\\n~TOO_LARGE",
        "@\\n{\"learner_id\":\"~\"}\\n@\\n~;TOO_LONG;;",
        "[@,{\"learner_id\":\"~\"}]~TOO_LARGE",
      })
  void aLineOf99MebibytesHasItsAnswer(String before, String after, String answer)
      throws IOException {
    Path file = file(before, "x".repeat(1 << 20), MEBIBYTES, after);
    long allocatedBefore = allocated();

    assertThat(answer(file)).isEqualTo(answer);
    assertThat(allocated() - allocatedBefore).isLessThan(MOST_ALLOCATED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "learner_id,role,kind,assignee_id~,a~\\n1,iqa,1,2\\n~TOO_LARGE",
        "@\\n{\"a\":1~,\"b\":1~}\\n@\\n~;TOO_LONG;;",
        "[@,{\"a\":1~,\"b\":1~}]~;TOO_LONG;",
        "learner_id,role,kind,assignee_id\\n1,iqa,1,2~,~\\n2,iqa,1,3\\n~TOO_LONG;;",
      })
  void aMillionCellsHaveTheirAnswer(String before, String cell, String after, String answer)
      throws IOException {
    Path file = file(before, cell.repeat(1000), 1000, after);
    long allocatedBefore = allocated();

    assertThat(answer(file)).isEqualTo(answer);
    assertThat(allocated() - allocatedBefore).isLessThan(MOST_ALLOCATED);
  }

  /** The codes of each row and a semicolon behind them, or why the file is refused. */
  private static String answer(Path file) throws IOException {
    StringBuilder answer = new StringBuilder();
    try (Table table = Table.open(file, feed())) {
      for (Iterator<RequestedAssignment> all = table.assignments(); all.hasNext(); ) {
        for (Fault fault : all.next().faults()) {
          answer.append(fault.code());
        }
        answer.append(';');
      }
      return answer.toString();
    } catch (UnreadableFile e) {
      return e.code().name();
    } catch (UnreadableFile.WhileReading e) {
      return e.reason().code().name();
    }
  }

  private Path file(String before, String piece, int times, String after) throws IOException {
    Path file = folder.resolve("export");
    try (Writer writer = Files.newBufferedWriter(file)) {
      writer.write(text(before));
      for (int i = 0; i < times; i++) {
        writer.write(piece);
      }
      writer.write(text(after));
    }
    return file;
  }

  private static String text(@Nullable String shown) {
    return (shown == null ? "" : shown).replace("\\n", "\n").replace("@", OBJECT);
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }
}
