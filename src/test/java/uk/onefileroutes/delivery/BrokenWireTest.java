package uk.onefileroutes.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static uk.onefileroutes.delivery.DeliveryFixture.PATIENCE;
import static uk.onefileroutes.delivery.DeliveryFixture.defaults;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uk.onefileroutes.assignment.RowState;
import uk.onefileroutes.pace.Pause;
import uk.onefileroutes.simulator.Fault;
import uk.onefileroutes.simulator.Selection;
import uk.onefileroutes.simulator.Simulator;
import uk.onefileroutes.simulator.SimulatorOptions;

/** What the network does to calls, with true resets and closed sockets. */
@Timeout(600)
class BrokenWireTest {
  private final Path folder;

  BrokenWireTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @EnumSource(names = {"RESET_BEFORE", "RESET_AFTER"})
  void aResetIsALostAnswer(Relay.Break reset) throws Exception {
    Simulator simulator = Simulator.start(SimulatorOptions.defaults().withCallsPerMinute(0));
    try (Relay relay = new Relay(simulator.port());
        DeliveryFixture it =
            new DeliveryFixture(
                simulator, relay.baseUrl(), "delivery.uncertain-additional=block")) {
      it.assertAll(it.drop(defaults(1, 1)), "sent,SENT");
      relay.breakNext(reset);
      it.assertAll(it.drop(defaults(2, 2)), "sent,SENT");
      assertThat(relay.hasBroken()).isTrue();
      assertThat(it.assigning(2)).hasSize(reset == Relay.Break.RESET_AFTER ? 2 : 1);
      relay.breakNext(reset);
      // whether it arrived can't be seen from here
      it.assertAll(it.drop("3,observer,additional,50,,\n"), "blocked,OUTCOME_UNKNOWN");
    }
  }

  @Test
  void aConnectionThatWasClosedWhileIdleCostsNoAttempt() throws Exception {
    Simulator simulator = Simulator.start(SimulatorOptions.defaults().withCallsPerMinute(0));
    try (Relay relay = new Relay(simulator.port());
        DeliveryFixture it =
            new DeliveryFixture(
                simulator,
                relay.baseUrl(),
                "delivery.retry.first=800ms",
                "delivery.retry.longest=800ms",
                "delivery.uncertain-additional=block")) {
      simulator.faults().add(Fault.answer(500).on(Selection.users().next(1)));
      long file = it.drop("1,observer,additional,50,,\n");
      await()
          .atMost(PATIENCE)
          .until(() -> it.instance().files().tally(file).containsKey(RowState.WAITING));
      relay.closeConnections();
      // sent on the closed connection it would count as lost, and be blocked
      it.assertAll(file, "sent,SENT");
      assertThat(it.assigning()).hasSize(2);
    }
  }

  @Test
  void aRefusedConnectionIsKnownNotToHaveArrived() throws Exception {
    Simulator simulator = Simulator.start(SimulatorOptions.defaults().withCallsPerMinute(0));
    try (Relay relay = new Relay(simulator.port());
        DeliveryFixture it =
            new DeliveryFixture(
                simulator,
                relay.baseUrl(),
                "delivery.concurrency=1",
                "delivery.uncertain-additional=block",
                "delivery.retry.attempts=50")) {
      it.assertAll(it.drop(defaults(1, 1)), "sent,SENT");
      relay.goAway();
      // the first may meet the connection that was just closed, and is repeated; the second finds
      // none
      long file = it.drop("3,assessor,default,900,,\n2,observer,additional,50,,\n");
      await()
          .atMost(PATIENCE)
          .until(() -> it.instance().files().tally(file).getOrDefault(RowState.WAITING, 0L) == 2);
      relay.comeBack();
      it.assertAll(file, "sent,SENT");
      assertThat(it.assigning(2)).hasSize(1);
    }
  }

  @Test
  void aHostThatIsNotFoundPausesWithThatCause() throws Exception {
    // a label of more than 63 characters is no name: nobody is asked for it
    String url = "https://" + "a".repeat(70) + ".invalid/api/v2.1";
    Simulator simulator = Simulator.start(SimulatorOptions.defaults());
    try (DeliveryFixture it = new DeliveryFixture(simulator, url)) {
      assertPauses(it, it.drop(defaults(1, 1)), "host not found: ");
    }
  }

  @Test
  void aFarSideThatIsNotTrustedGetsNothing() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    HttpsServer untrusted =
        HttpsServer.create(
            new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
    untrusted.setHttpsConfigurator(new HttpsConfigurator(selfSigned()));
    untrusted.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          exchange.close();
        });
    untrusted.start();
    String url = "https://localhost:" + untrusted.getAddress().getPort() + "/api/v2.1";
    Simulator simulator = Simulator.start(SimulatorOptions.defaults());
    try (DeliveryFixture it = new DeliveryFixture(simulator, url)) {
      assertPauses(it, it.drop(defaults(1, 1)), "TLS failed, nothing was sent: ");
      assertThat(requests).hasValue(0);
    } finally {
      untrusted.stop(0);
    }
  }

  /** Without a session no request leaves: the row stays planned, and people see why. */
  private static void assertPauses(DeliveryFixture it, long file, String cause) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(it.instance().pace().now().pauses())
                    .anyMatch(
                        pause ->
                            pause.reason() == Pause.Reason.OUTAGE
                                && pause.message().contains(cause)));
    assertThat(it.instance().files().tally(file)).containsOnlyKeys(RowState.PLANNED);
  }

  private SSLContext selfSigned() throws Exception {
    Path store = folder.resolve("key.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "far-side",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                "example")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.txt").toFile())
            .start();
    assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream stored = Files.newInputStream(store)) {
      keys.load(stored, "example".toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, "example".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }
}
