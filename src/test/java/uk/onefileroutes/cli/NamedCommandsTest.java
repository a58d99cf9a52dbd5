package uk.onefileroutes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.onefileroutes.testing.FreePort;
import uk.onefileroutes.testing.TestBundle;
import uk.onefileroutes.users.NewUser;

/** Commands of somebody with a name, who may look and no more. */
class NamedCommandsTest {
  private static final String PASSWORD = "a password of lena";

  @TempDir Path folder;

  @AfterEach
  void forget() {
    System.clearProperty("management.user");
    System.clearProperty("management.password");
    Said.forgetLogging();
  }

  @Test
  void aCommandMayWhatItsLoginMayAndSaysWhichRoleIsMissing() throws Exception {
    Path users = folder.resolve("users");
    Files.writeString(users, NewUser.line("lena", PASSWORD, "look"));
    Files.setPosixFilePermissions(users, PosixFilePermissions.fromString("rw-------"));
    try (TestBundle bundle =
        TestBundle.start(
            TestBundle.Setup.plain()
                .withKey("management.port", Integer.toString(FreePort.find()))
                .withKey("management.password", "invented-password-of-a-test")
                .withKey("management.users", users.toString()))) {
      assertThat(Said.by(bundle.arguments("pause lunch")).exitCode()).as("the one login").isZero();

      System.setProperty("management.user", "lena");
      System.setProperty("management.password", PASSWORD);
      assertThat(Said.by(bundle.arguments("status")).out()).contains("Paused");
      Said refused = Said.by(bundle.arguments("resume"));
      assertThat(refused.exitCode()).isEqualTo(2);
      assertThat(refused.err())
          .contains(
              "This needs the role operate, which lena does not have. Log in as somebody who has it"
                  + " by MANAGEMENT_USER and MANAGEMENT_PASSWORD.")
          .doesNotContain("Exception");
      assertThat(Said.by(bundle.arguments("resume --json")).out()).contains("\"code\" : \"LOGIN\"");
    }
  }
}
