package uk.onefileroutes;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import uk.onefileroutes.ledger.LedgerLogin;
import uk.onefileroutes.testing.TestBundle;

/**
 * A ledger that refuses to write for a while, at each step of a row's way: nothing is lost, nothing
 * is sent twice.
 */
public class LedgerTroubleTest { // public: the ledger calls it
  private static final AtomicInteger REFUSALS = new AtomicInteger();
  private static final int ROWS = 1200; // more than two chunks

  @Test
  void aFileWhosePlanningFailsInTheMiddleIsPlannedAgain() throws Exception {
    isAnsweredAfter("file_row", "row_no < 700", 0);
  }

  @Test
  void aRequestThatCannotBeMarkedAsOnItsWayIsNotSent() throws Exception {
    isAnsweredAfter("line", "claim IS NULL", 0);
  }

  @Test
  void learnersOfAReleasedFileGetInLineOnceTheLedgerWritesAgain() throws Exception {
    isAnsweredAfter("line", "claim IS NOT NULL", 0);
  }

  @Test
  void anAnswerIsWrittenDownOnceTheLedgerWritesAgain() throws Exception {
    isAnsweredAfter("attempt", "file_no < 0", 1);
  }

  /**
   * @param fewestCalls how many assignments must have arrived before the trouble ends: proof that
   *     it was met
   */
  private static void isAnsweredAfter(String table, String check, int fewestCalls)
      throws Exception {
    String csv =
        IntStream.rangeClosed(1, ROWS)
            .mapToObj(i -> (10_000 + i) + ",assessor,default,7\n")
            .collect(Collectors.joining("", "learner_id,role,kind,assignee_id\n", ""));
    try (TestBundle bundle = TestBundle.start(TestBundle.Setup.plain())) {
      REFUSALS.set(0);
      execute(
          bundle,
          "CREATE ALIAS trouble FOR '%s.refused'".formatted(LedgerTroubleTest.class.getName()));
      execute(
          bundle,
          "ALTER TABLE %s ADD CONSTRAINT troubled CHECK (%s OR trouble())".formatted(table, check));
      bundle.drop("export.csv", csv);
      TestBundle.await("the trouble is met")
          .until(() -> REFUSALS.get() > 0 && bundle.assignments() >= fewestCalls);
      if (fewestCalls == 0) {
        assertThat(bundle.assignments()).as("nothing is sent meanwhile").isZero();
      }
      execute(bundle, "ALTER TABLE %s DROP CONSTRAINT troubled".formatted(table));
      bundle.awaitAllSentOnce("export.csv", ROWS);
    }
  }

  /** Called by the ledger for what it must not write. */
  public static boolean refused() {
    REFUSALS.incrementAndGet();
    return false;
  }

  private static void execute(TestBundle bundle, String sql) throws SQLException {
    try (Connection ledger = connect(bundle);
        Statement statement = ledger.createStatement()) {
      statement.execute(sql);
    }
  }

  static Connection connect(TestBundle bundle) throws SQLException {
    LedgerLogin place = LedgerLogin.embedded(bundle.data());
    return DriverManager.getConnection(place.url(), place.user(), place.password());
  }
}
