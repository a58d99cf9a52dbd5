package uk.onefileroutes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.onefileroutes.ledger.Slots;
import uk.onefileroutes.ledger.SlotsOf;
import uk.onefileroutes.simulator.Call;
import uk.onefileroutes.simulator.Fault;
import uk.onefileroutes.simulator.People;
import uk.onefileroutes.simulator.Selection;
import uk.onefileroutes.simulator.Simulator;
import uk.onefileroutes.simulator.Variants;
import uk.onefileroutes.testing.LogLines;
import uk.onefileroutes.testing.OtherHands;
import uk.onefileroutes.testing.TestBundle;
import uk.onefileroutes.testing.TestBundle.Setup;
import uk.onefileroutes.verification.Report;
import uk.onefileroutes.verification.Report.Drift;
import uk.onefileroutes.verification.Report.NotCompared;
import uk.onefileroutes.verification.Verification;

/** Levels 3 and 2 are compared with Onefile where its answers name who is assigned. */
class LevelsVerifiedTest {
  private static final String HEADER = "learner_id,role,kind,assignee_id,standard_id,unit_id\n";
  private static final String FILE =
      HEADER
          + "501001,assessor,default,700001,,\n"
          + "501001,assessor,3,700001,4711,\n"
          + "501001,iqa,3,700002,4711,\n"
          + "501002,assessor,3,700001,4711,\n"
          + "501002,iqa,2,700002,,KS_COMM1\n"
          + "501003,observer,1,700005,,\n";
  private static final String NO_ASSESSOR = "Onefile's answer names no assessor";
  private static final String NO_IQA = "Onefile's answer names no IQA";
  private static final NotCompared LEVEL_1 =
      new NotCompared(1, 1, "Onefile has no call that lists them");

  @TempDir Path folder;

  @Test
  void eachSlotIsComparedByOneReadingOfItsList() throws Exception {
    try (TestBundle bundle = started(Variants.LIKELY)) {
      OtherHands.assign(bundle, 700009, "{\"LearnerID\":501001,\"Level\":3,\"StandardID\":4711}");
      OtherHands.assign(
          bundle, 700008, "{\"LearnerID\":501002,\"Level\":2,\"UnitID\":\"KS_COMM1\"}");
      int calls = bundle.simulator().calls().size();

      Report report = verified(bundle, SlotsOf.all());
      assertThat(report.drifts())
          .containsExactly(
              new Drift(501001, "learning-aim/4711/assessor", 700001L, 700009L, true),
              new Drift(501002, "unit-summary/KS_COMM1/iqa", 700002L, 700008L, true));
      assertThat(report.tally()).isEqualTo(new Report.Tally(2, 3, 2, 0, 0, 0, 0));
      assertThat(report.amount()).isEqualTo(new Report.Amount(2, 1, List.of(LEVEL_1)));
      assertThat(since(bundle, calls))
          .containsExactly(
              "User/501001",
              "LearningAim/Search/1/50",
              "LearningAim/Search/1/50",
              "UnitSummary/Search/1/50");

      int next = bundle.simulator().calls().size();
      assertThat(verified(bundle, SlotsOf.learner(501002)).tally().drifted()).isOne();
      assertThat(since(bundle, next)).hasSize(2);
    }
  }

  @Test
  void anAnswerThatNamesNobodyIsSaidAndNoDrift() throws Exception {
    try (TestBundle bundle = started(Variants.LIKELY.withBareAims())) {
      OtherHands.assign(bundle, 700009, "{\"LearnerID\":501001,\"Level\":3,\"StandardID\":4711}");
      Report report = verified(bundle, SlotsOf.all());
      assertThat(report.tally()).isEqualTo(new Report.Tally(2, 1, 0, 0, 0, 0, 0));
      assertThat(report.amount().levels()).isEqualTo(5);
      assertThat(report.amount().notCompared())
          .containsExactlyInAnyOrder(
              new NotCompared(3, 2, NO_ASSESSOR),
              new NotCompared(3, 1, NO_IQA),
              new NotCompared(2, 1, NO_IQA),
              LEVEL_1);
    }
  }

