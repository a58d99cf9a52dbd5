package uk.onefileroutes.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.onefileroutes.ledger.UndoDecision.Reached;

/** Every combination of what a slot was, who reached it since and who asks for it. */
class UndoDecisionTest {
  private static final long FILE = 5;
  private static final long NOW = 700;
  private static final long THEN = 600;
  private static final List<String> SLOTS =
      List.of(
          "default/assessor",
          "default/employer",
          "learning-aim/4711/iqa",
          "unit-summary/KS/1/assessor",
          "additional/700");

  static List<Reached> all() {
    List<@Nullable Before> befores =
        Arrays.asList(
            null,
            Before.EMPTY,
            Before.read(false, THEN),
            Before.read(true, THEN),
            Before.read(true, NOW));
    List<Reached> all = new ArrayList<>();
    for (String slot : SLOTS) {
      for (Before before : befores) {
        for (Long owner : Arrays.asList(null, FILE, 7L)) {
          for (Long asking : Arrays.asList(null, 8L)) {
            for (Long holds : Arrays.asList(null, NOW, 900L)) {
              all.add(
                  new Reached(FILE, slot, NOW, before, new UndoDecision.Now(holds, owner, asking)));
            }
          }
        }
      }
    }
    return all;
  }

  @Test
  void thereAreAsManyAsThereShouldBe() {
    assertThat(all()).hasSize(5 * 5 * 3 * 2 * 3).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("all")
  void whatBecomesOfTheSlot(Reached reached) {
    assertThat(UndoDecision.of(reached).toString()).isEqualTo(expected(reached));
  }

  /** The same as a table, first fit first. */
  private static String expected(Reached reached) {
    String was =
        reached.before() == null
            ? "NOT_KEPT"
            : reached.before().state() + " " + reached.before().assignee();
    if (was.equals("KNOWN 700")) {
      return "Unchanged[]";
    }
    if (Long.valueOf(7).equals(reached.now().owner())) {
      return "Kept[by=7]";
    }
    if (reached.now().asking() != null) {
      return "Kept[by=8]";
    }
    if (Long.valueOf(900).equals(reached.now().holds())) {
      return "KeptByHand[]";
    }
    if (reached.slot().startsWith("additional")) {
      return "Cannot[why=ADDITIONAL]";
    }
    return switch (was) {
      case "KNOWN 600" -> "Restored[to=600]";
      case "EMPTY null" -> "Cannot[why=WAS_EMPTY]";
      case "UNKNOWN null" -> "Cannot[why=WAS_UNKNOWN]";
      case "NOT_KEPT" -> "Cannot[why=NOT_KEPT]";
      default -> throw new AssertionError(was);
    };
  }
}
