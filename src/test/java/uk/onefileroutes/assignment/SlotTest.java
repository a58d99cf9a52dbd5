package uk.onefileroutes.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A slot's text, taken apart again. */
class SlotTest {
  @ParameterizedTest
  @EnumSource(Role.class)
  void whatAnAssignmentMadeIsFoundAgain(Role role) {
    assertThat(of(new Assignment(1, Kind.DEFAULT, role, 7, null, null)))
        .isEqualTo(new Slot("default", role.word(), null, null));
    assertThat(of(new Assignment(1, Kind.LEARNING_AIM, role, 7, 4711L, null)))
        .isEqualTo(new Slot("learning-aim", role.word(), "4711", null));
    assertThat(of(new Assignment(1, Kind.UNIT_SUMMARY, role, 7, null, "KS/COMM-1/2")))
        .isEqualTo(new Slot("unit-summary", role.word(), null, "KS/COMM-1/2"));
  }

  @Test
  void anAdditionalOneSaysItsKindOnly() {
    assertThat(of(new Assignment(1, Kind.ADDITIONAL, Role.OBSERVER, 7, null, null)))
        .isEqualTo(new Slot("additional", null, null, null));
  }

  private static Slot of(Assignment assignment) {
    return Slot.of(assignment.slot());
  }
}
