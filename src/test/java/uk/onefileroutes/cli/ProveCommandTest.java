package uk.onefileroutes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.onefileroutes.simulator.Fault;
import uk.onefileroutes.simulator.People;
import uk.onefileroutes.simulator.Selection;
import uk.onefileroutes.simulator.Simulator;
import uk.onefileroutes.simulator.SimulatorOptions;
import uk.onefileroutes.simulator.VariantSpec;

/** {@code prove} against far sides that answer what is open in different ways, over real HTTP. */
class ProveCommandTest {
  private static final String SUBJECT =
      "--learner 501001 --assessor 700001 --iqa 700002 --standard 4711 --unit KS_COMM1";
  private static final List<String> PERSONAL =
      List.of(
          "Zebedee",
          "Quagga",
          "example.org",
          "MisZebra",
          "Xanthippe",
          "Wombat",
          "Iphigenia",
          "Quokka",
          "Archie",
          "700009",
          "700008",
          "700004");
  private static final String PEOPLE =
      """
      [{"ID":501001,"Role":1,"OrganisationID":12,"MISID":"MisZebra1","Email":"zq@example.org",
        "FirstName":"Zebedee","LastName":"Quagga","Standards":[4711],"Units":["KS_COMM1"],
        "DefaultAssessorID":700009,"DefaultEmployerID":700004},
       {"ID":700001,"Role":5,"OrganisationID":12,"FirstName":"Xanthippe","LastName":"Wombat",
        "Email":"xw@example.org","MISID":"MisZebra2"},
       {"ID":700009,"Role":5,"OrganisationID":12,"FirstName":"Zebedee","LastName":"Wombat"},
       {"ID":700008,"Role":5,"OrganisationID":12,"FirstName":"Archie","LastName":"Quokka",
        "Archived":true},
       {"ID":700002,"Role":10,"OrganisationID":12,"FirstName":"Iphigenia","LastName":"Quokka"},
       {"ID":700004,"Role":40,"OrganisationID":12,"LastName":"Quagga"}%s]
      """;

  @TempDir Path folder;
  private Path config;

  @BeforeEach
  void configure() throws IOException {
    config = Files.createDirectories(folder.resolve("config/feeds")).getParent();
    Files.writeString(
        config.resolve("feeds/inbox.properties"),
        "source=directory\ndirectory=inbox\nresults.directory=results\n");
  }

  /** What commands set for a process of their own. */
  @AfterEach
  void forgetLogging() {
    Said.forgetLogging();
  }

  /**
   * A far side.
   *
   * @param has what is printed
   * @param hasNot what is not
   */
  record Variant(List<String> specs, int exitCode, List<String> has, List<String> hasNot) {}

