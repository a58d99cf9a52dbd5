package uk.onefileroutes.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import uk.onefileroutes.ledger.Ledger;
import uk.onefileroutes.ledger.LedgerException;
import uk.onefileroutes.ledger.LedgerLogin;
import uk.onefileroutes.testing.FreePort;
import uk.onefileroutes.testing.PortsFixture;
import uk.onefileroutes.testing.PostgresServer;
import uk.onefileroutes.testing.TestBundle;

/** The whole bundle on a ledger in PostgreSQL, and the commands beside it and without it. */
class LedgerInPostgresTest {
  private static final int ROWS = 1200; // more than two chunks

  @AfterEach
  void forgetLogging() {
    Said.forgetLogging();
  }

  @Test
  void aFileIsDeliveredKnownAfterARestartAndUndone() throws Exception {
    LedgerLogin place = PostgresServer.emptyLedger();
    try (TestBundle bundle =
        TestBundle.start(
            on(place)
                .withKey("management.port", Integer.toString(FreePort.find()))
                .withKey("management.password", PortsFixture.PASSWORD))) {
      bundle.drop("first.csv", file(7));
      assertThat(sent(bundle, "first.csv")).isEqualTo(2);
      assertThat(say(bundle, "status").out()).as("beside the instance").contains("first.csv");
      assertThatThrownBy(() -> Ledger.open(place, "onefile"))
          .as("a second instance")
          .isInstanceOf(LedgerException.class)
          .hasMessageContaining("in use by another instance");

      bundle.stopInstance();
      assertThat(say(bundle, "status").out()).as("without an instance").contains("first.csv");

      bundle.startInstance();
      bundle.drop("second.csv", file(7));
      assertThat(sent(bundle, "second.csv")).as("its slots hold that").isZero();
      bundle.drop("third.csv", file(8));
      assertThat(sent(bundle, "third.csv")).isEqualTo(2);
      assertThat(sent(bundle, bundle.undo("third.csv"))).isEqualTo(2);
      assertThat(bundle.assignments()).isEqualTo(6);
    }
  }

  @Test
  void whatAServerThatStopsInterruptsGoesOnWhenItIsBack() throws Exception {
    try (PostgresServer server = PostgresServer.start()) {
      server.execute("CREATE DATABASE ledger");
      LedgerLogin place = server.ledger("ledger");
      try (PortsFixture ports = PortsFixture.start(on(place))) {
        TestBundle bundle = ports.bundle;
        bundle.drop("export.csv", TestBundle.additional(ROWS));
        TestBundle.await("some are sent").until(() -> bundle.assignments() > 50);

        server.stop();
        TestBundle.await("not ready, with the reason")
            .until(() -> ready(ports).body().contains("its server"));
        assertThat(ready(ports).statusCode()).isEqualTo(503);
        long meanwhile = bundle.assignments();
        assertThat(meanwhile).as("it was in the middle").isLessThan(ROWS);

        server.startAgain();
        bundle.awaitAllSentOnce("export.csv", ROWS);
        TestBundle.await("ready again").until(() -> ready(ports).statusCode() == 200);
      }
    }
  }

  @Test
  void whatAServerThatCanOnlyBeReadInterruptsGoesOnWhenItCanBeWritten() throws Exception {
    try (PostgresServer server = PostgresServer.start()) {
      server.execute("CREATE DATABASE ledger");
      try (PortsFixture ports = PortsFixture.start(on(server.ledger("ledger")))) {
        TestBundle bundle = ports.bundle;
        bundle.drop("export.csv", TestBundle.additional(ROWS));
        TestBundle.await("some are sent").until(() -> bundle.assignments() > 50);

        setReadOnly(server, "on");
        TestBundle.await("not ready, with the reason")
            .until(() -> ready(ports).body().contains("it can only be read now"));
        assertThat(ready(ports).statusCode()).isEqualTo(503);
        long meanwhile = bundle.assignments();
        assertThat(meanwhile).as("it was in the middle").isLessThan(ROWS);

        setReadOnly(server, "off");
        bundle.awaitAllSentOnce("export.csv", ROWS);
        TestBundle.await("ready again").until(() -> ready(ports).statusCode() == 200);
      }
    }
  }

  /** For each transaction that begins from now on, also of connections that are there. */
  private static void setReadOnly(PostgresServer server, String value) {
    server.execute("ALTER SYSTEM SET default_transaction_read_only = " + value);
    server.execute("SELECT pg_reload_conf()");
  }

  private static HttpResponse<String> ready(PortsFixture ports) throws Exception {
    return ports.get(ports.management + "/observe/health/ready", PortsFixture.login());
  }

  private static TestBundle.Setup on(LedgerLogin place) {
    return TestBundle.Setup.plain()
        .withKey("ledger.url", place.url())
        .withKey("ledger.user", place.user());
  }

  private static String file(int assignee) {
    return IntStream.of(1, 2)
        .mapToObj(learner -> learner + ",assessor,default," + assignee + "\n")
        .collect(Collectors.joining("", "learner_id,role,kind,assignee_id\n", ""));
  }

  private static long sent(TestBundle bundle, String name) throws Exception {
    List<String> lines = Files.readAllLines(bundle.awaitResults(name));
    return lines.stream().filter(line -> line.contains(",sent,")).count();
  }

  private static Said say(TestBundle bundle, String line) {
    return Said.by(bundle.arguments(line));
  }
}
