package uk.onefileroutes.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.onefileroutes.delivery.DeliveryFixture.PATIENCE;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import uk.onefileroutes.simulator.ArmedFault;
import uk.onefileroutes.simulator.Call;
import uk.onefileroutes.simulator.Fault;
import uk.onefileroutes.simulator.People;
import uk.onefileroutes.simulator.Selection;
import uk.onefileroutes.simulator.Simulator;
import uk.onefileroutes.simulator.Variants;
import uk.onefileroutes.testing.TestBundle;

/**
 * {@code onefile.check-aims}: a level 3 row is sent to learners who have the aim, and only then.
 */
@Timeout(600)
class AimsTest {
  private static final String CHECK = "onefile.check-aims=true";
  private static final String SEARCHES = Simulator.BASE_PATH + "/LearningAim/Search";

  @TempDir Path folder;

  @Test
  void whatTheLearnerDoesNotHaveIsNotSent() throws Exception {
    try (DeliveryFixture it = fixture("4711,4712", CHECK)) {
      List<String> lines =
          it.results(
              it.drop(
                  """
                  501001,assessor,learning-aim,700001,4711,
                  501001,assessor,learning-aim,700001,4799,
                  501001,assessor,learning-aim,700001,4712,
                  501001,assessor,default,700001,,
                  501001,assessor,unit-summary,700001,,KS_COMM1
                  """));
      assertThat(lines.get(0)).contains(",sent,SENT,");
      assertThat(lines.get(1))
          .contains(",invalid,AIM_NOT_FOUND,")
          .contains("Not sent: Onefile lists no learning aim of standard 4799 for this learner.");
      assertThat(lines.subList(2, 5)).allSatisfy(line -> assertThat(line).contains(",sent,SENT,"));
      assertThat(it.assigning()).hasSize(4).allMatch(call -> call.applied());
      // the first page has the first standard; for the second the end must be seen, then all is
      // known
      assertThat(pages(it)).containsExactly("1/50", "1/50", "2/50");
    }
  }

  @Test
  void nobodyIsAskedWhereThatIsNotWished() throws Exception {
    try (DeliveryFixture it = fixture("4711")) {
      it.assertAll(it.drop("501001,iqa,learning-aim,700002,4799,\n"), "rejected,BAD_REQUEST");
      assertThat(pages(it)).isEmpty();
    }
  }

  /** A page that is short by a limit of Onefile's own is not the last. */
  @Test
  void anAimOnALaterPageIsFoundHoweverShortThePagesAre() throws Exception {
    List<String> standards = IntStream.range(4700, 4725).mapToObj(String::valueOf).toList();
    try (DeliveryFixture it =
        fixture(String.join(",", standards), Variants.LIKELY.withPages(10, true), CHECK)) {
      it.assertAll(
          it.drop(
              standards.stream()
                  .map(standard -> "501001,iqa,learning-aim,700002," + standard + ",\n")
                  .collect(Collectors.joining())),
          "sent,SENT");
      assertThat(pages(it)).contains("3/50").doesNotContain("4/50");
    }
  }

  @Test
  void aFailedSearchIsTriedAgainAndNothingSentMeanwhile() throws Exception {
    try (DeliveryFixture it = fixture("4711", CHECK)) {
      ArmedFault fault =
          it.simulator.faults().add(Fault.answer(500).on(Selection.all().under(SEARCHES).next(2)));
      it.assertAll(it.drop("501001,iqa,learning-aim,700002,4711,\n"), "sent,SENT");
      assertThat(fault.taken()).isEqualTo(2);
      assertThat(it.assigning()).hasSize(1);
      assertThat(pages(it)).hasSize(3);
    }
  }

  /** One who may not search is no outage, and no reason to send unasked. */
  @Test
  void aRefusedSearchBlocksTheRowAndPausesNobody() throws Exception {
    try (DeliveryFixture it = fixture("4711", CHECK, "delivery.retry.attempts=2")) {
      it.simulator.faults().add(Fault.answer(403).on(Selection.all().under(SEARCHES)));
      long file =
          it.drop(
              IntStream.rangeClosed(501001, 501009)
                  .mapToObj(learner -> learner + ",iqa,learning-aim,700002,4711,\n")
                  .collect(Collectors.joining()));
      assertThat(it.results(file))
          .allSatisfy(
              line ->
                  assertThat(line)
                      .contains(",blocked,TOO_MANY_ATTEMPTS,")
                      .contains("the learner's aims can't be read: HTTP 403"));
      assertThat(it.assigning()).isEmpty();
      assertThat(pages(it)).hasSize(18);
    }
  }

  @Test
  void aPageForPeopleIsNoListOfAims() throws Exception {
    try (DeliveryFixture it = fixture("4711", CHECK, "delivery.retry.attempts=1")) {
      it.simulator.faults().add(Fault.htmlUnder200().on(Selection.all().under(SEARCHES)));
      it.assertAll(it.drop("501001,iqa,learning-aim,700002,4711,\n"), "blocked,TOO_MANY_ATTEMPTS");
      assertThat(it.assigning()).isEmpty();
    }
  }

  /** It costs the rows none of their attempts: two for each would be over after ten searches. */
  @Test
  void anOutageOfSearchesIsAnOutage() throws Exception {
    try (DeliveryFixture it =
        fixture(
            "4711",
            CHECK,
            "delivery.retry.attempts=2",
            "delivery.outage.pause=100ms",
            // else some may have failed twice before the last has once
            "delivery.concurrency=1")) {
      ArmedFault outage =
          it.simulator.faults().add(Fault.answer(503).on(Selection.all().under(SEARCHES)));
      long file =
          it.drop(
              IntStream.rangeClosed(501001, 501005)
                  .mapToObj(learner -> learner + ",iqa,learning-aim,700002,4711,\n")
                  .collect(Collectors.joining()));
      Awaitility.await().atMost(PATIENCE).until(() -> outage.taken() >= 11);
      outage.remove();
      it.assertAll(file, "sent,SENT");
      assertThat(it.assigning()).hasSize(5);
    }
  }

  private DeliveryFixture fixture(String standards, String... keys) throws Exception {
    return fixture(standards, Variants.LIKELY, keys);
  }

  private DeliveryFixture fixture(String standards, Variants variants, String... keys)
      throws Exception {
    String learners =
        IntStream.rangeClosed(501001, 501009)
            .mapToObj(
                id ->
                    "{\"ID\":%d,\"Role\":1,\"OrganisationID\":12,\"Standards\":[%s],\"Units\":[\"KS_COMM1\"]},"
                        .formatted(id, standards))
            .collect(Collectors.joining("\n"));
    Path people =
        Files.writeString(
            folder.resolve("people.json"),
            "["
                + learners
                + """
                  {"ID":700001,"Role":5,"OrganisationID":12},
                  {"ID":700002,"Role":10,"OrganisationID":12}]""");
    return new DeliveryFixture(
        Simulator.start(
            TestBundle.Setup.plain()
                .farSide()
                .withPeople(People.read(people))
                .withVariants(variants)),
        null,
        keys);
  }

  /** What was asked for of learners' aims: page and size. */
  private static List<String> pages(DeliveryFixture it) {
    return it.simulator.calls().stream()
        .map(Call::path)
        .filter(path -> path.startsWith(SEARCHES))
        .map(path -> path.substring(SEARCHES.length() + 1))
        .toList();
  }
}
