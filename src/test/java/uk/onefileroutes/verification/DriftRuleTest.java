package uk.onefileroutes.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import uk.onefileroutes.ledger.Slots.Held;
import uk.onefileroutes.onefile.Said;
import uk.onefileroutes.verification.DriftRule.Decision;

/** What a compared slot is, over every combination of rule, slot and answer. */
class DriftRuleTest {
  private static final long SENT = 700_001;
  private static final long BY_HAND = 700_002;
  private static final long OTHER = 700_003;

  /** The table that the manual describes, said a second time and without code in common. */
  static Stream<Arguments> combinations() {
    List<Arguments> all = new ArrayList<>();
    for (OnDrift rule : OnDrift.values()) {
      for (String slot : List.of("as sent", "kept somebody", "kept nobody")) {
        for (String found : List.of("sent", "by hand", "other", "nobody", "not listed", "open")) {
          all.add(Arguments.of(rule, slot, found, expected(rule, slot, found)));
        }
      }
    }
    return all.stream();
  }

  private static String expected(OnDrift rule, String slot, String found) {
    String drift =
        switch (rule) {
          case REPORT -> "DRIFTED";
          case FORGET -> "FORGET";
          case KEEP -> "KEEP";
        };
    if (found.equals("open")) {
      return "OPEN";
    }
    return switch (slot + "/" + found) {
      case "as sent/sent" -> "EQUAL";
      case "kept somebody/by hand", "kept nobody/nobody", "kept nobody/not listed" ->
          rule == OnDrift.FORGET ? "FORGET" : "KEPT";
      case "kept somebody/sent", "kept nobody/sent" ->
          rule == OnDrift.REPORT ? "DRIFTED" : "TAKE_BACK";
      case "as sent/not listed", "kept somebody/not listed" ->
          rule == OnDrift.KEEP ? "DRIFTED" : drift;
      default -> drift;
    };
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void everyCombinationHasItsDecision(OnDrift rule, String slot, String found, String expected) {
    assertThat(DriftRule.decide(rule, held(slot), said(found)).name()).isEqualTo(expected);
  }

  @Test
  void allAreTriedAndEachDecisionIsThere() {
    assertThat(combinations()).hasSize(3 * 3 * 6);
    assertThat(combinations().map(arguments -> Decision.valueOf((String) arguments.get()[3])))
        .contains(Decision.values());
  }

  private static Held held(String slot) {
    return switch (slot) {
      case "as sent" -> new Held("default/assessor", SENT, Instant.EPOCH);
      case "kept somebody" -> new Held("default/assessor", BY_HAND, Instant.EPOCH, SENT);
      default -> new Held("default/assessor", Held.NOBODY, Instant.EPOCH, SENT);
    };
  }

  private static Said said(String word) {
    return switch (word) {
      case "sent" -> new Said.Somebody(SENT);
      case "by hand" -> new Said.Somebody(BY_HAND);
      case "other" -> new Said.Somebody(OTHER);
      case "not listed" -> new Said.NotListed();
      case "open" -> new Said.Open("it names nobody");
      default -> new Said.Nobody();
    };
  }
}
