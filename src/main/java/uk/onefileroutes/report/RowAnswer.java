package uk.onefileroutes.report;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.RowState;
import uk.onefileroutes.ledger.StoredRow;

/**
 * What became of one assignment of a row.
 *
 * @param row number of the record in its file; the first after the header is 1
 * @param part which of the row's assignments this is, from 0
 * @param codes one or several, joined with {@code ;}
 * @param message a sentence, empty where there is nothing to say
 */
public record RowAnswer(
    long row, int part, RowState state, String codes, String message, Tried tried) {

  /**
   * What was tried for an assignment.
   *
   * @param httpStatus of the last answer, null where none came
   * @param attempts calls made for it
   * @param at when it got into its state, null where that isn't known
   */
  public record Tried(@Nullable Integer httpStatus, int attempts, @Nullable Instant at) {
    static final Tried NOTHING = new Tried(null, 0, null);
  }

  /**
   * What is told of a row of the ledger.
   *
   * @param sentence said where the ledger keeps no message, as the state says it all
   */
  static RowAnswer of(StoredRow row, String sentence, Tried tried) {
    String message = row.note().message() == null ? sentence : row.note().message();
    return new RowAnswer(
        row.row(),
        row.part(),
        row.state(),
        row.note().codes() == null ? "" : row.note().codes(),
        row.note().warning() == null ? message : message + " Note: " + row.note().warning(),
        tried);
  }
}
