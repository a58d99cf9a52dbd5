package uk.onefileroutes.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.onefileroutes.testing.FreePort;
import uk.onefileroutes.testing.PostgresServer;

/** What is said of a server that refuses, and that a ledger goes on once it is well again. */
class PostgresTroubleTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  private LedgerLogin place;

  @BeforeEach
  void makeLedger() {
    place = PostgresServer.emptyLedger();
  }

  @Test
  void aServerThatIsNotThereIsSaidSo() {
    assertThatThrownBy(() -> open("jdbc:postgresql://127.0.0.1:" + FreePort.find() + "/x", "x", ""))
        .isInstanceOf(LedgerException.class)
        .hasMessage("its server can't be reached: nothing answers there: Connection refused");
  }

  @Test
  void aDatabaseThatIsNotThereIsSaidSo() {
    assertThatThrownBy(() -> open(place.url() + "_not", place.user(), ""))
        .hasMessage("its server has no database of that name; create it, or correct ledger.url");
  }

  @ParameterizedTest
  @ValueSource(strings = {"wrong", ""})
  void aWrongPasswordIsSaidSo(String password) {
    LedgerLogin wrong = PostgresServer.withPassword(place, password);
    assertThatThrownBy(() -> Ledger.open(wrong, "onefile"))
        .hasMessage("its server refuses the login; correct ledger.user and its password");
  }

  @Test
  void aLoginWithoutRightsIsSaidSo() {
    LedgerLogin guest = PostgresServer.withPassword(place, PostgresServer.PASSWORD);
    assertThatThrownBy(() -> Ledger.open(guest, "onefile"))
        .hasMessage("its login has no right to do that; make it the owner of the database");
  }

  @Test
  void anUnknownUserIsSaidSo() {
    assertThatThrownBy(() -> open(place.url(), "nobody", ""))
        .hasMessage("its server refuses the login; correct ledger.user and its password");
  }

  @Test
  void aServerThatForgetsCommitsIsRefused() {
    set("synchronous_commit", "off");
    assertThatThrownBy(() -> open(place.url(), place.user(), ""))
        .hasMessageContaining("synchronous_commit is off; set it on for this database");
  }

  @Test
  void aServerThatCanOnlyBeReadIsSaidSoAndWrittenToLater() throws SQLException {
    try (Ledger ledger = open(place.url(), place.user(), "")) {
      WriteProbe probe = new WriteProbe(ledger);
      set("default_transaction_read_only", "on");
      cut();
      await()
          .atMost(LONG)
          .untilAsserted(
              () ->
                  assertThatThrownBy(probe::write)
                      .hasMessage(
                          "it can only be read now, as its server is a standby or is being serviced"));
      set("default_transaction_read_only", "off");
      await().atMost(LONG).ignoreExceptions().until(() -> isWritten(probe));
    }
  }

  @Test
  void connectionsThatAreCutAreMadeAgain() throws SQLException {
    try (Ledger ledger = open(place.url(), place.user(), "")) {
      cut();
      await().atMost(LONG).ignoreExceptions().until(() -> isWritten(new WriteProbe(ledger)));
    }
  }

  @Test
  void aSecondInstanceIsRefusedUntilTheFirstEnds() {
    try (Ledger first = open(place.url(), place.user(), "")) {
      assertThatThrownBy(() -> open(place.url(), place.user(), ""))
          .hasMessage("it is already in use by another instance");
      assertThat(isWritten(new WriteProbe(first))).isTrue();
    }
    open(place.url(), place.user(), "").close();
  }

  @Test
  void whoLostItsLedgerToAnotherInstanceWritesNothing() throws SQLException {
    try (Ledger first = open(place.url(), place.user(), "")) {
      cut();
      Connection other = connect();
      Sql.query(other, InstanceLock.TAKE).one(r -> r.getBoolean(1));
      await()
          .atMost(LONG)
          .untilAsserted(
              () ->
                  assertThatThrownBy(() -> new WriteProbe(first).write())
                      .hasMessage("it is already in use by another instance"));
      assertThat(new Overview(first).backlog().open()).as("it may read").isZero();
      other.close();
      await().atMost(LONG).ignoreExceptions().until(() -> isWritten(new WriteProbe(first)));
    }
  }

  private static boolean isWritten(WriteProbe probe) {
    probe.write();
    return true;
  }

  private static Ledger open(String url, String user, String password) {
    return Ledger.open(new LedgerLogin(url, user, password), "onefile");
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(place.url(), place.user(), place.password());
  }

  /** For connections that are made from now on. */
  private void set(String setting, String value) {
    try (Connection connection = connect()) {
      Sql.update(connection, "SET default_transaction_read_only = off");
      String database =
          Sql.query(connection, "SELECT current_database()").one(r -> r.getString(1)).orElseThrow();
      Sql.update(connection, "ALTER DATABASE %s SET %s = %s".formatted(database, setting, value));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** All connections of the ledger. */
  private void cut() throws SQLException {
    try (Connection connection = connect()) {
      Sql.query(
              connection,
              """
              SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid()""")
          .list(r -> r.getBoolean(1));
    }
  }
}
