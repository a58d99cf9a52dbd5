package uk.onefileroutes.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import uk.onefileroutes.assignment.FileState;
import uk.onefileroutes.ledger.FileEntry;
import uk.onefileroutes.simulator.ArmedFault;
import uk.onefileroutes.simulator.Fault;
import uk.onefileroutes.simulator.People;
import uk.onefileroutes.simulator.Person;
import uk.onefileroutes.simulator.Selection;
import uk.onefileroutes.simulator.Simulator;
import uk.onefileroutes.testing.LogLines;
import uk.onefileroutes.testing.TestBundle;
import uk.onefileroutes.testing.TestBundle.Setup;

/** References are looked up in what Onefile's searches say, through the real routes. */
class DirectoryTest {
  private static final int CENTRE = 12;
  private static final String SEARCH = Simulator.BASE_PATH + "/User/Search";
  private static final Pattern ROLE = Pattern.compile("\"Role\":(\\d+)");
  private static final String HEADER = "learner_email,role,kind,assignee_id\n";
  private static final String KNOWN = HEADER + "l1@example.org,assessor,default,5001\n";

  @Test
  void itIsReadRoleByRoleAndPageByPage() throws Exception {
    try (TestBundle bundle = TestBundle.start(setup(120))) {
      bundle.drop("last.csv", HEADER + "L120@EXAMPLE.ORG,assessor,default,5001\n");

      assertThat(lines(bundle, "last.csv")).allMatch(line -> line.contains(",sent,SENT,"));

      assertThat(searches(bundle))
          .containsExactly(
              "User/Search/1/50 role 1",
              "User/Search/2/50 role 1",
              "User/Search/3/50 role 1",
              "User/Search/1/50 role 4",
              "User/Search/1/50 role 5",
              "User/Search/1/50 role 10",
              "User/Search/1/50 role 40",
              "User/Search/1/50 role 45");
      assertThat(bundle.simulator().state().defaultAssessors()).containsEntry(120, 5001);
    }
  }

  @Test
  void aCentreWithoutAnyAccountIsSaidToBeOne() throws Exception {
    try (LogLines log = LogLines.open();
        TestBundle bundle = TestBundle.start(setup(3).withFeedKey("organisation-id", "13"))) {
      bundle.drop("all.csv", KNOWN);

      assertThat(lines(bundle, "all.csv")).allMatch(line -> line.contains("REFERENCE_NOT_FOUND"));
      assertThat(log.with("WARN", "organisation 13 is empty", "onefile.organisation-id"))
          .isNotEmpty();
    }
  }

  @Test
  void aFullLastPageIsFollowedByAnEmptyOne() throws Exception {
    try (TestBundle bundle = TestBundle.start(setup(50).withKey("directory.page-size", "25"))) {
      bundle.drop("all.csv", HEADER + "l50@example.org,assessor,default,5001\n");

      assertThat(lines(bundle, "all.csv")).allMatch(line -> line.contains(",sent,SENT,"));

      assertThat(searches(bundle))
          .startsWith(
              "User/Search/1/25 role 1", "User/Search/2/25 role 1", "User/Search/3/25 role 1")
          .hasSize(3 + 5);
    }
  }

  @Test
  void titlesAreReadOnlyWhereAFileHasThem() throws Exception {
    try (TestBundle bundle = TestBundle.start(setup(1))) {
      bundle.drop("users.csv", KNOWN);
      assertThat(lines(bundle, "users.csv")).allMatch(line -> line.contains(",sent,SENT,"));
      assertThat(searches(bundle)).noneMatch(search -> search.startsWith("Standard"));

      bundle.drop(
          "titles.csv",
          "learner_id,role,kind,assignee_id,standard_title\n1,assessor,3,5001,Standard 4711\n");
      assertThat(lines(bundle, "titles.csv")).allMatch(line -> line.contains(",sent,SENT,"));
      assertThat(searches(bundle)).hasSize(6 + 8).endsWith("Standard/Search", "Unit/Search");
    }
  }

  @Test
  void aFileThatMissesHasItReadAnewOnce() throws Exception {
    try (TestBundle bundle = TestBundle.start(setup(1))) {
      bundle.drop("known.csv", KNOWN);
      assertThat(lines(bundle, "known.csv")).allMatch(line -> line.contains(",sent,SENT,"));
      assertThat(searches(bundle)).hasSize(6);

      bundle.drop("known-again.csv", KNOWN);
      assertThat(lines(bundle, "known-again.csv")).allMatch(line -> line.contains(",unchanged,"));
      assertThat(searches(bundle)).as("nothing was missed").hasSize(6);

      bundle.drop("missing.csv", KNOWN + "new@example.org,assessor,default,5001\n");
      assertThat(lines(bundle, "missing.csv"))
          .satisfiesExactly(
              line -> assertThat(line).contains(",unchanged,"),
              line -> assertThat(line).contains(",invalid,REFERENCE_NOT_FOUND,"));
      assertThat(searches(bundle)).as("read again, once").hasSize(12);
    }
  }

