package uk.onefileroutes.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.onefileroutes.config.Configuration;
import uk.onefileroutes.config.ConfigurationFault;
import uk.onefileroutes.config.Folders;
import uk.onefileroutes.management.Check.Finding;
import uk.onefileroutes.management.Check.Outcome;
import uk.onefileroutes.pace.PaceTime;
import uk.onefileroutes.testing.TestKey;

/** Whom the bundle believes to be Onefile, and in which versions of TLS it speaks. */
class OnefileTlsTest {
  @TempDir static Path stores;
  private static TestKey right;
  private static TestKey ofAnother;

  @TempDir Path folder;
  private final AtomicInteger calls = new AtomicInteger();

  @BeforeAll
  static void makeKeys() throws Exception {
    right = TestKey.make(stores, "dns:localhost,ip:127.0.0.1");
    ofAnother = TestKey.make(stores, "dns:onefile.example");
    Files.writeString(stores.resolve("both.pem"), right.pem() + ofAnother.pem());
  }

  @AfterAll
  static void forgetKeys() {
    right = null;
    ofAnother = null;
  }

  @Test
  void aCertificateOfAnUnknownAuthorityIsRefusedWithTheRemedyAndAcceptedOnceItIsTrusted()
      throws Exception {
    HttpsServer server = serve(right);
    try {
      Finding refused = login(server.getAddress().getPort(), "");
      assertThat(refused.outcome()).isEqualTo(Outcome.NOT_OK);
      assertThat(refused.sentence())
          .contains("TLS failed, nothing was sent", "authority", "onefile.trust-store")
          .doesNotContain("PKIX");
      assertThat(calls).hasValue(0);

      String trusting = "onefile.trust-store=" + stores.resolve("both.pem");
      assertThat(login(server.getAddress().getPort(), trusting).outcome()).isEqualTo(Outcome.OK);
      assertThat(calls).hasValue(1);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aTrustedCertificateOfAnotherHostIsRefused() throws Exception {
    HttpsServer server = serve(ofAnother);
    try {
      Finding refused =
          login(server.getAddress().getPort(), "onefile.trust-store=" + stores.resolve("both.pem"));

      assertThat(refused.outcome()).isEqualTo(Outcome.NOT_OK);
      assertThat(refused.sentence()).contains("127.0.0.1", "match");
      assertThat(calls).hasValue(0);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aServerThatKnowsOnlyTls11IsRefusedAndWasOffered13And12Only() throws Exception {
    try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      CompletableFuture<List<Integer>> offered =
          CompletableFuture.supplyAsync(() -> answerWithTls11(listening));

      Finding refused = login(listening.getLocalPort(), "");

      assertThat(refused.outcome()).isEqualTo(Outcome.NOT_OK);
      assertThat(refused.sentence()).contains("TLS11", "not accepted");
      assertThat(offered.get(60, TimeUnit.SECONDS)).containsExactly(0x0304, 0x0303);
    }
  }

  @Test
  void aTrustStoreThatHoldsNothingOrHasAnotherPasswordIsAFaultOfTheConfiguration()
      throws Exception {
    Path empty = Files.writeString(folder.resolve("empty.pem"), "nothing");

    assertThatThrownBy(() -> read(9, "onefile.trust-store=" + empty))
        .isInstanceOf(ConfigurationFault.class)
        .hasMessageContaining("onefile.trust-store=" + empty);
    assertThatThrownBy(
            () ->
                read(
                    9,
                    "onefile.trust-store=%s%nonefile.trust-store-password=wrong-and-secret"
                        .formatted(right.file())))
        .isInstanceOf(ConfigurationFault.class)
        .hasMessageContaining("password is wrong")
        .hasMessageNotContaining("wrong-and-secret");
  }

  private HttpsServer serve(TestKey key) throws Exception {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
    server.setHttpsConfigurator(new HttpsConfigurator(key.context()));
    server.createContext(
        "/",
        call -> {
          calls.incrementAndGet();
          byte[] token = "a-session".getBytes(StandardCharsets.UTF_8);
          call.sendResponseHeaders(200, token.length);
          call.getResponseBody().write(token);
          call.close();
        });
    server.start();
    return server;
  }

  private Finding login(int port, String more) throws Exception {
    return StoppedInstance.check(read(port, more), PaceTime.system()).stream()
        .filter(finding -> finding.what().equals("Onefile's login"))
        .findFirst()
        .orElseThrow();
  }

  private Configuration read(int port, String more) throws IOException, ConfigurationFault {
    Path feeds = Files.createDirectories(folder.resolve("config/feeds"));
    Files.writeString(
        feeds.resolve("inbox.properties"), "directory=inbox\nresults.directory=results\n");
    Files.writeString(
        folder.resolve("config/application.properties"),
        """
        onefile.base-url=https://127.0.0.1:%d/api/v2.1
        onefile.customer-token=invented
        delivery.closed.daily-release=never
        delivery.calls-per-minute=unlimited
        management.port=off
        console.port=off
        %s
        """
            .formatted(port, more));
    return Configuration.read(
        Folders.of(folder.resolve("config"), Path.of("routes"), folder.resolve("data")));
  }

  /** Takes one greeting, answers it in TLS 1.1; the versions that the greeting offered. */
  private static List<Integer> answerWithTls11(ServerSocket listening) {
    try (Socket client = listening.accept()) {
      DataInputStream in = new DataInputStream(client.getInputStream());
      in.skipNBytes(3);
      byte[] greeting = in.readNBytes(in.readUnsignedShort());
      ByteBuffer hello = ByteBuffer.allocate(47);
      hello.put(new byte[] {22, 3, 2, 0, 42, 2, 0, 0, 38, 3, 2});
      hello.put(new byte[32]); // random
      hello.put(new byte[] {0, (byte) 0xc0, 0x13, 0}); // no session, a cipher of that time, offered
      client.getOutputStream().write(hello.array());
      client.getOutputStream().flush();
      int unused = client.getInputStream().read(); // its alert
      return versions(ByteBuffer.wrap(greeting));
    } catch (IOException e) {
      return List.of();
    }
  }

  private static List<Integer> versions(ByteBuffer greeting) {
    greeting.position(4 + 2 + 32);
    greeting.position(greeting.position() + 1 + greeting.get(greeting.position()));
    greeting.position(greeting.position() + 2 + greeting.getShort(greeting.position()));
    greeting.position(greeting.position() + 1 + greeting.get(greeting.position()));
    greeting.getShort(); // the length of the extensions
    List<Integer> versions = new ArrayList<>();
    while (greeting.remaining() > 4) {
      int type = greeting.getShort();
      int end = 2 + greeting.getShort(greeting.position()) + greeting.position();
      greeting.getShort();
      if (type == 43) {
        greeting.get();
        while (greeting.position() < end) {
          versions.add((int) greeting.getShort());
        }
      }
      greeting.position(end);
    }
    return versions;
  }
}
