package uk.onefileroutes.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uk.onefileroutes.ledger.LedgerFixture.DEFAULT_ASSESSOR;
import static uk.onefileroutes.ledger.LedgerFixture.NOON;
import static uk.onefileroutes.ledger.LedgerFixture.ask;
import static uk.onefileroutes.ledger.LedgerFixture.defaultEmployer;
import static uk.onefileroutes.ledger.LedgerFixture.invalid;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.onefileroutes.testing.PostgresServer;

/** A ledger that is moved to PostgreSQL and back. */
class LedgerMoveTest {
  /** More than one batch, and not a whole number of them. */
  private static final int MANY = 2500;

  @TempDir Path folder;

  private static AuditLog.NewEntry entry() {
    return new AuditLog.NewEntry(NOON, "somebody", "command", "move", "ledger", "there");
  }

  private static LedgerMove.Moved move(LedgerLogin from, LedgerLogin to) throws ActionRefused {
    try (LedgerMove move = LedgerMove.open(from, to)) {
      return move.run(entry(), (done, total) -> {});
    }
  }

  @Test
  void thereAndBackNothingIsLostAndNumbersGoOn() throws Exception {
    LedgerLogin file = LedgerLogin.embedded(folder);
    long deleted = fill(file);
    Map<String, List<String>> before = dump(file);
    assertThat(before).allSatisfy((table, rows) -> assertThat(rows).as(table).isNotEmpty());

    LedgerLogin server = PostgresServer.emptyLedger();
    LedgerMove.Moved there = move(file, server);
    assertThat(there.tables())
        .extracting(LedgerMove.Table::name)
        .containsExactlyInAnyOrderElementsOf(before.keySet());
    assertIsMoved(before, server);
    assertRefused(file, "it was moved to " + server.url(), "set ledger.url=" + server.url());

    LedgerLogin back = LedgerLogin.embedded(Files.createDirectories(folder.resolve("back")));
    LedgerMove.Moved again = move(server, back);
    assertThat(again.tables())
        .filteredOn(table -> table.name().equals("file_row"))
        .isEqualTo(
            there.tables().stream().filter(table -> table.name().equals("file_row")).toList());
    assertIsMoved(before, back);
    assertRefused(server, "it was moved to " + folder.resolve("back"), "remove ledger.url");

    try (LedgerFixture it = new LedgerFixture(back)) {
      assertThat(new AuditLog(it.ledger).newest(10))
          .extracting(AuditLog.Entry::no)
          .as("a deleted entry's number does not come again, here nor there")
          .containsExactly(deleted + 2, deleted + 1, deleted - 1);
      it.sendAll();
      it.checkTallies();
    }
  }

  /** But for what the move itself wrote into the audit. */
  private static void assertIsMoved(Map<String, List<String>> before, LedgerLogin to)
      throws SQLException {
    Map<String, List<String>> after = dump(to);
    List<String> audit = after.remove("audit");
    assertThat(audit).containsAll(before.get("audit"));
    Map<String, List<String>> others = new TreeMap<>(before);
    others.remove("audit");
    assertThat(after).isEqualTo(others);
    try (Ledger ledger = Ledger.open(to, "onefile")) {
      assertThat(new AuditLog(ledger).newest(1))
          .singleElement()
          .extracting(AuditLog.Entry::after)
          .asString()
          .startsWith("moved from");
    }
  }

  private static void assertRefused(LedgerLogin place, String... words) {
    assertThatThrownBy(() -> Ledger.open(place, "onefile"))
        .isInstanceOf(LedgerException.class)
        .hasMessageContainingAll(words);
  }

  @Test
  void whatIsThereIsNeverOverwritten() throws Exception {
    LedgerLogin file = LedgerLogin.embedded(folder);
    fill(file);
    LedgerLogin used = LedgerLogin.embedded(Files.createDirectories(folder.resolve("used")));
    new LedgerFixture(used).close();
    byte[] bytes = Files.readAllBytes(used.file().orElseThrow());
    assertThatThrownBy(() -> move(file, used))
        .isInstanceOf(ActionRefused.class)
        .hasMessageContainingAll("is there already", "rename it");
    assertThat(used.file().orElseThrow()).hasBinaryContent(bytes);

    LedgerLogin server = PostgresServer.emptyLedger();
    try (LedgerFixture it = new LedgerFixture(server)) {
      it.file();
    }
    assertThatThrownBy(() -> move(file, server))
        .isInstanceOf(ActionRefused.class)
        .hasMessageContainingAll("worked with", "empty database");
    assertThatThrownBy(() -> move(file, file))
        .isInstanceOf(ActionRefused.class)
        .hasMessageContaining("there already");
    Ledger.open(file, "onefile").close();
  }