  @Test
  void whileItCantBeReadItsFilesWaitAndOthersPass() throws Exception {
    try (TestBundle bundle = TestBundle.start(setup(1))) {
      ArmedFault down =
          bundle.simulator().faults().add(Fault.answer(503).on(Selection.all().under(SEARCH)));
      bundle.drop("waits.csv", KNOWN);
      TestBundle.await("a file that waits").until(() -> waiting(bundle).isPresent());
      bundle.drop("passes.csv", "learner_id,role,kind,assignee_id\n7,assessor,default,5002\n");
      assertThat(lines(bundle, "passes.csv")).allMatch(line -> line.contains(",rejected,"));
      TestBundle.await("a search that failed").until(() -> down.taken() > 0);

      assertThat(waiting(bundle).orElseThrow().message())
          .isEqualTo("Waits until the directory of organisation 12 is read.");
      assertThat(bundle.simulator().state().defaultAssessors()).isEmpty();

      down.remove();
      assertThat(lines(bundle, "waits.csv")).allMatch(line -> line.contains(",sent,SENT,"));
    }
  }

  @Test
  void aReadingThatBreaksOffLeavesTheOneBeforeIt() throws Exception {
    try (TestBundle bundle = TestBundle.start(setup(1))) {
      bundle.drop("first.csv", KNOWN);
      assertThat(lines(bundle, "first.csv")).allMatch(line -> line.contains(",sent,SENT,"));
      ArmedFault broken =
          bundle
              .simulator()
              .faults()
              .add(
                  Fault.answer(200)
                      .withBody("application/json", "[{\"ID\":")
                      .on(Selection.all().under(SEARCH).after(1)));
      bundle.drop("misses.csv", HEADER + "new@example.org,assessor,default,5001\n");
      TestBundle.await("a page that is cut off").until(() -> broken.taken() > 0);

      bundle.drop("known.csv", KNOWN);
      assertThat(lines(bundle, "known.csv")).allMatch(line -> line.contains(",unchanged,"));
      assertThat(waiting(bundle)).as("it is still missed").isPresent();
    }
  }

  @Test
  void aFarSideThatGivesTheSamePageForEverIsNotRead() throws Exception {
    try (TestBundle bundle = TestBundle.start(setup(1).withKey("directory.page-size", "1"))) {
      ArmedFault same =
          bundle
              .simulator()
              .faults()
              .add(
                  Fault.answer(200)
                      .withBody("application/json", "[{\"ID\":1,\"Email\":\"l1@example.org\"}]")
                      .on(Selection.all().under(SEARCH)));
      bundle.drop("waits.csv", KNOWN);
      TestBundle.await("the second page").until(() -> same.taken() == 2);

      assertThat(waiting(bundle)).isPresent();
      assertThat(bundle.simulator().state().defaultAssessors()).isEmpty();
    }
  }

  private static Setup setup(int learners) {
    List<Person> people = new ArrayList<>();
    for (int i = 1; i <= learners; i++) {
      people.add(
          Person.of(i, Person.LEARNER, CENTRE)
              .with(Person.Names.of(null, "l" + i + "@example.org"))
              .with(new Person.Studies(Set.of("4711"), null)));
    }
    people.add(Person.of(5001, 5, CENTRE));
    Setup plain = Setup.plain();
    return plain
        .withFarSide(plain.farSide().withPeople(People.of(people)))
        .withFeedKey("organisation-id", Integer.toString(CENTRE));
  }

  private static List<String> lines(TestBundle bundle, String name) throws IOException {
    List<String> all = Files.readAllLines(bundle.awaitResults(name));
    return all.subList(1, all.size());
  }

  private static Optional<FileEntry> waiting(TestBundle bundle) {
    return bundle.instance().files().in(FileState.RECEIVING).stream()
        .filter(file -> file.message() != null)
        .findFirst();
  }

  private static List<String> searches(TestBundle bundle) {
    return bundle.simulator().calls().stream()
        .filter(call -> call.path().contains("Search"))
        .map(
            call -> {
              String path = call.path().substring(Simulator.BASE_PATH.length() + 1);
              Matcher role = ROLE.matcher(call.body());
              return role.find() ? path + " role " + role.group(1) : path;
            })
        .toList();
  }
}
