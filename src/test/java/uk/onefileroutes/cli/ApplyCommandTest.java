package uk.onefileroutes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import uk.onefileroutes.simulator.People;
import uk.onefileroutes.simulator.Person;
import uk.onefileroutes.simulator.Simulator;
import uk.onefileroutes.testing.FreePort;
import uk.onefileroutes.testing.TestBundle;
import uk.onefileroutes.testing.TestBundle.Setup;

/** One assignment at a time, by the command, through the real routes. */
class ApplyCommandTest {
  private static final int CENTRE = 12;
  private static final String DEFAULT = "apply --learner 1 --role assessor --kind default";

  @AfterEach
  void forgetLogging() {
    Said.forgetLogging();
  }

  @Test
  void eachStepIsPrintedAndTheSameAgainCostsNoCall() throws Exception {
    try (TestBundle bundle = TestBundle.start(setup())) {
      Said first = say(bundle, DEFAULT + " --assignee 5001");
      assertThat(first.out().lines())
          .satisfiesExactly(
              line -> assertThat(line).matches("read +file 1, apply-.*csv, row 1 of feed apply"),
              line ->
                  assertThat(line)
                      .isEqualTo("matched   learner 1 by its id, assignee 5001 by its id"),
              line ->
                  assertThat(line)
                      .isEqualTo(
                          "slot      default/assessor of learner 1, not known to hold anything"),
              line ->
                  assertThat(line).isEqualTo("request   POST User/1 {\"DefaultAssessorID\":5001}"),
              line ->
                  assertThat(line)
                      .matches("answer    sent SENT, 1 call, HTTP 204 in \\d+ ms\\..*"));
      assertThat(first.exitCode()).isZero();
      assertThat(assigned(bundle)).isEqualTo(1);

      Said again = say(bundle, DEFAULT + " --assignee 5001");
      assertThat(again.out())
          .contains(
              "known to hold 5001", "request   none", "answer    unchanged UNCHANGED, no call.");
      assertThat(again.exitCode()).isZero();
      assertThat(assigned(bundle)).isEqualTo(1);

      Said changed = say(bundle, DEFAULT + " --assignee 5002");
      assertThat(changed.out()).contains("known to hold 5001", "answer    sent SENT, 1 call");
      assertThat(bundle.simulator().state().defaultAssessors()).containsEntry(1, 5002);
      assertThat(say(bundle, "audit --last 1").out())
          .contains("apply", "learner 1, role assessor, kind default, assignee 5002");
      TestBundle.await("its results").until(() -> bundle.names("apply").size() == 3);
      assertThat(
              Files.readString(
                  bundle.data().resolve("apply").resolve(bundle.names("apply").get(0))))
          .contains("\"1\",\"assessor\",\"default\",\"5001\",1,sent,SENT,");
    }
  }

  @Test
  void personsAndTitlesAreLookedUpAsInAFile() throws Exception {
    try (TestBundle bundle = TestBundle.start(setup())) {
      Said said =
          say(
              bundle,
              "apply --learner email:l1@example.org --role iqa --kind 3 --assignee misid:Q1"
                  + " --standard 4711");
      assertThat(said.out())
          .contains(
              "matched   learner email:l1@example.org is account 1 by the directory, assignee"
                  + " misid:Q1 is account 6001 by the directory",
              "request   POST User/6001/Assign",
              "answer    sent SENT");
      assertThat(said.exitCode()).isZero();
      assertThat(say(bundle, "audit --last 1").out())
          .contains("learner email, role iqa, kind 3, assignee misid, standard 4711")
          .doesNotContain("l1@example.org");

      Said unknown =
          say(
              bundle,
              "apply --learner misid:nobody9 --role assessor --kind default --assignee 5001");
      assertThat(unknown.out()).contains("answer    invalid REFERENCE_NOT_FOUND, no call.");
      assertThat(unknown.exitCode()).isEqualTo(1);
    }
  }

