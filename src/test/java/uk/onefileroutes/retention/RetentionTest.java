package uk.onefileroutes.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.management.MBeanException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import uk.onefileroutes.assignment.FileState;
import uk.onefileroutes.config.Configuration;
import uk.onefileroutes.config.ConfigurationFault;
import uk.onefileroutes.config.Folders;
import uk.onefileroutes.dryrun.DryRun;
import uk.onefileroutes.feed.Feed;
import uk.onefileroutes.ledger.ExpiredData;
import uk.onefileroutes.ledger.FileEntry;
import uk.onefileroutes.ledger.Ledger;
import uk.onefileroutes.ledger.LedgerLogin;
import uk.onefileroutes.simulator.Fault;
import uk.onefileroutes.simulator.Selection;
import uk.onefileroutes.testing.TestBundle;

/** What goes by age or at a word, and what stays, in the real bundle. */
class RetentionTest {
  private static final String HEADER = "learner_id,role,kind,assignee_id,name\n";
  private static final Retention.Ages AGES =
      new Retention.Ages(
          Optional.of(LocalTime.of(3, 30)),
          Duration.ofDays(90),
          Duration.ofDays(90),
          Duration.ofDays(400),
          Duration.ofDays(90),
          Duration.ofDays(730));

  @Test
  void whatIsOlderThanItIsKeptGoesAndSlotsStay() throws Exception {
    try (TestBundle bundle = TestBundle.start(TestBundle.Setup.plain())) {
      bundle
          .simulator()
          .faults()
          .add(Fault.answer(404).on(Selection.users().forLearner(2).next(1)));
      bundle.drop("first.csv", HEADER + "1,assessor,default,11,Ann\n2,assessor,default,11,Bob\n");
      FileEntry first = bundle.awaitAnswer("first.csv").file();
      bundle.drop("bad.csv", "who,what\n1,2\n");
      bundle.awaitAnswer("bad.csv");
      TestBundle.await("why").until(() -> bundle.names("results").contains("bad.csv.error.txt"));
      bundle.drop("second.csv", HEADER + "1,assessor,default,12,Ann\n");
      FileEntry second = bundle.awaitAnswer("second.csv").file();
      assertThat(archived(bundle)).containsExactly("first.csv", "second.csv");
      assertThat(tell("purge"))
          .startsWith("Deleted 0 inputs, 0 answers, the assignments of 0 files");
      assertThat(retry("first.csv")).contains("1 sent again");
      TestBundle.await("the answer to the retry")
          .until(
              () ->
                  bundle.instance().files().find(first.no()).orElseThrow().state() == FileState.DONE
                      && bundle.names("results").stream()
                              .filter(name -> name.matches("first.*results.csv"))
                              .count()
                          == 2);
      bundle.stopInstance();
      Path strange = bundle.results().resolve("mine.csv");
      Files.writeString(strange, "not ours");

      Retention.Purged young = purge(bundle, Duration.ofDays(89));
      assertThat(young.isNothing()).as("%s", young).isTrue();

      makeFilesOld(bundle.data());
      Retention.Purged inputs = purge(bundle, Duration.ofDays(91));
      assertThat(inputs.inputs()).isEqualTo(3);
      assertThat(inputs.results())
          .as("two of first.csv, its rejects, one of second.csv, why bad.csv was refused")
          .isEqualTo(5);
      assertThat(inputs.rows()).isZero();
      assertThat(inputs.attempts()).isEqualTo(4);
      assertThat(archived(bundle)).isEmpty();
      assertThat(bundle.names("refused")).isEmpty();
      assertThat(bundle.names("results")).containsExactly("mine.csv");

      Retention.Purged rows = purge(bundle, Duration.ofDays(401));
      assertThat(rows.rows()).as("those of the feed's last file stay").isEqualTo(1);
      assertThat(rows.audit()).isZero();
      assertThat(purge(bundle, Duration.ofDays(731)).audit()).isEqualTo(2);

      bundle.startInstance();
      assertThat(bundle.instance().files().tally(first.no())).isNotEmpty();
      assertThatThrownBy(() -> retry("first.csv"))
          .hasMessage(
              "File %d is older than what is kept; drop its rows again.".formatted(first.no()));
      int calls = bundle.simulator().calls().size();
      bundle.drop("third.csv", HEADER + "1,assessor,default,12,Ann\n2,assessor,default,11,Bob\n");
      assertThat(
              Files.readString(Objects.requireNonNull(bundle.awaitAnswer("third.csv").results())))
          .contains("1,assessor,default,12,Ann,1,unchanged,UNCHANGED")
          .contains("2,assessor,default,11,Bob,2,unchanged,UNCHANGED");
      assertThat(bundle.simulator().calls()).hasSize(calls);
      assertThat(second.no()).isGreaterThan(first.no());
    }
  }

  @Test
  void rowsStayWhileAnOlderFileCouldStillBeRetried() throws Exception {
    try (TestBundle bundle = TestBundle.start(TestBundle.Setup.plain())) {
      bundle.drop("old.csv", HEADER + "1,assessor,default,11,Ann\n");
      bundle.awaitAnswer("old.csv");
      bundle.drop("newer.csv", HEADER + "1,assessor,default,12,Ann\n");
      bundle.awaitAnswer("newer.csv");
      bundle.drop("newest.csv", HEADER + "1,assessor,default,13,Ann\n");
      bundle.awaitAnswer("newest.csv");
      bundle.stopInstance();
      try (Ledger ledger = ledger(bundle)) {
        ExpiredData retention = new ExpiredData(ledger);
        Instant all = Instant.now().plusSeconds(60);
        assertThat(retention.purgeRows(all)).as("inputs are kept").isZero();
        retention.forgetInputs(all);
        assertThat(retention.purgeRows(all)).isEqualTo(2);
        assertThat(retention.purgeRows(all)).isZero();
      }
    }
  }

