package uk.onefileroutes.proof;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MembersTest {
  private static final String BEFORE =
      """
      {"ID": 1, "Name": "Ada", "MISID": "A1", "Ended": null, "Assessor": {"ID": 7, "Name": "Bo"},
       "Visits": [{"By": 7}, {"By": 9}]}
      """;

  @Test
  void theSameIsNoChange() {
    assertThat(change(BEFORE).isNone()).isTrue();
    assertThat(change(BEFORE).words()).isEqualTo("no member changed");
  }

  @Test
  void changedEmptiedAndFilledMembersAreNamedWhereverTheyAre() {
    Members.Change change =
        change(
            """
            {"ID": 1, "Name": "Ada", "MISID": "", "Ended": "2026-01-01",
             "Assessor": {"ID": 8, "Name": null}, "Visits": [{"By": 7}, {"By": 8}], "New": true}
            """);

    assertThat(change.changed()).containsExactly("Ended", "Assessor.ID", "Visits[].By", "New");
    assertThat(change.emptied()).containsExactly("MISID", "Assessor.Name");
  }

  @Test
  void aZeroIsNobody() {
    assertThat(Members.of("{\"DefaultAssessorID\": 0}").filled()).isEmpty();
    assertThat(Members.of("{\"DefaultAssessorID\": 12}").number("DefaultAssessorID")).isEqualTo(12);
  }

  @Test
  void anIdIsFoundInListsToo() {
    assertThat(Members.of(BEFORE).naming(7)).containsExactly("Assessor.ID", "Visits[].By");
    assertThat(Members.of(BEFORE).naming(77)).isEmpty();
  }

  @Test
  void aMemberThatLooksLikeAPersonIsNotShown() {
    assertThat(Members.of("{\"ID\": 1, \"Ada Wren\": 2, \"ada@example.org\": 3}").list())
        .isEqualTo("ID and 2 more");
  }

  @Test
  void whatIsNoObjectHasNoMembers() {
    assertThat(Members.of("<html>").isEmpty()).isTrue();
    assertThat(Members.of("[1]").isEmpty()).isTrue();
    assertThat(Members.of("").isEmpty()).isTrue();
  }

  private static Members.Change change(String after) {
    return Members.of(BEFORE).to(Members.of(after));
  }
}