  static Stream<Variant> variants() {
    return Stream.of(
        new Variant(
            List.of(),
            0,
            List.of(
                "onefile.assign.path-user=assignee",
                "DefaultAssessorID sent back as it stood: HTTP 204, no body. The account read again:"
                    + " no member changed.",
                "In LearningAim/Search, which has a member for the assessor: changed: AssessorID;"
                    + " named as assignee by AssessorID.",
                "In UnitSummary/Search, which has a member for the iqa: changed: IQAID",
                "Level 1, the same again: HTTP 200, a bare number.",
                "As the assignee of level 1: HTTP 400, an object with code, message, Onefile's code"
                    + " -21.",
                "One as the assignee of level 1: HTTP 200",
                "HTTP 401, an object with Message.",
                "No answer had Retry-After",
                "Take the archived assessor off learner 501001"),
            List.of("onefile.renew-on", "already-assigned", "page-size=")),
        new Variant(
            List.of("path-user learner", "repeat-refused", "bad-session 403"),
            0,
            List.of(
                "onefile.assign.path-user=learner",
                "onefile.assign.assignee-field=UserID",
                "onefile.already-assigned.codes=-26",
                "onefile.renew-on=401,403"),
            List.of()),
        new Variant(
            List.of("path-user learner AssessorID", "rate-headers", "archived-refused"),
            0,
            List.of(
                "onefile.assign.path-user=learner",
                "onefile.assign.assignee-field=AssessorID",
                "imit: 300",
                "One as the assignee of level 1: HTTP 400"),
            List.of("archived assessor off")),
        new Variant(
            List.of("path-user learner none"),
            1,
            List.of("The {id} of Assign: no reading was accepted"),
            List.of("path-user=")),
        new Variant(
            List.of("lenient"),
            0,
            List.of("onefile.assign.path-user=assignee", "look at both accounts"),
            List.of()),
        new Variant(
            List.of("lenient", "path-user learner"),
            0,
            List.of("onefile.assign.path-user=learner", "onefile.assign.assignee-field=UserID"),
            List.of()),
        new Variant(
            List.of("lenient", "bare-aims"),
            1,
            List.of("yes to both readings", "which has no member for the assessor"),
            List.of("path-user=assignee")),
        new Variant(
            List.of("full-update"),
            0,
            List.of(
                "emptied: MISID, Email, DefaultEmployerID",
                "Don't send defaults",
                "Fill in again what is empty now"),
            List.of()),
        new Variant(List.of("page-size 100"), 0, List.of("directory.page-size=100"), List.of()),
        new Variant(
            List.of("page-size 100 capped"),
            0,
            List.of("directory.page-size=100", "A page of 500 learners: HTTP 200, a list of 100."),
            List.of()),
        new Variant(List.of("page-size 500"), 0, List.of("directory.page-size=500"), List.of()));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void eachFarSideIsFoundOutAndNobodyIsNamed(Variant it) throws Exception {
    boolean isLarge = it.specs().stream().anyMatch(spec -> spec.startsWith("page-size"));
    try (Simulator simulator = simulator(isLarge ? 600 : 0, it.specs())) {
      at(simulator.baseUrl());
      Path ticket = folder.resolve("ticket.txt");

      Said said = prove(SUBJECT + " --out " + ticket);

      assertThat(said.out()).contains(it.has());
      it.hasNot().forEach(not -> assertThat(said.out()).doesNotContain(not));
      assertThat(said.exitCode()).as(said.out() + said.err()).isEqualTo(it.exitCode());
      assertThat(Files.readString(ticket)).contains(simulator.baseUrl()).contains(it.has());
      for (String text : List.of(said.out(), said.err(), Files.readString(ticket))) {
        PERSONAL.forEach(value -> assertThat(text).doesNotContain(value));
      }
    }
  }

  @Test
  void asJsonNobodyIsNamedEither() throws Exception {
    try (Simulator simulator = simulator(0, List.of())) {
      at(simulator.baseUrl());

      Said said = prove(SUBJECT + " --json");

      assertThat(said.exitCode()).isZero();
      assertThat(said.out()).contains("\"onefile.assign.path-user\"").startsWith("{");
      assertThat(said.err()).contains("level 3");
      PERSONAL.forEach(value -> assertThat(said.out() + said.err()).doesNotContain(value));
    }
  }

  @Test
  void whatOnefileSaysIsNotRepeatedEvenInItsErrors() throws Exception {
    try (Simulator simulator = simulator(0, List.of())) {
      at(simulator.baseUrl());
      simulator
          .faults()
          .add(
              Fault.answer(400)
                  .withError(-57, "Zebedee Quagga has left")
                  .withHeader("X-RateLimit-User", "Zebedee")
                  .on(Selection.users()));

      Said said = prove("--learner 501001 --assessor 700001");

      assertThat(said.out()).contains("Onefile's code -57", "imit-user");
      PERSONAL.forEach(value -> assertThat(said.out() + said.err()).doesNotContain(value));
    }
  }

  @Test
  void atLiveNothingIsSentAndConfirmationIsNoHelp() throws Exception {
    for (String live :
        List.of(
            "https://wsapi.onefile.co.uk/api/v2.1",
            "https://WSAPI.OneFile.co.uk:443/api/v2.1",
            "https://wsapi.onefile.co.uk./api/v2.1")) {
      at(live);
      Said said = prove("--learner 501001 --assessor 700001 --yes");
      assertThat(said.exitCode()).isEqualTo(ExitCode.FAULTS_IN_DATA);
      assertThat(said.err()).contains("is Live; nothing was sent");
    }
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void elsewhereItWantsAConfirmation() throws Exception {
    at("https://wsapi2.onefile.co.uk/api/v2.1");

    Said said = prove("--learner 501001 --assessor 700001");

    assertThat(said.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(said.err()).contains("learner 501001", "Add --yes to confirm.");
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void peopleOfTheWrongRoleAreFoundBeforeAnythingIsSent() throws Exception {
    try (Simulator simulator = simulator(0, List.of())) {
      at(simulator.baseUrl());
      Said said = prove("--learner 501001 --assessor 700002");
      assertThat(said.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
      assertThat(said.out()).contains("User 700002 has role 10", "Nothing was sent");
      assertThat(simulator.calls())
          .filteredOn(call -> !call.content().path().endsWith("/Authentication"))
          .isNotEmpty()
          .extracting(call -> call.content().method())
          .containsOnly("GET");
    }
  }

  @Test
  void a429EndsItWithWhatIsToBeUndone() throws Exception {
    try (Simulator simulator = simulator(0, List.of())) {
      at(simulator.baseUrl());
      // behind logging in, three readings, the default, and the first assignment
      simulator.faults().add(Fault.answer(429).withRetryAfter("30").on(Selection.all().after(9)));

      Said said = prove("--learner 501001 --assessor 700001");

      assertThat(said.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
      assertThat(said.out())
          .contains("Onefile answered 429, with Retry-After", "Stopped: ", "after: 30")
          .contains("Take assessor 700001 off learner 501001");
    }
  }

  @Test
  void aWrongTokenOrNobodyThereIsSaid() throws Exception {
    String gone;
    try (Simulator simulator = simulator(0, List.of())) {
      gone = simulator.baseUrl();
      at(gone, "wrong");
      Said said = prove("--learner 501001 --assessor 700001");
      assertThat(said.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
      assertThat(said.out()).contains("does not accept the customer token");
    }
    at(gone);
    Said said = prove("--learner 501001 --assessor 700001 --data " + folder.resolve("other"));
    assertThat(said.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
    assertThat(said.out()).contains("Stopped: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--learner 501001",
        "--learner 501001 --assessor 0",
        "--learner 501001 --assessor 501001",
        "--learner 501001 --assessor 700001 --iqa 700002",
        "--learner 501001 --assessor x",
        "--learner 501001 --assessor 700001 --unit a,b"
      })
  void whatCannotBeMeantIsUsage(String line) throws Exception {
    at("http://127.0.0.1:1/api/v2.1");
    assertThat(prove(line).exitCode()).isEqualTo(ExitCode.CONFIGURATION);
  }

  @Test
  void aFileThatIsThereIsNotOverwritten() throws Exception {
    at("http://127.0.0.1:1/api/v2.1");
    Path there = Files.writeString(folder.resolve("there.txt"), "mine");

    Said said = prove("--learner 501001 --assessor 700001 --out " + there);

    assertThat(said.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(there).hasContent("mine");
  }

  private Simulator simulator(int furtherLearners, List<String> variants) throws IOException {
    StringBuilder further = new StringBuilder();
    for (int i = 0; i < furtherLearners; i++) {
      further.append(",{\"ID\":%d,\"Role\":1,\"OrganisationID\":12}".formatted(600001 + i));
    }
    Path people = Files.writeString(folder.resolve("people.json"), PEOPLE.formatted(further));
    SimulatorOptions options = SimulatorOptions.defaults().withPeople(People.read(people));
    for (String variant : variants) {
      options = VariantSpec.apply(options, variant);
    }
    return Simulator.start(options);
  }

  private void at(String baseUrl) throws IOException {
    at(baseUrl, SimulatorOptions.DEFAULT_CUSTOMER_TOKEN);
  }

  private void at(String baseUrl, String token) throws IOException {
    Path secret = Files.writeString(folder.resolve("token"), token);
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(
        config.resolve("application.properties"),
        """
        onefile.base-url=%s
        onefile.customer-token-file=%s
        delivery.calls-per-minute=%s
        delivery.closed.daily-release=never
        management.port=off
        console.port=off
        """
            .formatted(baseUrl, secret, baseUrl.startsWith("http:") ? "unlimited" : "300"));
  }

  private Said prove(String line) {
    List<String> arguments =
        new ArrayList<>(
            List.of("--config", config.toString(), "--data", folder.resolve("data").toString()));
    if (line.contains("--data")) {
      arguments.subList(2, 4).clear();
    }
    arguments.add("prove");
    arguments.addAll(Arrays.asList(line.split(" ")));
    return Said.by(arguments.toArray(String[]::new));
  }
}
