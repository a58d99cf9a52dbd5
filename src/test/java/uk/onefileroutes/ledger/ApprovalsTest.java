package uk.onefileroutes.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uk.onefileroutes.ledger.LedgerFixture.DEFAULT_ASSESSOR;
import static uk.onefileroutes.ledger.LedgerFixture.NOON;
import static uk.onefileroutes.ledger.LedgerFixture.ask;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who counts as another person, and when a release is approved. */
class ApprovalsTest extends WithLedger {
  private Approvals approvals;
  private long file;

  @BeforeEach
  void holdAFile() {
    approvals = new Approvals(it.ledger);
    file = it.file();
    it.store(file, ask(1, 1, DEFAULT_ASSESSOR, 7));
    assertThat(it.actions.hold(file, "X", "It looks odd.", 2, NOON)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "admin (ada), admin (ada), true",
    "admin (ada), admin (kim), false",
    "admin (ada), other (ada), true",
    "admin (ada), other (kim), false",
    "admin, admin, true",
    "admin, other, false",
    "admin, admin (ada), true",
    "admin (ada), admin, true",
    "other, admin (ada), false"
  })
  void whoMayBeOnePerson(String one, String other, boolean isSame) {
    assertThat(Approvals.isSamePerson(one, other)).isEqualTo(isSame);
  }

  @Test
  void twoPeopleMustApproveTheSame() throws ActionRefused {
    assertThat(approvals.needed(file)).isEqualTo(2);
    assertStands("admin (ada)", "d1", "1 of 2 approvals, by admin (ada)", false);
    assertThat(message()).isEqualTo("It looks odd. 1 of 2 approvals, by admin (ada).");
    assertStands("admin (ada)", "d1", "1 of 2 approvals, by admin (ada)", false);
    // what the first one approved is not what is there now
    assertStands("admin (kim)", "d2", "1 of 2 approvals, by admin (kim)", false);
    assertThat(message()).isEqualTo("It looks odd. 1 of 2 approvals, by admin (kim).");
    assertStands("admin (ada)", "d2", "2 of 2 approvals, by admin (kim) and admin (ada)", true);
  }

  @Test
  void aPartIsApprovedAnew() throws ActionRefused {
    assertStands("admin (ada)", "d1, only adds", "1 of 2 approvals, by admin (ada)", false);
    approvals.clear(file);
    assertStands("admin (kim)", "d1, only adds", "1 of 2 approvals, by admin (kim)", false);
  }

  @Test
  void onlyWhatIsHeldIsApproved() throws ActionRefused {
    it.actions.cancel(file, NOON);
    assertThatThrownBy(() -> approvals.approve(file, "admin", "d1", NOON))
        .isInstanceOf(ActionRefused.class)
        .hasMessage("File 1 is not held any more.");
  }

  private void assertStands(String who, String what, String standing, boolean isApproved)
      throws ActionRefused {
    Approvals.Standing now = approvals.approve(file, who, what, NOON);
    assertThat(now).hasToString(standing);
    assertThat(now.isApproved()).isEqualTo(isApproved);
  }

  private String message() {
    return String.valueOf(it.files.find(file).orElseThrow().message());
  }
}
