package uk.onefileroutes.plan;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import uk.onefileroutes.assignment.Code;
import uk.onefileroutes.assignment.HoldCode;
import uk.onefileroutes.feed.Holding;
import uk.onefileroutes.feed.PlanKeys;
import uk.onefileroutes.ledger.FileFacts;
import uk.onefileroutes.ledger.GoneSlots;
import uk.onefileroutes.ledger.SlotFigures;

/** Of what too much holds a file: rows that are invalid, slots that are replaced or gone. */
final class ShareRules {
  private final ReadFigures read;
  private final FileFacts facts;
  private final Holding.Shares shares;
  private final Map<HoldCode, String> reasons;
  private final List<String> notes;

  /**
   * @param reasons where a sentence is added for each reason to hold the file
   * @param notes where others are added
   */
  ShareRules(
      ReadFigures read,
      FileFacts facts,
      Holding.Shares shares,
      Map<HoldCode, String> reasons,
      List<String> notes) {
    this.read = read;
    this.facts = facts;
    this.shares = shares;
    this.reasons = reasons;
    this.notes = notes;
  }

  void apply() {
    invalid();
    changes();
    gone();
  }

  private void invalid() {
    long fresh = newlyInvalid();
    long before = read.invalid() - fresh;
    String as =
        facts.last() == null || before == 0
            ? ""
            : ", %s as in file %d, %s new"
                .formatted(
                    FigureWords.number(before), facts.last().no(), FigureWords.number(fresh));
    if (read.rows() >= shares.from() && FigureWords.isAbove(fresh, read.rows(), shares.invalid())) {
      reasons.put(
          HoldCode.TOO_MANY_INVALID,
          "%s (%s%s), more than %s=%d: %s."
              .formatted(
                  FigureWords.invalid(read),
                  FigureWords.percent(read.invalid(), read.rows()),
                  as,
                  PlanKeys.INVALID,
                  shares.invalid(),
                  FigureWords.examples(read.faults())));
    } else if (!as.isEmpty()) {
      notes.add(FigureWords.invalid(read) + as + ".");
    }
  }

  /** Invalid rows beyond as many as had the same code in the last file. */
  private long newlyInvalid() {
    FileFacts.LastFile last = facts.last();
    Map<String, Long> before = last == null ? Map.of() : last.invalid();
    long fresh = 0;
    for (Map.Entry<Code, ReadFigures.FaultFigure> fault : read.faults().entrySet()) {
      long known = before.getOrDefault(fault.getKey().name(), 0L);
      fresh += Math.max(0, fault.getValue().rows() - known);
    }
    return Math.min(read.invalid(), fresh); // a row may have several codes
  }

  private void changes() {
    SlotFigures slots = read.slots();
    if (slots.known() >= shares.from()
        && FigureWords.isAbove(slots.replaced(), slots.known(), shares.changes())) {
      reasons.put(
          HoldCode.TOO_MANY_CHANGES,
          "%s of %s known slots that it names would be replaced (%s), more than %s=%d%s."
              .formatted(
                  FigureWords.number(slots.replaced()),
                  FigureWords.number(slots.known()),
                  FigureWords.percent(slots.replaced(), slots.known()),
                  PlanKeys.CHANGES,
                  shares.changes(),
                  changeExamples()));
    }
  }

  private String changeExamples() {
    return facts.changes().isEmpty()
        ? ""
        : facts.changes().stream()
            .map(
                change ->
                    "row %d: %d becomes %d".formatted(change.row(), change.from(), change.to()))
            .collect(Collectors.joining(", ", " (", ")"));
  }

  private void gone() {
    GoneSlots.Gone gone = facts.gone();
    if (gone.held() > 0 && read.rows() == 0) {
      reasons.put(
          HoldCode.TOO_MANY_GONE,
          "It has no rows, and file %d held %s.".formatted(gone.lastFile(), slots(gone.held())));
    } else if (gone.held() >= shares.from()
        && FigureWords.isAbove(gone.slots(), gone.held(), shares.gone())) {
      reasons.put(
          HoldCode.TOO_MANY_GONE,
          "%s of %s that file %d held are not named any more (%s), more than %s=%d%s%s."
              .formatted(
                  FigureWords.number(gone.slots()),
                  slots(gone.held()),
                  gone.lastFile(),
                  FigureWords.percent(gone.slots(), gone.held()),
                  PlanKeys.GONE,
                  shares.gone(),
                  gone.invalid() == 0
                      ? ""
                      : "; %s more because their rows are invalid"
                          .formatted(FigureWords.number(gone.invalid())),
                  goneExamples(gone)));
    } else if (!gone.sentence().isEmpty()) {
      notes.add(gone.sentence());
    }
  }

  private static String goneExamples(GoneSlots.Gone gone) {
    return gone.first().isEmpty()
        ? ""
        : gone.first().stream()
            .limit(FigureWords.EXAMPLES)
            .map(slot -> Long.toString(slot.row()))
            .collect(Collectors.joining(", ", " (such as its rows ", ")"));
  }

  private static String slots(long amount) {
    return FigureWords.number(amount) + (amount == 1 ? " slot" : " slots");
  }
}
