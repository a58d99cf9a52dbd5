package uk.onefileroutes.plan;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import uk.onefileroutes.assignment.HoldCode;
import uk.onefileroutes.feed.Holding;
import uk.onefileroutes.feed.PlanKeys;
import uk.onefileroutes.ledger.SlotFigures;

/**
 * Whether a file that was read whole goes to delivery, or is held for a person; and why.
 *
 * @param reasons a sentence for each reason; none: it is released
 */
public record Judgement(Map<HoldCode, String> reasons) {
  /** Of fewer rows a share says little. */
  static final long ROWS = 20;

  /** Of fewer known slots a share says little. */
  static final long KNOWN_SLOTS = 200;

  public Judgement {
    reasons = Collections.unmodifiableMap(new LinkedHashMap<>(reasons));
  }

  /**
   * Judges a file.
   *
   * @param rows that ask for something
   * @param invalid of these
   * @param isFirst whether no earlier file of its feed was released
   */
  static Judgement of(
      long rows, long invalid, SlotFigures slots, boolean isFirst, Holding holding) {
    Map<HoldCode, String> reasons = new EnumMap<>(HoldCode.class);
    if (rows >= ROWS && isAbove(invalid, rows, holding.invalidPercent())) {
      reasons.put(
          HoldCode.TOO_MANY_INVALID,
          "%s of %s rows have invalid assignments (%s), more than %s=%d."
              .formatted(
                  number(invalid),
                  number(rows),
                  percent(invalid, rows),
                  PlanKeys.INVALID,
                  holding.invalidPercent()));
    }
    if (slots.known() >= KNOWN_SLOTS
        && isAbove(slots.replaced(), slots.known(), holding.changePercent())) {
      reasons.put(
          HoldCode.TOO_MANY_CHANGES,
          "%s of %s known slots that it names would be replaced (%s), more than %s=%d."
              .formatted(
                  number(slots.replaced()),
                  number(slots.known()),
                  percent(slots.replaced(), slots.known()),
                  PlanKeys.CHANGES,
                  holding.changePercent()));
    }
    if (holding.allOrNothing() && invalid > 0) {
      reasons.put(
          HoldCode.ALL_OR_NOTHING,
          "%s of %s rows %s, and %s=true wants all or nothing."
              .formatted(
                  number(invalid),
                  number(rows),
                  invalid == 1 ? "has an invalid assignment" : "have invalid assignments",
                  PlanKeys.ALL_OR_NOTHING));
    }
    if (holding.firstFile() && isFirst) {
      reasons.put(
          HoldCode.FIRST_FILE,
          "No file of this feed was ever released, and %s=true wants a person to look first."
              .formatted(PlanKeys.FIRST_FILE));
    }
    return new Judgement(reasons);
  }

  public boolean isHeld() {
    return !reasons.isEmpty();
  }

  /** The codes of all reasons, joined with {@code ;}. */
  public String codes() {
    return reasons.keySet().stream().map(HoldCode::name).collect(Collectors.joining(";"));
  }

  /** All reasons, as sentences. */
  public String why() {
    return String.join(" ", reasons.values());
  }

  /** All reasons as sentences, and what a person can do about the file of this number. */
  String message(long no, String further) {
    List<String> sentences = new ArrayList<>(reasons.values());
    if (!further.isEmpty()) {
      sentences.add(further);
    }
    sentences.add(
        "`release %d` delivers it all the same, `cancel %d` gives it up.".formatted(no, no));
    return String.join(" ", sentences);
  }

  private static boolean isAbove(long part, long whole, int percent) {
    return part * 100 > whole * percent;
  }

  /** To one decimal, and none where it is whole. */
  private static String percent(long part, long whole) {
    return BigDecimal.valueOf(part * 100)
            .divide(BigDecimal.valueOf(whole), 1, RoundingMode.HALF_UP)
            .stripTrailingZeros()
            .toPlainString()
        + " %";
  }

  private static String number(long number) {
    return String.format(Locale.UK, "%,d", number);
  }
}
