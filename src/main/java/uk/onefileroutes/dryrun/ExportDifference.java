package uk.onefileroutes.dryrun;

import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.RowState;
import uk.onefileroutes.ledger.DryRunRows;
import uk.onefileroutes.ledger.SlotDifference;

/**
 * How an export differs from another one, whatever was sent of them.
 *
 * @param file what is new
 * @param against what was before
 * @param feed whose columns and rules they were read by
 * @param fault why they can't be compared, a sentence; then nothing else is said
 * @param slots how many slots
 * @param lists the first of each
 */
public record ExportDifference(
    String file,
    String against,
    @Nullable String feed,
    @Nullable String fault,
    Slots slots,
    Lists lists) {

  /**
   * How many slots.
   *
   * @param added only the new one names
   * @param changed both name, with other people
   * @param gone only the one before names
   * @param alike both name, with the same people
   * @param invalid rows of the new one that are invalid, so that they name none
   * @param invalidBefore the same of the one before
   */
  public record Slots(
      long added, long changed, long gone, long alike, long invalid, long invalidBefore) {}

  /** The first of each, at most {@link DryRunSteps#LISTED}. */
  public record Lists(List<Slot> added, List<Slot> changed, List<Slot> gone) {}

  /**
   * A slot.
   *
   * @param row of the new one; of the one before where it is gone
   * @param from whom the one before names; null: it does not
   * @param to whom the new one names; null: it does not
   */
  public record Slot(long row, long learner, String slot, @Nullable Long from, @Nullable Long to) {}

  static ExportDifference of(DryRun mine, DryRun theirs, DryRunRows rows, DryRunRows others) {
    SlotDifference found = rows.against(others, DryRunSteps.LISTED);
    return new ExportDifference(
        mine.file().name(),
        theirs.file().name(),
        mine.feed().name(),
        null,
        new Slots(
            found.amounts().added(),
            found.amounts().changed(),
            found.amounts().gone(),
            found.amounts().alike(),
            rows.tally().getOrDefault(RowState.INVALID, 0L),
            others.tally().getOrDefault(RowState.INVALID, 0L)),
        new Lists(slots(found.added()), slots(found.changed()), slots(found.gone())));
  }

  private static List<Slot> slots(List<SlotDifference.Named> named) {
    return named.stream()
        .map(each -> new Slot(each.row(), each.learner(), each.slot(), each.from(), each.to()))
        .toList();
  }

  static ExportDifference fault(String file, String against, String sentence) {
    return new ExportDifference(
        file,
        against,
        null,
        sentence,
        new Slots(0, 0, 0, 0, 0, 0),
        new Lists(List.of(), List.of(), List.of()));
  }
}
