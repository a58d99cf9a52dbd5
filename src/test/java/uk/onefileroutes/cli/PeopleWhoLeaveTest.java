package uk.onefileroutes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.onefileroutes.alarm.Alarm;
import uk.onefileroutes.simulator.People;
import uk.onefileroutes.simulator.Person;
import uk.onefileroutes.simulator.Simulator;
import uk.onefileroutes.testing.FreePort;
import uk.onefileroutes.testing.LogLines;
import uk.onefileroutes.testing.TestBundle;
import uk.onefileroutes.testing.TestBundle.Setup;

/** Accounts are archived and deleted between two refreshes of the directory. */
class PeopleWhoLeaveTest {
  private static final int CENTRE = 12;
  private static final String EXPORT =
      """
      learner_email,role,kind,assignee_id,standard_id
      l1@example.org,assessor,default,5001,
      l2@example.org,assessor,default,5001,
      l3@example.org,assessor,default,5002,
      l4@example.org,assessor,default,4001,
      l1@example.org,iqa,learning-aim,6001,4711
      """;

  @TempDir Path folder;

  @AfterEach
  void forgetLogging() {
    Said.forgetLogging();
  }

  @Test
  void whatTheyHeldIsWrittenAsAFileFilledInAndSent() throws Exception {
    Setup plain = Setup.plain();
    Setup setup =
        plain
            .withFarSide(plain.farSide().withPeople(before()))
            .withFeedKey("plan.hold.older", "false") // the first export comes again
            .withFeedKey("organisation-id", Integer.toString(CENTRE))
            .withKey("management.port", Integer.toString(FreePort.find()))
            .withKey("management.password", "invented-password-of-a-test");
    try (LogLines log = LogLines.open();
        TestBundle bundle = TestBundle.start(setup)) {
      bundle.drop("export.csv", EXPORT);
      assertThat(lines(bundle, "export.csv")).hasSize(5).allMatch(line -> line.contains(",sent,"));
      assertThat(say(bundle, "leavers")).contains("Nothing is left of anybody who left.");

      bundle.simulator().close();
      int port = URI.create(bundle.simulator().baseUrl()).getPort();
      Simulator nextDay = Simulator.start(setup.farSide().withPort(port).withPeople(afterwards()));
      try {
        refresh();
        awaitAlarms(bundle, "5001", "6001");
        assertThat(log.with("WARN ASSIGNEE_LEFT: account 5001 is archived", "2 assignments of 2"))
            .hasSize(1);
        assertThat(log.with("WARN ASSIGNEE_LEFT: account 6001 is no longer listed", "1 learner"))
            .hasSize(1);
        assertThat(say(bundle, "leavers").lines().map(String::strip))
            .containsExactly(
                "who left     learner      kind          role      standard or unit",
                "5001         1            default       assessor",
                "5001         2            default       assessor",
                "6001         1            learning-aim  iqa       4711");

        Path out = folder.resolve("leavers.csv");
        assertThat(say(bundle, "leavers --out " + out)).contains("Wrote 3 rows to " + out);
        assertThat(out)
            .hasContent(
                """
                learner_id,kind,role,assignee_id,standard_id,unit_id,left_assignee_id
                1,default,assessor,,,,5001
                2,default,assessor,,,,5001
                1,learning-aim,iqa,,4711,,6001
                """);
        bundle.drop(
            "filled.csv",
            Files.readString(out)
                .replace("assessor,,,,5001", "assessor,5002,,,5001")
                .replace("iqa,,4711", "iqa,6002,4711"));
        assertThat(lines(bundle, "filled.csv"))
            .hasSize(3)
            .allMatch(line -> line.contains(",sent,SENT,"));
        awaitAlarms(bundle);
        assertThat(log.with("INFO ASSIGNEE_LEFT: account 5001 is back, or all that it held"))
            .hasSize(1);
        assertThat(nextDay.state().defaultAssessors())
            .containsEntry(1, 5002)
            .containsEntry(2, 5002);

        // who was promoted keeps the id, and who is archived is refused by id
        bundle.drop("export.csv", EXPORT);
        assertThat(lines(bundle, "export.csv"))
            .satisfiesExactly(
                line -> assertThat(line).contains(",invalid,ASSIGNEE_ARCHIVED,"),
                line -> assertThat(line).contains(",invalid,ASSIGNEE_ARCHIVED,"),
                line -> assertThat(line).contains(",unchanged,"),
                line -> assertThat(line).contains(",unchanged,"),
                line -> assertThat(line).contains(",rejected,"));
      } finally {
        nextDay.close();
      }
    }
  }

