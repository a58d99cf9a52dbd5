package uk.onefileroutes.sftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import uk.onefileroutes.feed.Place;
import uk.onefileroutes.feed.SftpServer;
import uk.onefileroutes.testing.TestSftpServer;

/** What is said of a server that is reached, trusted, logged in to, or not. */
class SftpCheckTest {
  @TempDir Path folder;
  private Path knownHosts;
  private TestSftpServer server;

  @BeforeEach
  void start() throws Exception {
    server = TestSftpServer.start();
    server.folder("outgoing");
    knownHosts = folder.resolve("known_hosts");
    Files.writeString(knownHosts, server.knownHostsLine() + "\n");
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void aFolderThatCanBeListedIsOk() {
    assertThat(check("/outgoing").ok()).isTrue();
    assertThat(check("outgoing").sentence())
        .startsWith("sftp://mis@127.0.0.1:" + server.port() + "/~/outgoing: ");
  }

  @Test
  void anUnknownHostKeyIsRefusedAndTheLineToAddIsSaid() throws Exception {
    Files.writeString(knownHosts, "");

    SftpCheck.Result result = check("/outgoing");
    assertThat(result.ok()).isFalse();
    assertThat(result.sentence())
        .contains("[127.0.0.1]:" + server.port() + " offers the ecdsa-sha2-nistp256 host key")
        .contains(server.fingerprint())
        .contains("not in " + knownHosts)
        .endsWith("add the line: " + server.knownHostsLine());
    assertThat(server.refusedLogins() + server.logins()).as("nothing was sent").isZero();
    Files.writeString(knownHosts, result.sentence().replaceAll("(?s).*add the line: ", ""));
    assertThat(check("/outgoing").ok()).as("with that line").isTrue();
  }

  @Test
  void aChangedHostKeyIsRefusedAndTwoMayStandThereForARotation() throws Exception {
    String before = server.knownHostsLine();
    server.stop();
    server.newHostKey();
    server.startAgain();

    SftpCheck.Result result = check("/outgoing");
    assertThat(result.ok()).isFalse();
    assertThat(result.sentence())
        .contains(server.fingerprint())
        .contains(knownHosts + " holds another")
        .contains("somebody stands between")
        .endsWith(server.knownHostsLine());

    Files.writeString(knownHosts, before + "\n" + server.knownHostsLine() + "\n");
    assertThat(check("/outgoing").ok()).as("old and new").isTrue();
    Files.writeString(knownHosts, server.knownHostsLine() + "\n" + before + "\n");
    assertThat(check("/outgoing").ok()).as("new and old").isTrue();
  }

  @Test
  void aWrongPasswordIsOfferedOnce() {
    SftpCheck.Result result = check(login("wrong", null, null), "/outgoing");

    assertThat(result.ok()).isFalse();
    assertThat(result.sentence())
        .contains("refuses the login of mis; correct sftp.user and sftp.password")
        .doesNotContain("wrong");
    assertThat(server.refusedLogins()).isEqualTo(1);
  }

  @Test
  void aKeyThatIsNotLetInAndAPassphraseThatDoesNotOpenAreToldApart() throws Exception {
    Path key = folder.resolve("id");
    server.letIn(key, "open-sesame");
    assertThat(check(login(null, key, "open-sesame"), "/outgoing").ok()).isTrue();
    assertThat(check(login(null, key, "wrong"), "/outgoing").sentence())
        .contains("sftp.key-passphrase does not open the key " + key);
    assertThat(check(login(null, key, null), "/outgoing").sentence())
        .contains("is encrypted; set sftp.key-passphrase");
    assertThat(
            check(new SftpServer.Login("other", null, key, "open-sesame"), "/outgoing").sentence())
        .contains("refuses the login of other")
        .contains("public key");
  }

  @Test
  void whatIsNotThereOrNotAllowedIsSaid() throws Exception {
    assertThat(check("/nowhere").sentence())
        .contains("can't list /nowhere: no such file or folder");
    server.deny("outgoing", true);
    assertThat(check("/outgoing").sentence()).contains("permission denied");
    server.stop();
    assertThat(check("/outgoing").sentence())
        .contains("nothing answers at 127.0.0.1 port " + server.port());
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // else it would wait too
  void aServerThatHangsIsGivenUp() {
    server.hang(TestSftpServer.At.LISTING);
    assertThat(check("/outgoing").sentence()).contains("no answer came in time");
  }

  private SftpCheck.Result check(String directory) {
    return check(login(TestSftpServer.PASSWORD, null, null), directory);
  }

  private static SftpServer.Login login(
      @Nullable String password, @Nullable Path key, @Nullable String passphrase) {
    return new SftpServer.Login(TestSftpServer.USER, password, key, passphrase);
  }

  private SftpCheck.Result check(SftpServer.Login login, String directory) {
    SftpServer place =
        new SftpServer(
            "127.0.0.1",
            server.port(),
            login,
            knownHosts,
            Duration.ofSeconds(20),
            Duration.ofSeconds(3));
    return SftpCheck.of(new Place.Remote(place, directory));
  }
}