  @Test
  void itIsNoFeedsLastFile() throws Exception {
    String header = "learner_id,role,kind,assignee_id\n";
    StringBuilder rows = new StringBuilder(header);
    for (int i = 1; i <= 4; i++) {
      rows.append(i).append(",assessor,default,5001\n");
    }
    Setup strict =
        setup().withFeedKey("plan.hold.from", "1").withFeedKey("plan.hold.older", "false");
    try (TestBundle bundle = TestBundle.start(strict)) {
      bundle.drop("export.csv", rows.toString());
      assertThat(bundle.awaitResults("export.csv")).content().contains(",sent,");
      assertThat(say(bundle, DEFAULT + " --assignee 5002").exitCode()).isZero();
      // nothing is gone against the export; against the one row nothing would be compared at all
      bundle.drop("cut.csv", header + "1,assessor,default,5002\n");
      assertThat(bundle.awaitHeldAnswer("cut.csv").file().code()).contains("TOO_MANY_GONE");
      // and no file before makes an assignment wait for a person
      assertThat(say(bundle, DEFAULT + " --assignee 5001").exitCode()).isZero();
    }
  }

  @Test
  void whatIsNotAnsweredInTimeGoesOn() throws Exception {
    try (TestBundle bundle = TestBundle.start(setup())) {
      assertThat(say(bundle, "pause test").exitCode()).isZero();
      Said said = say(bundle, DEFAULT + " --assignee 5001 --wait 1");
      assertThat(said.out()).contains("answer    planned, no call.", "Paused");
      assertThat(said.err()).contains("Waits: ");
      assertThat(said.exitCode()).isEqualTo(3);
      assertThat(say(bundle, "resume").exitCode()).isZero();
      TestBundle.await("the call").until(() -> assigned(bundle) == 1);
    }
  }

  @Test
  void whatCannotBeIsSaid() throws Exception {
    try (TestBundle bundle = TestBundle.start(setup())) {
      Said wrong = say(bundle, DEFAULT + " --assignee 1");
      assertThat(wrong.out()).contains("answer    invalid SELF_ASSIGNMENT, no call.");
      assertThat(wrong.exitCode()).isEqualTo(1);
      assertThat(say(bundle, DEFAULT).exitCode()).isEqualTo(2);
      JsonNode json =
          new ObjectMapper().readTree(say(bundle, DEFAULT + " --assignee 5001 --json").out());
      assertThat(json.at("/row/state").asText()).isEqualTo("sent");
      assertThat(json.at("/asked/payload").asText()).isEqualTo("{\"DefaultAssessorID\":5001}");
      bundle.stopInstance();
      assertThat(say(bundle, DEFAULT + " --assignee 5001").exitCode()).isEqualTo(3);
    }
  }

  private static Setup setup() throws Exception {
    Setup plain = Setup.plain();
    return plain
        .withFarSide(
            plain
                .farSide()
                .withPeople(
                    People.of(
                        List.of(
                            Person.of(1, Person.LEARNER, CENTRE)
                                .with(Person.Names.of("A1", "l1@example.org")),
                            Person.of(2, Person.LEARNER, CENTRE),
                            Person.of(3, Person.LEARNER, CENTRE),
                            Person.of(4, Person.LEARNER, CENTRE),
                            Person.of(5001, Person.ASSESSOR, CENTRE),
                            Person.of(5002, Person.ASSESSOR, CENTRE),
                            Person.of(6001, Person.IQA, CENTRE)
                                .with(Person.Names.of("Q1", null))))))
        .withKey("onefile.organisation-id", Integer.toString(CENTRE))
        .withKey("management.port", Integer.toString(FreePort.find()))
        .withKey("management.password", "invented-password-of-a-test");
  }

  private static long assigned(TestBundle bundle) {
    Simulator far = bundle.simulator();
    return far.calls().stream()
        .filter(call -> call.content().method().equals("POST"))
        .filter(call -> call.content().path().matches(".*/User/\\d+(/Assign)?"))
        .count();
  }

  private static Said say(TestBundle bundle, String line) {
    return Said.by(bundle.arguments(line));
  }
}
