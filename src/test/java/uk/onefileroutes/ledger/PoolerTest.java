package uk.onefileroutes.ledger;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.onefileroutes.testing.FreePort;
import uk.onefileroutes.testing.PostgresServer;

/** A real PgBouncer in front of the ledger; skipped where there is none on the PATH. */
class PoolerTest {
  private static final Duration LONG = Duration.ofMinutes(2);

  @TempDir Path folder;
  private Process pooler;

  @AfterEach
  void stop() throws InterruptedException {
    if (pooler != null) {
      pooler.destroy();
      pooler.waitFor(60, TimeUnit.SECONDS);
    }
  }

  @Test
  void onePoolingSessionsIsWorkedThrough() throws Exception {
    LedgerLogin place = pooled("session", 0);
    try (Ledger ledger = Ledger.open(place, "onefile")) {
      new WriteProbe(ledger).write();
      assertThatThrownBy(() -> Ledger.open(place, "onefile"))
          .hasMessage("it is already in use by another instance");
    }
    Ledger.open(place, "onefile").close();
  }

  /** Also where others have left sessions behind, which it gives out in turn or the last first. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void onePoolingTransactionsIsRefused(int roundRobin) throws Exception {
    LedgerLogin place = pooled("transaction", roundRobin);
    assertIsRefused(place);
    List<Connection> others = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Connection other = connect(place);
      other.setAutoCommit(false);
      Sql.query(other, "SELECT 1").isAny();
      others.add(other);
    }
    for (Connection other : others) {
      other.close();
    }
    for (int i = 0; i < 5; i++) {
      assertIsRefused(place);
    }
  }

  private static void assertIsRefused(LedgerLogin place) {
    assertThatThrownBy(() -> Ledger.open(place, "onefile"))
        .isInstanceOf(LedgerException.class)
        .hasMessageContainingAll("a pooler", "shares sessions", "set pool_mode=session");
  }

  private LedgerLogin pooled(String mode, int roundRobin) throws IOException {
    LedgerLogin direct = PostgresServer.emptyLedger();
    String program = onPath();
    assumeThat(program).as("no pgbouncer on the PATH").isNotEmpty();
    int port = FreePort.find();
    String server = direct.url().substring(direct.url().indexOf("127.0.0.1"));
    String database = server.substring(server.indexOf('/') + 1);
    Path users = Files.writeString(folder.resolve("users.txt"), "\"postgres\" \"\"\n");
    Path settings =
        Files.writeString(
            folder.resolve("pgbouncer.ini"),
            """
            [databases]
            %s = host=127.0.0.1 port=%s
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = %d
            unix_socket_dir =
            auth_type = any
            auth_file = %s
            pool_mode = %s
            server_round_robin = %d
            ignore_startup_parameters = extra_float_digits
            """
                .formatted(
                    database + " ",
                    server.substring(server.indexOf(':') + 1, server.indexOf('/'))
                        + " user=postgres",
                    port,
                    users,
                    mode,
                    roundRobin));
    // it refuses root, and what another user may read is all that is here
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    List<String> command = new ArrayList<>(List.of(program, settings.toString()));
    if (System.getProperty("user.name").equals("root")) {
      command.add(1, "--user=nobody");
    }
    pooler =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("pgbouncer.log").toFile())
            .start();
    LedgerLogin place =
        new LedgerLogin(
            "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database), direct.user(), "");
    await()
        .atMost(LONG)
        .ignoreExceptionsInstanceOf(SQLException.class)
        .until(
            () -> {
              try (Connection connection = connect(place)) {
                return connection.isValid(5);
              }
            });
    return place;
  }

  private static Connection connect(LedgerLogin place) throws SQLException {
    return DriverManager.getConnection(place.url(), place.user(), place.password());
  }

  private static String onPath() {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .map(each -> Path.of(each, "pgbouncer"))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst()
        .orElse("");
  }
}
