package uk.onefileroutes.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.onefileroutes.config.Folders;
import uk.onefileroutes.management.Refused;
import uk.onefileroutes.testing.FreePort;
import uk.onefileroutes.testing.TestBundle;
import uk.onefileroutes.testing.TestKey;

/** Both ports with a key of their own, as browsers, the commands and strangers find them. */
class EncryptedPortsTest {
  private static final String PASSWORD = "invented-password-of-a-test";
  private static final Duration DEADLINE = Duration.ofMinutes(3);

  @TempDir static Path folder;
  private static TestKey key;
  private static TestKey another;
  private static Path store;
  private static int management;
  private static int console;
  private static TestBundle bundle;

  @BeforeAll
  static void start() throws Exception {
    key = TestKey.make(folder, "dns:localhost,ip:127.0.0.1");
    another = TestKey.make(folder, "dns:localhost");
    store = Files.copy(key.file(), folder.resolve("ports.p12"));
    management = FreePort.find();
    console = FreePort.find();
    bundle =
        TestBundle.start(
            TestBundle.Setup.plain()
                .withKey("management.port", Integer.toString(management))
                .withKey("console.port", Integer.toString(console))
                .withKey("management.password", PASSWORD)
                .withKey("management.key-store", store.toString())
                .withKey("management.key-store-password", TestKey.PASSWORD));
  }

  @AfterAll
  static void stop() throws Exception {
    if (bundle != null) {
      bundle.close();
    }
  }

  @Test
  void bothPortsAnswerByTlsWithTheLoginAndTheConsolesCookieNeverLeavesItsEncryption()
      throws Exception {
    assertThat(get("https", management, "/observe/health/live").statusCode()).isEqualTo(200);

    HttpResponse<String> login = logIn();
    assertThat(login.statusCode()).isEqualTo(200);
    assertThat(login.headers().allValues("Set-Cookie"))
        .anySatisfy(
            cookie ->
                assertThat(cookie)
                    .startsWith("onefile-assignment-routes=")
                    .containsIgnoringCase("Secure")
                    .containsIgnoringCase("HttpOnly"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"management", "console"})
  void aPortSpeaksNothingElseThanTls12AndNewer(String which) throws Exception {
    int port = which.equals("console") ? console : management;
    assertThatThrownBy(() -> get("http", port, "/observe/health"))
        .as("without TLS")
        .isInstanceOf(IOException.class);
    assertThat(answerToTls11(port)).as("an alert, not a greeting").isNotEqualTo(22);
  }

  @Test
  void theCommandsAskByTlsAndBelieveTheKeyStoresCertificateOnly() throws Exception {
    Path config = bundle.data().resolveSibling("config");
    Folders folders = Folders.of(config, Path.of("routes"), bundle.data());
    assertThat(RunningInstance.find(folders).orElseThrow().status()).isNotNull();

    Files.copy(another.file(), store, StandardCopyOption.REPLACE_EXISTING);
    try {
      assertThatThrownBy(() -> RunningInstance.find(folders))
          .isInstanceOf(Refused.class)
          .hasMessageContaining("not the one in the key store");
    } finally {
      Files.copy(key.file(), store, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static HttpResponse<String> get(String scheme, int port, String path) throws Exception {
    return client()
        .send(
            HttpRequest.newBuilder(URI.create(scheme + "://127.0.0.1:" + port + path))
                .timeout(DEADLINE)
                .header("Authorization", basic())
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> logIn() throws Exception {
    String body = "{\"username\":\"admin\",\"password\":\"%s\"}".formatted(PASSWORD);
    return client()
        .send(
            HttpRequest.newBuilder(
                    URI.create("https://127.0.0.1:" + console + "/hawtio/auth/login"))
                .timeout(DEADLINE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static HttpClient client() throws Exception {
    return HttpClient.newBuilder().sslContext(key.context()).connectTimeout(DEADLINE).build();
  }

  private static String basic() {
    byte[] both = ("admin:" + PASSWORD).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(both);
  }

  /** The first byte that comes back for a greeting in TLS 1.1: 22 would be a greeting. */
  private static int answerToTls11(int port) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout((int) DEADLINE.toMillis());
      ByteBuffer hello = ByteBuffer.allocate(54);
      hello.put(new byte[] {22, 3, 1, 0, 49, 1, 0, 0, 45, 3, 2});
      hello.put(new byte[32]); // random
      hello.put(new byte[] {0, 0, 6, (byte) 0xc0, 0x09, (byte) 0xc0, 0x0a, 0, 0x2f, 1, 0});
      OutputStream out = socket.getOutputStream();
      out.write(hello.array());
      out.flush();
      InputStream in = socket.getInputStream();
      return in.read();
    }
  }
}
