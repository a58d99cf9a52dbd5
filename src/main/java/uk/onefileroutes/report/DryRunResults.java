package uk.onefileroutes.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.RowState;
import uk.onefileroutes.feed.Feed;
import uk.onefileroutes.feed.SafeName;
import uk.onefileroutes.ledger.DryRunRows;
import uk.onefileroutes.ledger.DryRunRows.PlannedRow;
import uk.onefileroutes.ledger.Sending;
import uk.onefileroutes.ledger.StoredRow;
import uk.onefileroutes.table.Table;
import uk.onefileroutes.table.UnreadableFile;

/**
 * The results of a dry run: as those of a file, with the state that each row would get and what
 * would be done. The same file and the same ledger make the same bytes: they have no times.
 */
public final class DryRunResults {
  private DryRunResults() {}

  /**
   * Writes them.
   *
   * @param input the file's bytes
   * @param rows in order, all of them
   * @param results what is there is replaced
   */
  public static void write(Path input, Feed feed, Iterator<PlannedRow> rows, Path results)
      throws IOException, UnreadableFile {
    Path rejects = results.resolveSibling(results.getFileName() + ".rejects");
    Iterator<RowAnswer> answers =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return rows.hasNext();
          }

          @Override
          public RowAnswer next() {
            return answer(rows.next());
          }
        };
    try (Table table = Table.open(input, feed)) {
      new ResultsWriter(table).write(answers, results, rejects);
    } finally {
      Files.deleteIfExists(rejects); // the sender of a dry run has not been refused anything yet
    }
  }

  /** What is told where the file can't be read. */
  public static String refusal(UnreadableFile reason, String name, String feed) {
    return Refusals.text(
        reason,
        "\"%s\" of feed %s, a dry run: nothing of it is recorded, and nothing was sent to Onefile."
            .formatted(SafeName.of(name), feed));
  }

  private static RowAnswer answer(PlannedRow planned) {
    StoredRow row = planned.row();
    return RowAnswer.of(row, sentence(row.state(), planned.ask()), RowAnswer.Tried.NOTHING);
  }

  private static String sentence(RowState state, DryRunRows.@Nullable Ask ask) {
    return switch (state) {
      case PLANNED -> ask == null ? "" : planned(ask);
      case UNCHANGED -> "Nothing would be sent: as far as we know Onefile holds this already.";
      case IGNORED -> "Asks for nothing.";
      default -> "";
    };
  }

  private static String planned(DryRunRows.Ask ask) {
    Sending request = ask.request();
    if (request == null) {
      return "";
    }
    String call = "POST " + request.path() + ".";
    if (ask.held() == null) {
      return "Would be sent: " + call;
    }
    if (ask.held() != ask.assignee()) {
      return "Would change %d to %d: %s".formatted(ask.held(), ask.assignee(), call);
    }
    return request.repeats()
        ? "Would be sent again, though as far as we know Onefile holds this already: " + call
        : "Would be sent if it is still needed once an older request for it is answered: " + call;
  }
}