  @Test
  void aLearnerWhoIsGoneIsCountedAndAFailureOfAPageIsTriedAgain() throws Exception {
    try (TestBundle bundle = started(Variants.LIKELY)) {
      Selection aims = Selection.all().under(Simulator.BASE_PATH + "/LearningAim/Search");
      bundle.simulator().faults().add(Fault.answer(404).on(user(501001)));
      bundle.simulator().faults().add(Fault.answer(500).on(aims.next(1)));
      bundle.simulator().faults().add(Fault.htmlUnder200().on(aims.next(1)));
      int calls = bundle.simulator().calls().size();
      Report report = verified(bundle, SlotsOf.all());
      assertThat(report.tally()).isEqualTo(new Report.Tally(2, 2, 0, 0, 0, 1, 0));
      assertThat(report.notRead()).hasSize(1).allMatch(each -> each.learner() == 501001);
      assertThat(since(bundle, calls))
          .containsExactly(
              "User/501001",
              "LearningAim/Search/1/50",
              "LearningAim/Search/1/50",
              "LearningAim/Search/1/50",
              "UnitSummary/Search/1/50");

      bundle.simulator().faults().add(Fault.answer(404).on(aims));
      Report gone = verified(bundle, SlotsOf.learner(501002));
      assertThat(gone.tally()).isEqualTo(new Report.Tally(1, 1, 0, 0, 0, 1, 0));
      assertThat(gone.notRead().get(0).why()).startsWith("LearningAim/Search: HTTP 404");
    }
  }

  @Test
  void allPagesThatAreNeededAreReadAndAnAimThatIsGoneIsDrift() throws Exception {
    List<String> standards = IntStream.range(4700, 4712).mapToObj(String::valueOf).toList();
    People people = people(String.join(",", standards), "");
    try (TestBundle bundle =
        started(
            Setup.plain(),
            Variants.LIKELY.withPages(5, true),
            people,
            standards.stream()
                .map(each -> "501001,iqa,3,700002," + each + ",\n")
                .collect(Collectors.joining("", HEADER, "")))) {
      int calls = bundle.simulator().calls().size();
      assertThat(verified(bundle, SlotsOf.all()).tally())
          .isEqualTo(new Report.Tally(1, 12, 0, 0, 0, 0, 0));
      assertThat(since(bundle, calls))
          .containsExactly(
              "LearningAim/Search/1/50", "LearningAim/Search/2/50", "LearningAim/Search/3/50");

      bundle
          .simulator()
          .faults()
          .add(
              Fault.answer(200)
                  .withBody("application/json", "[{\"StandardID\":4700,\"IQAID\":700002}]")
                  .on(Selection.all().under(Simulator.BASE_PATH + "/LearningAim/Search")));
      Report report = verified(bundle, SlotsOf.all());
      assertThat(report.tally()).isEqualTo(new Report.Tally(1, 1, 11, 0, 0, 0, 0));
      assertThat(report.drifts())
          .contains(new Drift(501001, "learning-aim/4711/iqa", 700002L, null, false));
    }
  }

  @Test
  void whatIsKeptStaysUntilTheFileAsksForSomebodyElse() throws Exception {
    try (LogLines log = LogLines.open();
        TestBundle bundle = started(byTimetable("keep"), Variants.LIKELY, people(), FILE)) {
      OtherHands.assign(bundle, 700009, "{\"LearnerID\":501001,\"Level\":3,\"StandardID\":4711}");
      awaitFound(log, "4 slots equal, 0 drifted, 1 kept by hand, 0 forgotten");
      bundle.drop("d2.csv", FILE);
      assertThat(lines(bundle, "d2.csv").get(1))
          .contains(",unchanged,KEPT_BY_HAND,")
          .contains("700009");
      bundle.drop("d3.csv", FILE.replace("501001,assessor,3,700001", "501001,assessor,3,700010"));
      assertThat(lines(bundle, "d3.csv").get(1)).contains(",sent,SENT,");
    }
  }

