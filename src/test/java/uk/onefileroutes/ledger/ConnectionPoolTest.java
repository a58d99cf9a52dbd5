package uk.onefileroutes.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which failures throw the connections away. */
public class ConnectionPoolTest { // public: the ledger calls it
  private static final int GENERAL = 50000;
  private static final int CLOSED = 90098;

  @TempDir Path folder;
  private LedgerFixture fixture;

  @BeforeEach
  void open() {
    fixture = new LedgerFixture(folder);
    int unused =
        fixture.ledger.inTransaction(
            connection ->
                Sql.update(
                    connection,
                    "CREATE ALIAS fail FOR '%s.fail'"
                        .formatted(ConnectionPoolTest.class.getName())));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aWriteThatIsRefusedThrowsNoConnectionAway() {
    mark();
    assertThatThrownBy(() -> failNow(GENERAL)).isInstanceOf(LedgerException.class);
    assertThatThrownBy(
            () ->
                fixture.ledger.inTransaction(
                    connection -> Sql.update(connection, "INSERT INTO account VALUES ('onefile')")))
        .isInstanceOf(LedgerException.class);
    assertThat(isMarked()).isTrue();
  }

  @Test
  void anInterruptInTheMiddleOfAWriteThrowsNoConnectionAway() {
    mark();
    for (int i = 0; i < 20; i++) {
      String name = "account-" + i;
      int added =
          fixture.ledger.inTransaction(
              connection -> {
                Thread.currentThread().interrupt();
                return Sql.update(connection, "INSERT INTO account VALUES (?)", name);
              });
      assertThat(added).isEqualTo(1);
      assertThat(Thread.interrupted()).as("it is kept for the caller").isTrue();
    }
    assertThat(isMarked()).isTrue();
  }

  @Test
  void aLedgerThatClosedIsOpenedAnewOnce() {
    mark();
    assertThatThrownBy(() -> failNow(CLOSED)).isInstanceOf(LedgerException.class);
    assertThat(isMarked()).isFalse();

    assertThatThrownBy(
            () ->
                fixture.ledger.inTransaction(
                    late -> {
                      assertThatThrownBy(() -> failNow(CLOSED)).isInstanceOf(LedgerException.class);
                      mark();
                      return fail(late, CLOSED);
                    }))
        .isInstanceOf(LedgerException.class);
    assertThat(isMarked()).as("who comes late throws nothing away").isTrue();
  }

  /** Called by the ledger. */
  public static int fail(int code) throws SQLException {
    throw new SQLException("As the test says.", "HY000", code);
  }

  private int failNow(int code) {
    return fixture.ledger.inTransaction(connection -> fail(connection, code));
  }

  private static int fail(Connection connection, int code) throws SQLException {
    return Sql.query(connection, "SELECT fail(?)", code).one(r -> r.getInt(1)).orElse(0);
  }

  /** Marks the connection that this thread is given, now and later. */
  private void mark() {
    int unused =
        fixture.ledger.inTransaction(connection -> Sql.update(connection, "SET @mark = 1"));
  }

  private boolean isMarked() {
    return fixture.ledger.read(
        connection ->
            Sql.query(connection, "SELECT COALESCE(@mark, 0)").one(r -> r.getInt(1)).orElse(0)
                == 1);
  }
}