  @Test
  void aLedgerThatIsInUseIsNotMoved() throws Exception {
    LedgerLogin file = LedgerLogin.embedded(folder);
    fill(file);
    LedgerLogin server = PostgresServer.emptyLedger();
    try (Ledger ledger = Ledger.open(server, "onefile")) {
      assertThat(ledger.account()).isEqualTo("onefile");
      assertThatThrownBy(() -> move(file, server))
          .isInstanceOf(LedgerException.class)
          .hasMessageContaining("in use by another instance");
    }
    move(file, server);
    LedgerLogin back = LedgerLogin.embedded(Files.createDirectories(folder.resolve("back")));
    try (Ledger ledger = Ledger.open(server, "onefile")) {
      assertThat(ledger.account()).isEqualTo("onefile");
      assertThatThrownBy(() -> move(server, back)).hasMessageContaining("in use");
    }
    assertThat(back.file().orElseThrow()).doesNotExist();
  }

  /** The connection of the other ledger is cut after some rows; the same move then runs again. */
  @Test
  void aMoveThatIsCutOffLeavesNoRowsAndRunsAgain() throws Exception {
    LedgerLogin file = LedgerLogin.embedded(folder);
    fill(file);
    LedgerLogin server = PostgresServer.emptyLedger();
    try (LedgerMove move = LedgerMove.open(file, server)) {
      assertThatThrownBy(() -> move.run(entry(), (done, total) -> cutAfter(MANY, done, server)))
          .isInstanceOf(LedgerException.class)
          .hasMessageContaining("the other ledger can't be written: its server");
    }
    assertThat(dump(server)).allSatisfy((table, rows) -> assertThat(rows).as(table).isEmpty());
    assertRefused(server, "it is not complete", "run it again");
    Ledger.open(file, "onefile").close(); // it may still be worked on

    assertThat(move(file, server).tables()).isNotEmpty();
    Ledger.open(server, "onefile").close();
  }

  @Test
  void aMoveIntoAFileThatIsCutOffRunsAgain() throws Exception {
    LedgerLogin server = PostgresServer.emptyLedger();
    fill(server);
    LedgerLogin file = LedgerLogin.embedded(folder);
    try (LedgerMove move = LedgerMove.open(server, file)) {
      assertThatThrownBy(
              () ->
                  move.run(
                      entry(),
                      (done, total) -> {
                        throw new IllegalStateException("cut off");
                      }))
          .hasMessage("cut off");
    }
    assertThat(dump(file)).allSatisfy((table, rows) -> assertThat(rows).as(table).isEmpty());
    assertRefused(file, "it is not complete");
    LedgerLogin other = PostgresServer.emptyLedger();
    fill(other);
    assertThatThrownBy(() -> move(other, file))
        .as("another one's")
        .isInstanceOf(ActionRefused.class)
        .hasMessageContaining("is not complete");

    Map<String, List<String>> before = dump(server);
    move(server, file);
    assertIsMoved(before, file);
  }

  /** Between the two last commits: this one is marked, the other one is not free yet. */
  @Test
  void aMoveThatIsCutOffBeforeItsLastStepIsEnded() throws Exception {
    LedgerLogin file = LedgerLogin.embedded(folder);
    fill(file);
    LedgerLogin server = PostgresServer.emptyLedger();
    move(file, server);
    Map<String, List<String>> after = dump(server);
    try (Connection connection = connect(server)) {
      new MoveMark(MoveMark.Way.FROM, file, NOON).write(connection);
    }
    assertRefused(server, "it is not complete");

    assertThat(move(file, server).tables()).isEmpty();
    Ledger.open(server, "onefile").close();
    assertThat(dump(server)).isEqualTo(after);
    assertThatThrownBy(() -> move(file, PostgresServer.emptyLedger()))
        .isInstanceOf(ActionRefused.class)
        .hasMessageContaining("it was moved to");
  }

  /** Somebody else's hand in the copy, before it is read back. */
  @Test
  void aCopyThatIsNotTheSameIsDeleted() throws Exception {
    LedgerLogin file = LedgerLogin.embedded(folder);
    fill(file);
    LedgerLogin server = PostgresServer.emptyLedger();
    boolean[] isDone = new boolean[1];
    try (LedgerMove move = LedgerMove.open(file, server)) {
      assertThatThrownBy(
              () ->
                  move.run(
                      entry(),
                      (done, total) -> {
                        if (done * 2 > total && !isDone[0]) {
                          isDone[0] = true;
                          execute(server, "UPDATE slot SET assignee = 4711 WHERE learner = 1");
                        }
                      }))
          .hasMessageContainingAll("the copy of the table slot is not as the table", "deleted");
    }
    assertThat(isDone[0]).isTrue();
    assertThat(dump(server)).allSatisfy((table, rows) -> assertThat(rows).as(table).isEmpty());
    Ledger.open(file, "onefile").close();
  }

