package uk.onefileroutes.verification;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a comparison stands. Moments are UTC; null where there is none. No list grows without end:
 * the numbers count on.
 *
 * @param hand what of it was changed by hand and is kept, and what was done about the others
 * @param drifts the first {@value #MAX_LISTED} of the drifted
 * @param notRead the first {@value #MAX_LISTED} learners who could not be read, and why
 */
public record Report(
    @JsonUnwrapped Run run,
    @JsonUnwrapped Amount amount,
    @JsonUnwrapped Tally tally,
    @JsonUnwrapped Hand hand,
    List<Drift> drifts,
    List<NotRead> notRead) {
  static final int MAX_LISTED = 1000;

  /** Before the first. */
  static final Report NONE =
      new Report(
          new Run("none", "", OnDrift.REPORT.name().toLowerCase(Locale.ROOT), null, null, null),
          new Amount(0, 0, List.of()),
          new Tally(0, 0, 0, 0, 0, 0, 0),
          new Hand(0, 0, 0),
          List.of(),
          List.of());

  public Report {
    drifts = List.copyOf(drifts);
    notRead = List.copyOf(notRead);
  }

  /**
   * What is compared, and how far that is.
   *
   * @param state {@code none}, {@code running}, {@code done} or {@code stopped}
   * @param of which slots, such as {@code of file 12}
   * @param onDrift what is done about a slot that is not as the ledger says: {@code report}, {@code
   *     forget} or {@code keep}
   * @param waits why no call leaves now, a sentence; null while they do
   */
  public record Run(
      String state,
      String of,
      String onDrift,
      @Nullable String startedAt,
      @Nullable String endedAt,
      @Nullable String waits) {}

  /**
   * How much there is.
   *
   * @param learners with known slots that can be read back, at the start
   * @param levels slots of levels 3, 2 and 1 that could not be compared, so far
   * @param notCompared these by level and reason
   */
  public record Amount(long learners, long levels, List<NotCompared> notCompared) {
    public Amount {
      notCompared = List.copyOf(notCompared);
    }
  }

  /**
   * Slots of a level that could not be compared, all for one reason.
   *
   * @param why a sentence without its end
   */
  public record NotCompared(int level, long slots, String why) {}

  /**
   * What is kept as somebody made it by hand in Onefile, and what was done about slots that are not
   * as the ledger says.
   *
   * @param kept slots that are still as somebody made them, and kept so
   * @param newlyKept of those that have drifted, kept from now on
   * @param forgotten of those that have drifted, unknown from now on
   */
  public record Hand(long kept, long newlyKept, long forgotten) {}

  /**
   * What was found so far.
   *
   * @param learnersRead learners compared
   * @param equal slots that are as the ledger says
   * @param drifted slots that are not
   * @param changed slots that could not be compared, because a request for them was on its way
   * @param notSaid default slots of which Onefile says nothing in its answer
   * @param notFound learners whom Onefile does not know or show
   * @param failed learners who could not be read, however often it was tried
   */
  public record Tally(
      long learnersRead,
      long equal,
      long drifted,
      long changed,
      long notSaid,
      long notFound,
      long failed) {}

  /**
   * A slot that is not as the ledger says.
   *
   * @param ledger who is assigned as the ledger says; null: nobody, by hand
   * @param onefile who is as Onefile says; null: nobody
   * @param listed false where Onefile doesn't list such a learning aim or unit for the learner
   */
  public record Drift(
      long learner, String slot, @Nullable Long ledger, @Nullable Long onefile, boolean listed) {}

  /** A learner who could not be read. */
  public record NotRead(long learner, String why) {}
}
