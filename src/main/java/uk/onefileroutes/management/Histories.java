package uk.onefileroutes.management;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.ledger.AskedAssignment;
import uk.onefileroutes.ledger.AttemptLog;
import uk.onefileroutes.ledger.AttemptLog.Attempt;
import uk.onefileroutes.ledger.AttemptLog.RowHistory;
import uk.onefileroutes.ledger.RowStanding;
import uk.onefileroutes.management.AppliedNow.AskedNow;
import uk.onefileroutes.management.Status.FileNow;

/** Rows with what was tried for them, in the words of JSON. Thread-safe; changes nothing. */
public final class Histories {
  private static final int ROWS = 50;
  private static final int CALLS = 10;
  private static final int CALLS_OF_A_ROW = 500;

  private final AttemptLog history;

  Histories(AttemptLog history) {
    this.history = history;
  }

  /**
   * A file, and what a person has to look at in it.
   *
   * @param rows the first {@value #ROWS} that are blocked or rejected, with their newest {@value
   *     #CALLS} calls
   * @param furtherRows how many more there are
   */
  public record FileDetails(FileNow file, List<RowNow> rows, long furtherRows) {}

  /**
   * A row.
   *
   * @param part counts the assignments that a row asks for, from 0
   */
  public record RowNow(
      long row,
      int part,
      @JsonUnwrapped StandingNow standing,
      @Nullable Long learner,
      @Nullable String slot,
      @JsonUnwrapped CallsNow tried) {}

  /**
   * How a row stands, and why.
   *
   * @param code null while nothing is to be said
   * @param message the same as a sentence
   */
  public record StandingNow(String state, @Nullable String code, @Nullable String message) {}

  /**
   * What was tried for a row.
   *
   * @param calls all calls ever made for it
   * @param attempts the newest of them, oldest first
   */
  public record CallsNow(int calls, List<AttemptNow> attempts) {}

  /**
   * A call.
   *
   * @param at when its answer was there, or given up, UTC
   * @param httpStatus null where no answer came
   */
  public record AttemptNow(
      String at, long tookMs, @Nullable Integer httpStatus, String code, String message) {}

  FileDetails of(FileNow file) {
    List<RowNow> rows =
        history.forPerson(file.no(), ROWS, CALLS).stream().map(Histories::row).toList();
    long all =
        file.counts().rows().getOrDefault("blocked", 0L)
            + file.counts().rows().getOrDefault("rejected", 0L);
    return new FileDetails(file, rows, Math.max(0, all - rows.size()));
  }

  /** How the one row of a file stands that was asked for by {@code apply}. */
  AppliedNow applied(FileNow file, @Nullable String waits) {
    return new AppliedNow(
        file,
        history.asked(file.no(), 1).map(Histories::asked).orElse(null),
        row(file.no(), 1).stream().findFirst().orElse(null),
        waits);
  }

  private static AskedNow asked(AskedAssignment asked) {
    return new AskedNow(
        asked.learner(),
        asked.slot(),
        asked.assignee(),
        asked.held(),
        asked.path(),
        asked.payload());
  }

  List<RowNow> row(long file, long row) {
    return history.row(file, row, CALLS_OF_A_ROW).stream().map(Histories::row).toList();
  }

  private static RowNow row(RowHistory row) {
    RowStanding standing = row.standing();
    return new RowNow(
        row.key().row(),
        row.key().part(),
        new StandingNow(standing.state().word(), standing.codes(), standing.message()),
        row.learner(),
        row.slot(),
        new CallsNow(row.calls(), row.attempts().stream().map(Histories::attempt).toList()));
  }

  private static AttemptNow attempt(Attempt attempt) {
    return new AttemptNow(
        attempt.endedAt().toString(),
        attempt.tookMs(),
        attempt.httpStatus(),
        attempt.code(),
        attempt.message());
  }
}
