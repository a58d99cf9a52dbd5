package uk.onefileroutes.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What follows from what was observed. */
class FindingsTest {
  private static final Subject SUBJECT = new Subject(501001, 700001, null, 4711L, "KS_COMM1");
  private static final Findings.Present PRESENT = new Findings.Present("UserID", Set.of(401));
  private static final Form BY_LEARNER = Form.byLearner("UserID");
  private static final Seen YES = new Seen(200, "a bare number", null);
  private static final Seen NO = new Seen(400, "an object with code, message", -2);
  private static final Seen NONE = new Seen(0, "no answer in time", null);
  private static final Trial.Effect SHOWN =
      new Trial.Effect(true, false, List.of("AssessorID"), Members.Change.NONE);
  private static final Trial.Effect MISSING =
      new Trial.Effect(true, false, List.of(), Members.Change.NONE);
  private static final Trial.Effect THERE_BEFORE =
      new Trial.Effect(true, true, List.of(), Members.Change.NONE);

  private final Observed observed = new Observed();

  /** How level 1 is answered in both readings, and what is settled by that. */
  @ParameterizedTest
  @CsvSource({
    "200, 400, assignee",
    "200, 404, assignee",
    "200, 500, assignee",
    "400, 204, learner",
    "403, 200, learner",
    "200, 200, ",
    "400, 400, ",
    "200, 0, ",
    "200, 503, ",
    "200, 429, ",
    "0, 200, ",
    "0, 0, "
  })
  void aYesCountsOnlyBesideANo(int byAssignee, int byLearner, @Nullable String pathUser) {
    trial(1, Form.BY_ASSIGNEE, seen(byAssignee), Trial.Effect.UNREAD);
    trial(1, BY_LEARNER, seen(byLearner), Trial.Effect.UNREAD);

    assertPathUser(pathUser);
  }

  @Test
  void whatCanBeReadSettlesWhatTwoYesLeaveOpen() {
    trial(1, Form.BY_ASSIGNEE, YES, Trial.Effect.UNREAD);
    trial(1, BY_LEARNER, YES, Trial.Effect.UNREAD);
    assertThat(findings().open()).first().asString().contains("both readings", "--standard");

    trial(3, Form.BY_ASSIGNEE, YES, MISSING);
    assertThat(findings().open()).first().asString().doesNotContain("--standard");
    trial(3, BY_LEARNER, YES, SHOWN);

    assertPathUser("learner");
    assertThat(value("onefile.assign.assignee-field")).isEqualTo("UserID");
  }

  @Test
  void aYesWithoutItsChangeIsNoProof() {
    trial(1, Form.BY_ASSIGNEE, YES, Trial.Effect.UNREAD);
    trial(1, BY_LEARNER, NO, Trial.Effect.UNREAD);
    trial(3, Form.BY_ASSIGNEE, YES, THERE_BEFORE);
    assertPathUser("assignee");

    trial(2, Form.BY_ASSIGNEE, YES, MISSING);

    assertPathUser(null);
    assertThat(findings().open()).first().asString().contains("show no change");
  }

  @Test
  void aRequestThatNamesNobodyProvesNothing() {
    trial(1, Form.BY_ASSIGNEE, NO, Trial.Effect.UNREAD);
    trial(1, Form.byLearner(""), YES, Trial.Effect.UNREAD);

    assertPathUser(null);
    assertThat(findings().open()).first().asString().contains("names no assignee");
  }

  @Test
  void bothReadingsShownIsForOnefileToExplain() {
    trial(3, Form.BY_ASSIGNEE, YES, SHOWN);
    trial(3, BY_LEARNER, YES, SHOWN);

    assertPathUser(null);
  }

  @Test
  void aRepeatedOneThatIsRefusedGetsItsCodeUnlessOthersHaveItToo() {
    observed.repeats.add(trialOf(1, new Seen(400, "an object", -26)));
    observed.repeats.add(trialOf(3, YES));
    assertThat(value("onefile.already-assigned.codes")).isEqualTo("-26");

    observed.codesOfOtherErrors.add(-26);
    assertThat(value("onefile.already-assigned.codes")).isNull();
    assertThat(findings().open()).anyMatch(each -> each.contains("which other errors have too"));

    observed.repeats.clear();
    observed.repeats.add(trialOf(1, new Seen(400, "text", null)));
    assertThat(value("onefile.already-assigned.codes")).isNull();
    assertThat(findings().open()).anyMatch(each -> each.contains("already-assigned.pattern"));
  }

