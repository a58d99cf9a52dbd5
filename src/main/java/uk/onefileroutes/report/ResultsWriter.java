package uk.onefileroutes.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.RowState;
import uk.onefileroutes.table.LosslessOutput;
import uk.onefileroutes.table.Row;
import uk.onefileroutes.table.Table;

/**
 * Writes results and rejects of a table: the input's columns as they are, in its own delimiter,
 * encoding and line ends, and ours behind them. Not thread-safe.
 */
public final class ResultsWriter {
  private static final List<String> RESULTS =
      List.of(
          "result_row",
          "result_status",
          "result_code",
          "result_message",
          "result_http_status",
          "result_attempts",
          "result_at");
  private static final List<String> REJECTS = List.of("result_code", "result_message");

  private final Table table;

  public ResultsWriter(Table table) {
    this.table = table;
  }

  /**
   * What was written.
   *
   * @param rows lines of the results; equals the sum of the states
   * @param states how many rows are in each state, states without a row left out
   * @param rejects lines of the rejects; no file where 0
   */
  public record Written(long rows, Map<RowState, Long> states, long rejects) {
    public Written {
      states = Map.copyOf(states);
    }
  }

  /**
   * Writes both files in one pass. May be called again with new answers: what the files held is
   * replaced, and a rejects file that nothing belongs into is deleted. After an exception they are
   * incomplete.
   *
   * @param answers ordered by row and part, at least one a row
   * @throws IllegalStateException where a row has no answer or an answer no row, naming the row
   * @throws IOException where a file can't be written
   */
  public Written write(Iterator<RowAnswer> answers, Path results, Path rejects) throws IOException {
    Files.deleteIfExists(rejects);
    Answers byRow = new Answers(answers);
    RowText whole = RowText.of(table);
    RowText mendable = RowText.without(REJECTS, table);
    Map<RowState, Long> states = new EnumMap<>(RowState.class);
    List<String> names = table.parts();
    long rows = 0;
    long rejected = 0;
    LosslessOutput toMend = null;
    try (LosslessOutput output = table.dialect().create(results)) {
      output.write(whole.header(RESULTS));
      for (Iterator<Row> all = table.rows(); all.hasNext(); rows++) {
        Row row = all.next();
        MergedAnswer answer = MergedAnswer.of(byRow.of(row.number()), names);
        states.merge(answer.state(), 1L, Long::sum);
        output.write(whole.line(row, cells(row, answer)));
        if (answer.state().isToMend()) {
          if (toMend == null) {
            toMend = table.dialect().create(rejects);
            toMend.write(mendable.header(REJECTS));
          }
          toMend.write(mendable.line(row, List.of(answer.codes(), answer.message())));
          rejected++;
        }
      }
      byRow.end();
    } finally {
      close(toMend);
    }
    return new Written(rows, states, rejected);
  }

  private static List<String> cells(Row row, MergedAnswer answer) {
    return List.of(
        Long.toString(row.number()),
        answer.state().word(),
        answer.codes(),
        answer.message(),
        answer.httpStatus(),
        Integer.toString(answer.attempts()),
        answer.at());
  }

  private static void close(@Nullable LosslessOutput output) throws IOException {
    if (output != null) {
      output.close();
    }
  }
}