  private static void cutAfter(long rows, long done, LedgerLogin place) {
    if (done > rows) {
      execute(
          place,
          """
          SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()""");
    }
  }

  private static void execute(LedgerLogin place, String sql) {
    try (Connection connection = connect(place)) {
      boolean unused = connection.createStatement().execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Connection connect(LedgerLogin place) throws SQLException {
    return DriverManager.getConnection(place.url(), place.user(), place.password());
  }

  /**
   * Puts something into each table.
   *
   * @return the last number of the audit, whose entry is deleted
   */
  private static long fill(LedgerLogin place) {
    try (LedgerFixture it = new LedgerFixture(place)) {
      long first =
          it.released(
              ask(1, 1, DEFAULT_ASSESSOR, 7),
              defaultEmployer(2, 2, 8),
              invalid(3),
              ask(4, 3, DEFAULT_ASSESSOR, 7));
      it.send(1);
      it.send(2);
      NewRow[] many = new NewRow[MANY];
      for (int i = 0; i < MANY; i++) {
        many[i] = ask(i + 1, 1000 + i, DEFAULT_ASSESSOR, 9);
      }
      it.released(many);
      it.held(ask(1, 5, DEFAULT_ASSESSOR, 7));
      it.ledger.inTransaction(
          connection -> {
            for (String sql : REST.formatted(first).split(";", -1)) {
              Sql.update(connection, sql);
            }
            return first;
          });
      AuditLog audit = new AuditLog(it.ledger);
      audit.end(audit.begin(entry()), "\u00C4\0\n'\"\\ and \u20AC, \uD83D\uDE00");
      long deleted = audit.begin(entry());
      return it.ledger.inTransaction(
          connection -> {
            Sql.update(connection, "DELETE FROM audit WHERE no = ?", deleted);
            return deleted;
          });
    }
  }

  /** What the fixture does not fill. */
  private static final String REST =
      """
      INSERT INTO pause VALUES ('onefile', 'operator', CURRENT_TIMESTAMP, 1, 'by hand');
      INSERT INTO alarm VALUES ('onefile', 'HELD', 'file 3', CURRENT_TIMESTAMP, 'held', 0);
      INSERT INTO notice VALUES ('onefile', 'n1', 'mail', 'raised', 'HELD', 'file 3',
        CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 'held');
      INSERT INTO directory VALUES
        ('onefile', 6, 2, 2, TRUE, TRUE, 2, CURRENT_TIMESTAMP, NULL);
      INSERT INTO directory_user VALUES ('onefile', 6, 2, 7, 5, FALSE, 'a', NULL);
      INSERT INTO directory_title VALUES ('onefile', 6, 2, 'unit', 'u1', 'b');
      INSERT INTO leaver_slot VALUES ('onefile', 9, 'default/assessor', 7, TRUE);
      INSERT INTO verified VALUES ('onefile', CURRENT_TIMESTAMP, 10, 1);
      INSERT INTO file_figures VALUES (%1$d, TRUE, TRUE, 3);
      INSERT INTO file_column VALUES (%1$d, 'learner_id', 3);
      INSERT INTO approval VALUES (%1$d, 'somebody', 'digest', CURRENT_TIMESTAMP);
      INSERT INTO report (file_no, seq, complete, results_name) VALUES (%1$d, 1, TRUE, 'r.csv')""";

  /** All rows of all tables, as text. */
  private static Map<String, List<String>> dump(LedgerLogin place) throws SQLException {
    Map<String, List<String>> dump = new TreeMap<>();
    try (HeldLedger held = HeldLedger.open(place)) {
      for (CopiedTable table : CopiedTable.ofBoth(held.connection(), held.connection())) {
        dump.put(
            table.name(),
            table
                .rows(held.connection())
                .list(
                    row -> {
                      StringBuilder text = new StringBuilder();
                      for (String column : table.columns()) {
                        Object value = row.getObject(column);
                        text.append(column)
                            .append('=')
                            .append(text(row, column, value))
                            .append(' ');
                      }
                      return text.toString();
                    })
                .stream()
                .sorted()
                .toList());
      }
    }
    return dump;
  }

  private static String text(java.sql.ResultSet row, String column, Object value)
      throws SQLException {
    boolean isTime = value != null && value.getClass().getName().contains("Time");
    Instant time = isTime ? Sql.nullableInstant(row, column) : null;
    return String.valueOf(time == null ? value : time);
  }
}
