package uk.onefileroutes.derived;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.Slot;

/**
 * The columns that every file has that is made here; further ones follow. Ids and our own words.
 */
final class Columns {
  static final String HEADER = "learner_id,kind,role,assignee_id,standard_id,unit_id";

  private Columns() {}

  /**
   * A row's cells for them.
   *
   * @param role the role's word, where it is known
   * @param assignee null: the row asks for nobody
   */
  static String of(long learner, Slot slot, @Nullable String role, @Nullable Long assignee) {
    return String.join(
        ",",
        Long.toString(learner),
        slot.kind(),
        Objects.requireNonNullElse(role, ""),
        assignee == null ? "" : assignee.toString(),
        Objects.requireNonNullElse(slot.standard(), ""),
        Objects.requireNonNullElse(slot.unit(), ""));
  }
}