  @ParameterizedTest
  @CsvSource({"401, ", "403, '401,403'", "440, '401,440'", "500, ", "200, ", "429, "})
  void aStatusForADeadSessionThatIsNotKnownIsAKey(int status, @Nullable String renewOn) {
    observed.session = seen(status);

    assertThat(value("onefile.renew-on")).isEqualTo(renewOn);
    assertThat(findings().open().stream().anyMatch(each -> each.contains("A session")))
        .isEqualTo(renewOn == null && status != 401);
  }

  @ParameterizedTest
  @CsvSource({
    "50, 100, 500, 500",
    "50, 100, 300, 500",
    "50, 100, 100, 100",
    "50, 100, -1, 100",
    "50, 80, 80, 100",
    "50, 50, 50, ",
    "50, -1, -1, ",
    "7, 7, 7, ",
    "-1, -1, -1, "
  })
  void aPageSizeIsOneOfWhichOnefileGaveMore(
      int of50, int of100, int of500, @Nullable String pageSize) {
    observed.pages.add(new Observed.Page(50, of50));
    observed.pages.add(new Observed.Page(100, of100));
    observed.pages.add(new Observed.Page(500, of500));

    assertThat(value("directory.page-size")).isEqualTo(pageSize);
    assertThat(findings().open().stream().anyMatch(each -> each.contains("Page sizes")))
        .isEqualTo(of50 == 7);
  }

  @Test
  void aFullUpdateIsAWarningAndIsToBeUndone() {
    observed.update =
        new Observed.Update(
            "DefaultAssessorID", YES, true, new Members.Change(List.of(), List.of("MISID")));

    assertThat(findings().open()).anyMatch(each -> each.startsWith("Don't send defaults"));
    assertThat(findings().undo())
        .anyMatch(each -> each.contains("empty now") && each.contains("MISID"));

    observed.update = new Observed.Update("DefaultAssessorID", YES, true, Members.Change.NONE);
    assertThat(findings().open()).noneMatch(each -> each.contains("default"));
    assertThat(findings().undo()).isEmpty();
  }

  @Test
  void whateverMayHaveBeenDoneIsToBeUndone() {
    trial(1, Form.BY_ASSIGNEE, YES, Trial.Effect.UNREAD);
    trial(1, BY_LEARNER, NO, Trial.Effect.UNREAD);
    trial(3, Form.BY_ASSIGNEE, NONE, Trial.Effect.UNREAD);
    observed.isArchivedAssigned = true;

    assertThat(findings().undo())
        .hasSize(3)
        .satisfiesExactly(
            one -> assertThat(one).startsWith("Take assessor 700001 off learner 501001"),
            aim -> assertThat(aim).contains("standard 4711"),
            archived -> assertThat(archived).contains("archived assessor"));
  }

  private void assertPathUser(@Nullable String expected) {
    assertThat(value("onefile.assign.path-user")).isEqualTo(expected);
    assertThat(findings().isIdSettled()).isEqualTo(expected != null);
    assertThat(findings().open().stream().anyMatch(each -> each.startsWith("The {id}")))
        .isEqualTo(expected == null);
  }

  private @Nullable String value(String key) {
    return findings().keys().stream()
        .filter(each -> each.key().equals(key))
        .map(Findings.Setting::value)
        .findFirst()
        .orElse(null);
  }

  private Findings findings() {
    return Findings.of(SUBJECT, observed, PRESENT);
  }

  private void trial(int level, Form form, Seen seen, Trial.Effect effect) {
    observed.trials.add(new Trial(level, "assessor 700001", form, seen, effect));
  }

  private static Trial trialOf(int level, Seen seen) {
    return new Trial(level, "assessor 700001", Form.BY_ASSIGNEE, seen, Trial.Effect.UNREAD);
  }

  private static Seen seen(int status) {
    return new Seen(status, "no body", null);
  }
}
