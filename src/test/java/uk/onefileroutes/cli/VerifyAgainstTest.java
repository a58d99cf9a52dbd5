package uk.onefileroutes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.onefileroutes.testing.FreePort;
import uk.onefileroutes.testing.TestBundle;
import uk.onefileroutes.testing.TestBundle.Setup;

/** The ledger is compared with an export of Onefile, without a call. */
class VerifyAgainstTest {
  private static final String FILE =
      """
      learner_id,role,kind,assignee_id
      501001,assessor,default,700001
      501002,assessor,default,700001
      501002,employer,default,700004
      501003,assessor,default,700001
      501004,assessor,default,700001
      """;

  @TempDir Path folder;

  @AfterEach
  void forgetLogging() {
    Said.forgetLogging();
  }

  @Test
  void whatDiffersIsListedWithARunningInstanceAndWithout() throws Exception {
    Path export =
        Files.writeString(
            folder.resolve("user.csv"),
            """
            FirstName;UserID;DefaultAssessor;DefaultEmployer
            Ann;501001;700001;
            Ben;501002;700009;
            Cid;501003;Smith, Jo;
            Eve;501009;700001;
            """);
    try (TestBundle bundle = TestBundle.start(setup())) {
      bundle.drop("export.csv", FILE);
      assertThat(bundle.awaitResults("export.csv")).content().contains(",sent,");
      int calls = bundle.simulator().calls().size();

      Said said = say(bundle, "verify --against " + export);
      assertThat(said.out())
          .contains(
              "Verified the slots of all learners against user.csv: done, 4 of 4 learners read.",
              "1 slots are as the ledger says, 2 are not.",
              "1 default slots: Onefile doesn't say",
              "1 learners are not found",
              "501004  not in the export")
          .containsPattern("501002 +default/assessor +700001 +700009")
          .containsPattern("501002 +default/employer +700004 +nobody")
          .doesNotContain("Smith");
      assertThat(said.exitCode()).isEqualTo(1);
      assertThat(bundle.simulator().calls()).hasSize(calls);
      var json =
          new ObjectMapper().readTree(say(bundle, "verify --json --against " + export).out());
      assertThat(json.path("drifted").asLong()).isEqualTo(2);

      bundle.stopInstance();
      assertThat(say(bundle, "verify --against " + export).out()).isEqualTo(said.out());
    }
  }

  @Test
  void anExportThatSaysTheSameHasNoDrift() throws Exception {
    Path export =
        Files.writeString(
            folder.resolve("user.csv"),
            "userid,defaultassessorid\n501001,700001\n501002,700001\n501003,700001\n501004,700001\n");
    try (TestBundle bundle = TestBundle.start(setup())) {
      bundle.drop("export.csv", FILE);
      assertThat(bundle.awaitResults("export.csv")).content().contains(",sent,");
      Said said = say(bundle, "verify --against " + export);
      assertThat(said.out())
          .contains(
              "4 slots are as the ledger says, 0 are not.", "1 default slots: Onefile doesn't say");
      assertThat(said.exitCode()).isZero();
    }
  }

  @Test
  void whatIsNoExportIsRefused() throws Exception {
    Path other = Files.writeString(folder.resolve("other.csv"), "Name,Assessor\nAnn,700001\n");
    try (TestBundle bundle = TestBundle.start(setup())) {
      Said said = say(bundle, "verify --against " + other);
      assertThat(said.err()).contains("UserID");
      assertThat(said.exitCode()).isEqualTo(1);
      assertThat(say(bundle, "verify --against " + folder.resolve("none.csv")).exitCode())
          .isEqualTo(3);
      assertThat(say(bundle, "verify 1 --against " + other).exitCode()).isEqualTo(2);
    }
  }

  private static Setup setup() throws Exception {
    return Setup.plain()
        .withKey("management.port", Integer.toString(FreePort.find()))
        .withKey("management.password", "invented-password-of-a-test");
  }

  private static Said say(TestBundle bundle, String line) {
    return Said.by(bundle.arguments(line));
  }
}
