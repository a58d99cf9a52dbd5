package uk.onefileroutes.ledger;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.Kind;
import uk.onefileroutes.assignment.Role;
import uk.onefileroutes.assignment.RowState;

/**
 * A judged row on its way into the ledger.
 *
 * @param state {@code planned}, {@code invalid} or {@code ignored}
 * @param note why, for one that is not planned; what is odd of it, for one that is
 * @param ask what is to be sent; null unless planned
 * @param learner of an invalid row whom it is about, where that can be read
 */
public record NewRow(
    long row, int part, RowState state, RowNote note, @Nullable Ask ask, @Nullable Long learner) {

  /** One that is to be sent. */
  public static NewRow planned(long row, int part, @Nullable String warning, Ask ask) {
    return new NewRow(row, part, RowState.PLANNED, new RowNote(null, null, warning), ask, null);
  }

  /** One that can't be sent; {@code learner} is null where it can't be read. */
  public static NewRow invalid(
      long row, int part, String codes, @Nullable String message, @Nullable Long learner) {
    return new NewRow(
        row, part, RowState.INVALID, new RowNote(codes, message, null), null, learner);
  }

  /** One that asks for nothing. */
  public static NewRow ignored(long row, int part, String code) {
    return new NewRow(row, part, RowState.IGNORED, new RowNote(code, null, null), null, null);
  }

  /**
   * What a planned row asks for and how it would be sent.
   *
   * @param kind the kind's word
   * @param role the role's word
   * @param from the day from which on it may be sent; null: at once
   */
  public record Ask(
      long learner,
      String slot,
      long assignee,
      String kind,
      String path,
      String payload,
      String role,
      @Nullable Day from) {
    /** One that may be sent at once. */
    public Ask(
        long learner,
        String slot,
        long assignee,
        String kind,
        String path,
        String payload,
        String role) {
      this(learner, slot, assignee, kind, path, payload, role, null);
    }

    /** Whether it goes before its learner's default employer: an additional employer. */
    boolean first() {
      return kind.equals(Kind.ADDITIONAL.word()) && role.equals(Role.EMPLOYER.word());
    }
  }

  /**
   * A day.
   *
   * @param opens its first moment on the clocks that people read
   */
  public record Day(LocalDate date, Instant opens) {}
}