  @Test
  void whatIsForgottenIsSentByTheNextFile() throws Exception {
    try (LogLines log = LogLines.open();
        TestBundle bundle = started(byTimetable("forget"), Variants.LIKELY, people(), FILE)) {
      OtherHands.assign(
          bundle, 700008, "{\"LearnerID\":501002,\"Level\":2,\"UnitID\":\"KS_COMM1\"}");
      awaitFound(log, "1 drifted, 0 kept by hand, 1 forgotten");
      bundle.drop("d2.csv", FILE);
      assertThat(lines(bundle, "d2.csv"))
          .filteredOn(line -> line.contains(",sent,SENT,"))
          .singleElement()
          .asString()
          .startsWith("501002,iqa,2,");
    }
  }

  private static Setup byTimetable(String onDrift) {
    return Setup.plain()
        .withKey("verify.at", "0/1 * * * * ?")
        .withKey("verify.on-drift", onDrift)
        .withFeedKey("plan.hold.older", "false");
  }

  private TestBundle started(Variants variants) throws Exception {
    return started(Setup.plain(), variants, people(), FILE);
  }

  /** With all rows of the file sent. */
  private static TestBundle started(Setup setup, Variants variants, People people, String file)
      throws Exception {
    TestBundle bundle =
        TestBundle.start(
            setup.withFarSide(setup.farSide().withPeople(people).withVariants(variants)));
    bundle.drop("d1.csv", file);
    assertThat(lines(bundle, "d1.csv")).allMatch(line -> line.contains(",sent,SENT,"));
    return bundle;
  }

  private People people() throws Exception {
    return people("4711", "\"KS_COMM1\"");
  }

  private People people(String standards, String units) throws Exception {
    String learners =
        IntStream.rangeClosed(501001, 501003)
            .mapToObj(
                id ->
                    "{\"ID\":%d,\"Role\":1,\"OrganisationID\":12,\"Standards\":[%s],\"Units\":[%s]}"
                        .formatted(id, standards, units))
            .collect(Collectors.joining(","));
    String others =
        Stream.of("700001:5", "700009:5", "700010:5", "700002:10", "700008:10", "700005:45")
            .map(each -> each.split(":"))
            .map("{\"ID\":%s,\"Role\":%s,\"OrganisationID\":12}"::formatted)
            .collect(Collectors.joining(","));
    return People.read(
        Files.writeString(folder.resolve("people.json"), "[" + learners + "," + others + "]"));
  }

  private static Selection user(int id) {
    return Selection.all().under(Simulator.BASE_PATH + "/User/" + id);
  }

  private static Report verified(TestBundle bundle, SlotsOf which) throws Exception {
    Verification verification =
        bundle
            .instance()
            .camel()
            .getRegistry()
            .lookupByNameAndType("verification", Verification.class);
    Slots.Amount unused = verification.start(which);
    TestBundle.await("the verification ends")
        .until(() -> !verification.report().run().state().equals("running"));
    return verification.report();
  }

  private static List<String> since(TestBundle bundle, int calls) {
    return bundle.simulator().calls().stream()
        .skip(calls)
        .map(Call::path)
        .filter(path -> !path.endsWith("/Authentication"))
        .map(path -> path.substring(Simulator.BASE_PATH.length() + 1))
        .toList();
  }

  private static void awaitFound(LogLines log, String what) {
    TestBundle.await(what)
        .until(() -> !log.with("Verification of all learners done", what).isEmpty());
  }

  private static List<String> lines(TestBundle bundle, String name) throws Exception {
    List<String> all = Files.readAllLines(bundle.awaitResults(name));
    return all.subList(1, all.size());
  }
}
