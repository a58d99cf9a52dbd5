package uk.onefileroutes.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.onefileroutes.ports.GeneratedPassword;
import uk.onefileroutes.users.NewUser;

/** Secrets in files of their own, and who else may read these. */
class SecretFilesTest {
  private static final String SECRET = "invented-secret-in-a-file";

  @TempDir Path folder;
  private Path secret;

  @BeforeEach
  void writeSecret() throws IOException {
    secret = Files.writeString(folder.resolve("secret"), SECRET + "\n");
    rights(secret, "rw-------");
  }

  @Test
  void eachSecretMayComeFromAFile() throws Exception {
    Configuration read =
        read(
            Map.of(
                "onefile.customer-token-file",
                secret.toString(),
                "management.password-file",
                secret.toString(),
                "ledger.url",
                "jdbc:h2:async:" + folder.resolve("x") + ";WRITE_DELAY=0",
                "ledger.password-file",
                secret.toString()),
            "sftp.password-file=secret\n");

    assertThat(read.onefile().customerToken().get()).isEqualTo(SECRET);
    assertThat(read.management().login().password()).contains(SECRET);
    assertThat(read.ledger().password()).isEqualTo(SECRET);
    assertThat(read.feeds().get(0).places().source().toString()).startsWith("sftp://");
    assertThat(read.exposed()).isEmpty();
    assertThat(List.of(read.onefile(), read.management(), read.ledger(), read.feeds()))
        .asString()
        .contains("https://onefile.example/api/v2.1", "sftp://")
        .doesNotContain(SECRET);
  }

  @ParameterizedTest
  @CsvSource({
    "rw-------, ''",
    "r--------, ''",
    "rw-r-----, the group",
    "rw--w----, the group",
    "rw----r--, everybody",
    "rw-----w-, everybody"
  })
  void aFileThatOthersMayReadOrChangeIsRefusedWithTheRemedy(String rights, String who)
      throws Exception {
    rights(secret, rights);

    List<String> faults =
        faults(Map.of("onefile.customer-token-file", secret.toString()), "sftp.password=example\n");

    if (who.isEmpty()) {
      assertThat(faults).isEmpty();
    } else {
      assertThat(faults)
          .singleElement()
          .asString()
          .contains("onefile.customer-token-file", who, "chmod 600 " + secret)
          .doesNotContain(SECRET);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sftp.password-file=secret\n", "sftp.key-file=secret\n"})
  void soAreThoseOfAFeed(String key) throws Exception {
    rights(secret, "rw-r--r--");

    assertThat(faults(Map.of("onefile.customer-token", "x"), key))
        .singleElement()
        .asString()
        .contains("feeds/hr.properties", key.replaceAll("=.*\n", ""), "chmod 600");
  }

  @Test
  void aFileOfKeysThatHoldsASecretIsOnlyWarnedOfAndOneThatHoldsNoneIsNot() throws Exception {
    Configuration exposed =
        read(Map.of("onefile.customer-token", SECRET), "sftp.password=" + SECRET + "\n");
    assertThat(exposed.exposed()).isEmpty(); // its owner's alone, both

    rights(folder.resolve("application.properties"), "rw-r--r--");
    rights(folder.resolve("feeds/hr.properties"), "rw-r--r--");
    assertThat(again().exposed())
        .satisfiesExactly(
            application ->
                assertThat(application)
                    .contains("application.properties", "onefile.customer-token", "chmod 600")
                    .doesNotContain(SECRET),
            feed ->
                assertThat(feed)
                    .contains("hr.properties", "sftp.password", "chmod 600")
                    .doesNotContain(SECRET));

    write(Map.of("onefile.customer-token-file", secret.toString()), "sftp.key-file=secret\n");
    rights(folder.resolve("application.properties"), "rw-r--r--");
    rights(folder.resolve("feeds/hr.properties"), "rw-r--r--");
    assertThat(again().exposed()).isEmpty();
  }

  @Test
  void aSecretGivenByASystemPropertyIsWarnedOf() throws Exception {
    System.setProperty("management.password", SECRET);
    try {
      assertThat(read(Map.of("onefile.customer-token", "x"), "sftp.key-file=secret\n").exposed())
          .singleElement()
          .asString()
          .contains("management.password", "-D", "environment")
          .doesNotContain(SECRET);
    } finally {
      System.clearProperty("management.password");
    }
  }

  @Test
  void aSecretAndItsFileTogetherAreRefused() throws Exception {
    assertThat(
            faults(
                Map.of(
                    "onefile.customer-token",
                    "x",
                    "management.password",
                    "invented-one",
                    "management.password-file",
                    secret.toString()),
                "sftp.key-file=secret\n"))
        .singleElement()
        .asString()
        .contains("management.password and management.password-file: both are set");
  }

  @Test
  void allFaultsInTheFileOfUsersAreSaidWithTheOtherFaults() throws Exception {
    Path users = folder.resolve("users");
    Files.writeString(users, "kim:" + SECRET + ":look\nada\n");
    rights(users, "rw-------");
    Map<String, String> keys =
        Map.of(
            "onefile.customer-token", "x", "management.users", "users", "console.port", "9999999");

    assertThat(faults(keys, "sftp.key-file=secret\n"))
        .hasSize(3)
        .anyMatch(fault -> fault.contains("console.port"))
        .anyMatch(fault -> fault.contains("management.users=users: line 1: its hash is none of"))
        .anyMatch(fault -> fault.contains("management.users=users: line 2: is not name:hash:roles"))
        .noneMatch(fault -> fault.contains(SECRET));

    Files.writeString(users, NewUser.line("kim", "a password of kim", "look"));
    rights(users, "rw-rw-r--");
    assertThat(
            faults(
                Map.of("onefile.customer-token", "x", "management.users", "users"),
                "sftp.key-file=secret\n"))
        .singleElement()
        .asString()
        .contains("management.users=users: everybody on this machine", "chmod 600 " + users);
  }

  @Test
  void aGeneratedPasswordThatOthersMayReadByNowIsNotUsed() throws Exception {
    String password = GeneratedPassword.create(folder);
    assertThat(GeneratedPassword.read(folder)).contains(password);

    rights(GeneratedPassword.file(folder), "rw-r--r--");
    assertThatThrownBy(() -> GeneratedPassword.read(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("chmod 600");
  }

  private Configuration read(Map<String, String> application, String feed) throws Exception {
    write(application, feed);
    return again();
  }

  private List<String> faults(Map<String, String> application, String feed) throws Exception {
    try {
      Configuration unused = read(application, feed);
      return List.of();
    } catch (ConfigurationFault e) {
      return e.faults();
    }
  }

  private Configuration again() throws ConfigurationFault {
    return Configuration.read(Folders.of(folder, Path.of("routes"), folder.resolve("data")));
  }

  private void write(Map<String, String> application, String feed) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("onefile.base-url=https://onefile.example/api/v2.1");
    application.forEach((key, value) -> lines.add(key + "=" + value));
    Path file = folder.resolve("application.properties");
    Files.write(file, lines);
    rights(file, "rw-------");
    Files.writeString(folder.resolve("known_hosts"), "");
    Path feeds = Files.createDirectories(folder.resolve("feeds"));
    Path hr = feeds.resolve("hr.properties");
    Files.writeString(
        hr,
        "source=sftp\nsftp.host=sftp.example\nsftp.user=mis\nsftp.known-hosts=known_hosts\n"
            + "sftp.directory=/out\nresults.directory=results\n"
            + feed);
    rights(hr, "rw-------");
  }

  private static void rights(Path file, String rights) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
  }
}