  @Test
  void oneLearnerIsRemovedAndNobodyElse() throws Exception {
    TestBundle.Setup packed = TestBundle.Setup.plain();
    try (TestBundle bundle = TestBundle.start(packed)) {
      bundle.simulator().faults().add(Fault.answer(404).on(Selection.users().forLearner(2)));
      bundle.drop(
          "export.csv",
          HEADER
              + "1,assessor,default,11,\"Ann \"\"A\"\"\"\n"
              + "2,assessor,default,11,Bob Secret\n"
              + "3,assessor,default,x,Cid\n");
      bundle.awaitAnswer("export.csv");
      bundle.drop(
          "export.json",
          "[{\"learner_id\": 2, \"role\": \"assessor\", \"kind\": \"default\","
              + " \"assignee_id\": 12, \"name\": \"Bob Secret\"}]");
      bundle.awaitAnswer("export.json");
      FileEntry file = bundle.instance().files().find(1).orElseThrow();
      assertThat(
              bundle
                  .instance()
                  .dryRuns()
                  .run("1", "", new DryRun.Wanted(false, false))
                  .notDone()
                  .fault())
          .isNull();
      assertThat(bundle.names("dryrun/plans")).hasSize(1);

      assertThat(tell("erase", "2"))
          .isEqualTo(
              "Erased learner 2: 2 assignments; of archived files 1 had rows emptied, 1 were deleted.");

      assertThat(Files.readString(bundle.data().resolve(file.stored())))
          .isEqualTo(
              HEADER
                  + "1,assessor,default,11,\"Ann \"\"A\"\"\"\n"
                  + ",,,,\n"
                  + "3,assessor,default,x,Cid\n");
      assertThat(archived(bundle)).containsExactly("export.csv");
      assertThat(bundle.names("dryrun/plans")).isEmpty();
      bundle.stopInstance();
      assertThat(namesOfLearner(bundle, 2)).isEmpty();
      assertThat(namesOfLearner(bundle, 1)).contains("FILE_ROW", "REQUEST", "SLOT");
      bundle.startInstance();
      assertThatThrownBy(() -> retry("export.json")).hasStackTraceContaining("drop its rows again");
      assertThat(retry("export.csv")).contains("No assignment of file 1 is blocked or rejected");
      assertThat(tell("erase", "2"))
          .isEqualTo(
              "Erased learner 2: 0 assignments; of archived files 0 had rows emptied, 0 were deleted.");
    }
  }

  private static Retention.Purged purge(TestBundle bundle, Duration later) throws IOException {
    try (Ledger ledger = ledger(bundle)) {
      InstantSource then = InstantSource.offset(InstantSource.system(), later);
      return new Retention(bundle.data(), feeds(bundle), new ExpiredData(ledger), AGES, then)
          .purge();
    }
  }

  private static List<Feed> feeds(TestBundle bundle) throws IOException {
    try {
      return Configuration.read(
              Folders.of(bundle.data().resolveSibling("config"), Path.of("routes"), bundle.data()))
          .feeds();
    } catch (ConfigurationFault e) {
      throw new IOException(e);
    }
  }

  /** The tables that have anything of a learner. */
  private static List<String> namesOfLearner(TestBundle bundle, long learner) throws SQLException {
    LedgerLogin place = LedgerLogin.embedded(bundle.data());
    List<String> found = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection(place.url(), place.user(), place.password());
        Statement statement = connection.createStatement()) {
      List<String> tables = new ArrayList<>();
      try (ResultSet columns =
          statement.executeQuery(
              "SELECT table_name FROM information_schema.columns WHERE column_name = 'LEARNER'")) {
        while (columns.next()) {
          tables.add(columns.getString(1));
        }
      }
      assertThat(tables).contains("FILE_ROW", "REQUEST", "SLOT", "LINE");
      for (String table : tables) {
        try (ResultSet rows =
            statement.executeQuery(
                "SELECT COUNT(*) FROM %s WHERE learner = %d".formatted(table, learner))) {
          rows.next();
          if (rows.getInt(1) > 0) {
            found.add(table);
          }
        }
      }
    }
    return found;
  }

  private static Ledger ledger(TestBundle bundle) {
    return Ledger.open(LedgerLogin.embedded(bundle.data()), "onefile");
  }

  private static void makeFilesOld(Path data) throws IOException {
    try (var all = Files.walk(data)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(3600)));
      }
    }
  }

  private static List<String> archived(TestBundle bundle) throws IOException {
    try (var all = Files.walk(bundle.data().resolve("archive"))) {
      return all.filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  private static String retry(String file) throws Exception {
    return tell("Files", "retry", List.of(file));
  }

  private static String tell(String operation, String... arguments) throws Exception {
    return tell("Retention", operation, Arrays.asList(arguments));
  }

  private static String tell(String mbean, String operation, List<String> arguments)
      throws Exception {
    String[] signature = new String[arguments.size()];
    Arrays.fill(signature, String.class.getName());
    try {
      return (String)
          ManagementFactory.getPlatformMBeanServer()
              .invoke(
                  new ObjectName("onefile:type=" + mbean),
                  operation,
                  arguments.toArray(),
                  signature);
    } catch (MBeanException e) {
      throw e.getTargetException();
    }
  }
}
