package uk.onefileroutes.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import uk.onefileroutes.ledger.Ledger;
import uk.onefileroutes.ledger.LedgerLogin;

/**
 * A real PostgreSQL on a free port of 127.0.0.1, in a folder of its own. It runs without fsync,
 * which is quicker: durable as far as a stop and a start go. As root it runs in a user namespace of
 * its own, for PostgreSQL refuses root.
 */
public final class PostgresServer implements AutoCloseable {
  private static final String USER = "postgres";
  private static final String EMPTY = "empty";
  private static final String GUEST = "guest";

  /** Of {@link #withPassword}. */
  public static final String PASSWORD = "invented-password-of-a-test";

  private static final boolean MAY_RUN = mayRun();

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final Path folder;
  private final int port;
  private final boolean isShared;
  private final Map<String, String> settings;
  private EmbeddedPostgres server;

  /** Stopped when the JVM ends. */
  private static final class Shared {
    private static final PostgresServer SERVER = started();

    private static PostgresServer started() {
      PostgresServer server = PostgresServer.start(true, Map.of());
      server.makeTemplate();
      return server;
    }
  }

  /**
   * @param isShared whether its data go with it, and nobody stops it before
   * @param settings beside those that all have
   */
  private PostgresServer(Path folder, int port, boolean isShared, Map<String, String> settings)
      throws IOException {
    this.folder = folder;
    this.port = port;
    this.isShared = isShared;
    this.settings = settings;
    this.server = run();
  }

  /** A ledger in the server of this JVM, in which no file was accepted. */
  public static LedgerLogin emptyLedger() {
    assumeItRuns();
    String name = "ledger_" + NUMBER.incrementAndGet();
    Shared.SERVER.execute("CREATE DATABASE " + name + " TEMPLATE " + EMPTY);
    return Shared.SERVER.ledger(name);
  }

  /** The user of that server who must say a password, and has no rights. */
  public static LedgerLogin withPassword(LedgerLogin ledger, String password) {
    return new LedgerLogin(ledger.url(), GUEST, password);
  }

  /** A server that a test may stop. */
  public static PostgresServer start() {
    return start(Map.of());
  }

  /** The same with settings of {@code postgresql.conf}. */
  public static PostgresServer start(Map<String, String> settings) {
    assumeItRuns();
    return start(false, settings);
  }

  private static PostgresServer start(boolean isShared, Map<String, String> settings) {
    try {
      Path folder = Files.createTempDirectory("postgres-");
      return new PostgresServer(folder, FreePort.find(), isShared, settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assumeItRuns() {
    Assumptions.assumeTrue(
        System.getProperty("os.name").equals("Linux"), "the binaries are those of Linux");
    Assumptions.assumeTrue(
        MAY_RUN, "PostgreSQL refuses root, and this machine has no user namespaces for it");
  }

  private static boolean mayRun() {
    if (!System.getProperty("user.name").equals("root")) {
      return true;
    }
    try {
      return new ProcessBuilder("unshare", "-U", "true").start().waitFor() == 0;
    } catch (IOException e) {
      return false; // there is no such program
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private EmbeddedPostgres run() throws IOException {
    Path logins = Files.createTempFile("postgres-", ".hba");
    logins.toFile().deleteOnExit();
    Files.writeString(
        logins,
        """
        host all guest 127.0.0.1/32 scram-sha-256
        host all all 127.0.0.1/32 trust
        """);
    EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
    settings.forEach(builder::setServerConfig);
    return builder
        .setDataDirectory(folder)
        .setCleanDataDirectory(isShared)
        .setPort(port)
        .setServerConfig("listen_addresses", "127.0.0.1")
        .setServerConfig("hba_file", logins.toString())
        .setServerConfig("synchronous_commit", "on") // as a ledger must have it
        .setServerConfig("shared_buffers", "32MB")
        .setPGStartupWait(Duration.ofSeconds(90))
        .start();
  }

  /** To copy a database is quicker than to migrate it. */
  private void makeTemplate() {
    execute("CREATE DATABASE " + EMPTY);
    execute("CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(GUEST, PASSWORD));
    Ledger.open(ledger(EMPTY), "onefile").close();
  }

  /** Where a ledger is in a database of this server. */
  public LedgerLogin ledger(String database) {
    return new LedgerLogin("jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database), USER, "");
  }

  /** By its superuser, beside all ledgers. */
  public void execute(String sql) {
    LedgerLogin place = ledger("postgres");
    try (Connection connection =
            DriverManager.getConnection(place.url(), place.user(), place.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** All connections are cut. */
  public void stop() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Again, on the same port and with what was committed. */
  public void startAgain() {
    try {
      server = run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    stop();
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