  @Test
  void aReadingThatLostMostOfThemMakesNothingUnknown() throws Exception {
    Setup plain = Setup.plain();
    Setup setup =
        plain
            .withFarSide(plain.farSide().withPeople(before()))
            .withFeedKey("organisation-id", Integer.toString(CENTRE));
    try (LogLines log = LogLines.open();
        TestBundle bundle = TestBundle.start(setup)) {
      bundle.drop("export.csv", EXPORT);
      assertThat(lines(bundle, "export.csv")).allMatch(line -> line.contains(",sent,"));
      bundle.simulator().close();
      int port = URI.create(bundle.simulator().baseUrl()).getPort();
      try (Simulator nextDay =
          Simulator.start(setup.farSide().withPort(port).withPeople(People.of(learners())))) {
        refresh();
        TestBundle.await("a warning")
            .until(() -> !log.with("WARN", "organisation 12 lists 5 of 9", "them 4 who").isEmpty());
        bundle.drop("again.csv", EXPORT);
        assertThat(lines(bundle, "again.csv")).hasSize(5).allMatch(l -> l.contains(",unchanged,"));
        assertThat(nextDay.state().defaultAssessors()).isEmpty();
        assertThat(log.with("ASSIGNEE_LEFT")).isEmpty();
      }
    }
  }

  private static List<Person> learners() {
    List<Person> people = new ArrayList<>();
    for (int i = 1; i <= 4; i++) {
      people.add(
          Person.of(i, Person.LEARNER, CENTRE)
              .with(Person.Names.of(null, "l" + i + "@example.org")));
    }
    return people;
  }

  private static People with(Person... others) {
    List<Person> people = learners();
    people.addAll(Arrays.asList(others));
    return People.of(people);
  }

  private static People before() {
    return with(
        Person.of(5001, Person.ASSESSOR, CENTRE),
        Person.of(5002, Person.ASSESSOR, CENTRE),
        Person.of(4001, Person.TRAINEE_ASSESSOR, CENTRE),
        Person.of(6001, Person.IQA, CENTRE),
        Person.of(6002, Person.IQA, CENTRE));
  }

  /** 5001 is archived, 6001 deleted, 4001 no trainee any more. */
  private static People afterwards() {
    return with(
        new Person(5001, Person.ASSESSOR, CENTRE, Person.Names.NONE, true, Person.Studies.UNKNOWN),
        Person.of(5002, Person.ASSESSOR, CENTRE),
        Person.of(4001, Person.ASSESSOR, CENTRE),
        Person.of(6002, Person.IQA, CENTRE));
  }

  private static void refresh() throws Exception {
    Object said =
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName("onefile:type=Directory"), "refresh", new Object[0], new String[0]);
    assertThat(said).asString().contains("1 centre again");
  }

  private static void awaitAlarms(TestBundle bundle, String... accounts) {
    TestBundle.await("alarms " + List.of(accounts))
        .until(
            () ->
                bundle.instance().alarms().standing().stream()
                    .map(Alarm::about)
                    .sorted()
                    .toList()
                    .equals(List.of(accounts)));
  }

  private static List<String> lines(TestBundle bundle, String name) throws IOException {
    List<String> all = Files.readAllLines(bundle.awaitResults(name));
    return all.subList(1, all.size());
  }

  private static String say(TestBundle bundle, String line) {
    String[] arguments = bundle.arguments(line);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int exitCode =
        MainCommand.execute(
            new PrintStream(out, true, StandardCharsets.UTF_8), System.err, arguments);
    assertThat(exitCode).isZero();
    return out.toString(StandardCharsets.UTF_8);
  }
}
