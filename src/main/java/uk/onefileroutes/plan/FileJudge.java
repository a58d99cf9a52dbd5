package uk.onefileroutes.plan;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import uk.onefileroutes.assignment.HoldCode;
import uk.onefileroutes.feed.Holding;
import uk.onefileroutes.feed.PlanKeys;
import uk.onefileroutes.ledger.FileFacts;

/**
 * Whether a file is held, from what it was found to be and how it compares with what is known. The
 * one place where that is decided; pure. Every reason is found, not only the first.
 */
final class FileJudge {
  private FileJudge() {}

  /**
   * Judges a file.
   *
   * @param isFirst whether no earlier file of its feed was released
   */
  static Judgement judge(ReadFigures read, FileFacts facts, boolean isFirst, Holding holding) {
    Map<HoldCode, String> reasons = new EnumMap<>(HoldCode.class);
    List<String> notes = new ArrayList<>();
    new ShareRules(read, facts, holding.shares(), reasons, notes).apply();
    new DoubtRules(read, facts, holding, reasons).apply();
    if (holding.allOrNothing() && read.invalid() > 0) {
      boolean isExplained = reasons.containsKey(HoldCode.TOO_MANY_INVALID);
      reasons.put(
          HoldCode.ALL_OR_NOTHING,
          "%s, and %s=true wants all or nothing%s."
              .formatted(
                  FigureWords.invalid(read),
                  PlanKeys.ALL_OR_NOTHING,
                  isExplained ? "" : ": " + FigureWords.examples(read.faults())));
    }
    if (holding.firstFile() && isFirst) {
      reasons.put(
          HoldCode.FIRST_FILE,
          "No file of this feed was ever released, and %s=true wants a person to look first."
              .formatted(PlanKeys.FIRST_FILE));
    }
    return new Judgement(reasons, notes);
  }
}
