package uk.onefileroutes.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static uk.onefileroutes.ledger.LedgerFixture.DEFAULT_ASSESSOR;
import static uk.onefileroutes.ledger.LedgerFixture.ask;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.h2.api.DatabaseEventListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.onefileroutes.assignment.FileState;

/**
 * A ledger outlives the connections that made it: a pool retires each after half an hour. With H2
 * 2.4.240 the constraints of a table died with the connection that had made them.
 */
public class RetiredConnectionsTest { // public: the ledger calls it
  private static final int CLOSED = 90098;

  @TempDir Path folder;
  private LedgerFixture it;
  private Connection other;

  /** Another connection keeps the database open, as those that follow in a pool do. */
  @BeforeEach
  void retireThoseThatMadeTheLedger() throws SQLException {
    it = new LedgerFixture(folder);
    LedgerLogin place = LedgerLogin.embedded(folder);
    other = DriverManager.getConnection(place.url(), place.user(), place.password());
    Set<Long> first = pooled();
    assertThat(first).isNotEmpty();
    assertThatThrownBy(() -> it.ledger.inTransaction(this::fail))
        .isInstanceOf(LedgerException.class);
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(pooled()).doesNotContainAnyElementsOf(first));
  }

  @AfterEach
  void close() throws SQLException {
    it.checkTallies();
    other.close();
    it.close();
  }

  /** An insert and an update of each table that has a check of its values. */
  @Test
  void aFileIsAcceptedPlannedSettledAndReported() throws SQLException {
    assertThat(checkedTables()).containsExactly("FILE", "FILE_ROW");

    long file = it.released(ask(1, 1, DEFAULT_ASSESSOR, 7), ask(2, 2, DEFAULT_ASSESSOR, 7));
    it.sendAll();
    it.report(file);
    assertThat(it.states(file)).containsExactly("1 sent SENT", "2 sent SENT");
    assertThat(it.state(file)).isEqualTo(FileState.DONE);
  }

  @Test
  void aFileIsRefusedAndAnotherOneCancelled() throws ActionRefused {
    long refused = it.file();
    it.files.refuse(refused, "NOT_READABLE", "As the test says.", LedgerFixture.NOON);
    assertThat(it.state(refused)).isEqualTo(FileState.REFUSED);

    long cancelled = it.held(ask(1, 1, DEFAULT_ASSESSOR, 7));
    it.actions.cancel(cancelled, LedgerFixture.NOON);
    assertThat(it.states(cancelled)).containsExactly("1 cancelled CANCELLED");
  }

  @Test
  void whatIsNoStateIsStillRefused() {
    long file = it.file();
    assertThatThrownBy(
            () ->
                it.ledger.inTransaction(
                    connection ->
                        Sql.update(
                            connection, "UPDATE file SET state = 'lost' WHERE no = ?", file)))
        .isInstanceOf(LedgerException.class)
        .hasMessageStartingWith("a value breaks a rule of its tables (");
  }

  @Test
  void theDatabaseIsClosedBetweenItsMigrationAndItsUse() {
    LedgerLogin plain = LedgerLogin.embedded(folder.resolve("watched"));
    LedgerLogin watched =
        new LedgerLogin(
            plain.url() + ";DATABASE_EVENT_LISTENER='" + Events.class.getName() + "'",
            plain.user(),
            plain.password());
    Events.SEEN.clear();
    try (Ledger ledger = Ledger.open(watched, "onefile")) {
      assertThat(Events.SEEN).containsExactly("opened", "closing", "opened");
      assertThat(ledger.<List<String>>read(RetiredConnectionsTest::settings))
          .as("what was set for the migration alone is not in force, what was set for good is")
          .containsExactly("LOCK_TIMEOUT=30000", "MAX_COMPACT_TIME=200", "WRITE_DELAY=0");
    }
    assertThat(Events.SEEN).containsExactly("opened", "closing", "opened", "closing");

    Events.SEEN.clear();
    try (Ledger ledger = Ledger.open(watched, "onefile")) {
      assertThat(ledger.account()).isEqualTo("onefile");
    }
    assertThat(Events.SEEN).as("there was nothing to migrate").containsExactly("opened", "closing");
  }

  private static List<String> settings(Connection connection) throws SQLException {
    return Sql.query(
            connection,
            "SELECT DISTINCT setting_name || '=' || setting_value"
                + " FROM information_schema.settings"
                + " WHERE setting_name IN ('MAX_COMPACT_TIME', 'WRITE_DELAY')"
                + " UNION SELECT 'LOCK_TIMEOUT=' || LOCK_TIMEOUT() ORDER BY 1")
        .list(row -> row.getString(1));
  }

  /** Called by the ledger. */
  public static final class Events implements DatabaseEventListener {
    private static final List<String> SEEN = new CopyOnWriteArrayList<>();

    @Override
    public void opened() {
      SEEN.add("opened");
    }

    @Override
    public void closingDatabase() {
      SEEN.add("closing");
    }
  }

  /** As a database that closed: all pooled connections are thrown away. */
  private Integer fail(Connection connection) throws SQLException {
    throw new SQLException("As the test says.", "HY000", CLOSED);
  }

  /** The sessions of the pool. */
  private Set<Long> pooled() throws SQLException {
    return new TreeSet<>(
        Sql.query(
                other,
                "SELECT session_id FROM information_schema.sessions"
                    + " WHERE session_id <> SESSION_ID()")
            .list(row -> row.getLong(1)));
  }

  private List<String> checkedTables() throws SQLException {
    return Sql.query(
            other,
            "SELECT DISTINCT table_name FROM information_schema.table_constraints"
                + " WHERE constraint_type = 'CHECK' ORDER BY table_name")
        .list(row -> row.getString(1));
  }
}
