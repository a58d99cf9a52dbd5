package uk.onefileroutes.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import uk.onefileroutes.assignment.Code;
import uk.onefileroutes.ledger.SlotDecision;
import uk.onefileroutes.ledger.SlotState;
import uk.onefileroutes.ledger.Trust;

/** Planned, unchanged, superseded or a duplicate: over every combination of what may be known. */
class SlotRuleTest {
  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
  private static final long ASKED = 700_001;
  private static final long OTHER = 700_002;
  private static final Trust NEVER = new Trust(true, 0);
  private static final Trust TEN_DAYS = new Trust(false, 10);

  /** The table that the manual describes, said a second time and without code in common. */
  static Stream<Arguments> combinations() {
    List<Arguments> all = new ArrayList<>();
    for (String later : List.of("none", "same", "other")) {
      for (String held : List.of("unknown", "same", "other")) {
        for (String kept : List.of("none", "same", "other")) {
          for (boolean open : new boolean[] {false, true}) {
            for (String trust : List.of("for ever", "never", "fresh", "expired")) {
              all.add(
                  Arguments.of(
                      later, held, kept, open, trust, expected(later, held, kept, open, trust)));
            }
          }
        }
      }
    }
    return all.stream();
  }

  private static String expected(
      String later, String held, String kept, boolean open, String trust) {
    if (!later.equals("none")) {
      return later.equals("same") ? "DUPLICATE_ROW" : "SUPERSEDED";
    }
    if (kept.equals("same") && !open && !trust.equals("never")) {
      return "kept";
    }
    boolean holdsIt = held.equals("same") && !open;
    if (holdsIt && Set.of("for ever", "fresh").contains(trust)) {
      return "unchanged";
    }
    return trust.equals("never") || (holdsIt && trust.equals("expired")) ? "repeat" : "send";
  }

  @ParameterizedTest(
      name = "later row {0}, slot holds {1}, kept for {2}, open elsewhere {3}, trust {4}: {5}")
  @MethodSource("combinations")
  void everyCombinationHasItsDecision(
      String later, String held, String kept, boolean open, String trust, String expected) {
    SlotState slot =
        new SlotState(
            501_001,
            "default/assessor",
            held(held, trust),
            kept.equals("none") ? null : kept.equals("same") ? ASKED : OTHER,
            open,
            later(later));

    SlotDecision decision = new SlotRule(trust(trust), NOW).decide(slot, ASKED);

    assertThat(word(decision)).isEqualTo(expected);
  }

  @Test
  void allCombinationsAreTried() {
    assertThat(combinations()).hasSize(3 * 3 * 3 * 2 * 4);
    assertThat(combinations().map(arguments -> arguments.get()[5]).distinct())
        .containsExactlyInAnyOrder(
            "DUPLICATE_ROW", "SUPERSEDED", "unchanged", "repeat", "send", "kept");
  }

  @Test
  void whoGivesWayIsToldWhichRowTakesItsPlace() {
    SlotState slot =
        new SlotState(1, "default/assessor", null, false, new SlotState.Later(7, OTHER));

    assertThat(new SlotRule(Trust.FOR_EVER, NOW).decide(slot, ASKED))
        .isEqualTo(
            new SlotDecision.GivesWay(
                Code.SUPERSEDED, "Row 7 of this file asks for something else in its place."));
  }

  @Test
  void trustEndsForNoSlotBeforeItsDaysAndForEachBeforeTwiceAsMany() {
    SlotRule rule = new SlotRule(TEN_DAYS, NOW);
    for (long learner = 1; learner <= 1000; learner++) {
      assertThat(rule.decide(sentAgo(learner, 10), ASKED)).isEqualTo(new SlotDecision.Unchanged());
      assertThat(rule.decide(sentAgo(learner, 20), ASKED)).isEqualTo(new SlotDecision.Send(true));
    }
  }

  private static SlotState sentAgo(long learner, int days) {
    SlotState.Held held = new SlotState.Held(ASKED, NOW.minus(Duration.ofDays(days)));
    return new SlotState(learner, "default/assessor", held, false, null);
  }

  private static SlotState.@Nullable Later later(String word) {
    return word.equals("none") ? null : new SlotState.Later(9, word.equals("same") ? ASKED : OTHER);
  }

  private static SlotState.@Nullable Held held(String word, String trust) {
    Duration ago = Duration.ofDays(trust.equals("expired") ? 21 : 1);
    return word.equals("unknown")
        ? null
        : new SlotState.Held(word.equals("same") ? ASKED : OTHER, NOW.minus(ago));
  }

  private static Trust trust(String word) {
    return switch (word) {
      case "for ever" -> Trust.FOR_EVER;
      case "never" -> NEVER;
      default -> TEN_DAYS;
    };
  }

  private static String word(SlotDecision decision) {
    if (decision instanceof SlotDecision.Send send) {
      return send.repeats() ? "repeat" : "send";
    }
    if (decision instanceof SlotDecision.Kept) {
      return "kept";
    }
    return decision instanceof SlotDecision.GivesWay way ? way.code().name() : "unchanged";
  }
}
