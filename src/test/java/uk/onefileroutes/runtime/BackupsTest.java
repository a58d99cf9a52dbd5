package uk.onefileroutes.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.apache.camel.component.quartz.QuartzComponent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quartz.CronTrigger;
import org.quartz.TriggerKey;
import uk.onefileroutes.config.Configuration;
import uk.onefileroutes.ledger.AcceptedFiles;
import uk.onefileroutes.ledger.Backup;
import uk.onefileroutes.ledger.Ledger;
import uk.onefileroutes.ledger.LedgerLogin;
import uk.onefileroutes.ledger.NewFile;
import uk.onefileroutes.testing.LogLines;
import uk.onefileroutes.testing.TestBundle;

/** Copies of a ledger at work. */
class BackupsTest {
  private static final int ROWS = 1500;
  private static final Configuration.Backup THREE =
      new Configuration.Backup(Optional.of(LocalTime.of(2, 30)), 3);

  @TempDir Path folder;
  private Ledger ledger;
  private Instant now = Instant.parse("2026-03-31T02:30:00Z");

  @BeforeEach
  void open() {
    ledger = Ledger.open(LedgerLogin.embedded(folder), LedgerOpening.ACCOUNT);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void theNewestSoManyAreKept() throws Exception {
    Backups backups = backups(THREE);
    for (int night = 0; night < 5; night++) {
      aNight(backups);
    }
    assertThat(names())
        .containsExactly(
            "ledger-20260402-023000.zip",
            "ledger-20260403-023000.zip",
            "ledger-20260404-023000.zip");
  }

  @Test
  void oneThatFailsInTheEndLeavesTheEarlierOnesAndTheNextOneWorks() throws Exception {
    Backups backups = backups(THREE);
    for (int night = 0; night < 3; night++) {
      aNight(backups);
    }
    List<String> earlier = names();
    // its name is taken by what can't be replaced
    Path inTheWay = folder.resolve("backup/ledger-20260403-023000.zip");
    Files.createDirectories(inTheWay.resolve("within"));
    try (LogLines log = LogLines.open()) {
      aNight(backups);
      assertThat(log.with("ERROR", "BACKUP: ")).hasSize(1);
    }
    Files.delete(inTheWay.resolve("within"));
    Files.delete(inTheWay);
    assertThat(names()).isEqualTo(earlier);

    aNight(backups);
    assertThat(names()).hasSize(3).contains("ledger-20260404-023000.zip");
  }

  @Test
  void whileAFileLiesInThePlaceOfTheFolderItFailsAndThenWorksAgain() throws Exception {
    Backups backups = backups(THREE);
    Path inTheWay = Files.writeString(folder.resolve("backup"), "no folder");
    try (LogLines log = LogLines.open()) {
      aNight(backups);
      assertThat(log.with("ERROR", "BACKUP: the ledger could not be backed up")).hasSize(1);
    }
    Files.delete(inTheWay);
    aNight(backups);
    assertThat(names()).hasSize(1);
  }

  @Test
  void itIsTheLedgerThatItWas() throws Exception {
    AcceptedFiles files = new AcceptedFiles(ledger);
    for (int i = 1; i <= 20; i++) {
      files.accept(
          new NewFile("inbox", i + ".csv", i, "%064d".formatted(i), now, "spool/" + i, now));
    }
    Path backup = backups(THREE).take();
    files.refuse(1, "NOT_READABLE", "After the backup.", now);

    Path other = unpacked(backup, "other");
    try (Ledger copy = Ledger.open(LedgerLogin.embedded(other), LedgerOpening.ACCOUNT)) {
      AcceptedFiles copied = new AcceptedFiles(copy);
      for (int i = 2; i <= 20; i++) {
        assertThat(copied.find(i)).isEqualTo(files.find(i)).isPresent();
      }
      assertThat(copied.find(1).orElseThrow().code()).isNull();
    }
  }

  @Test
  void withoutATimeThereIsNone() throws Exception {
    aNight(backups(Configuration.Backup.NEVER));
    assertThat(folder.resolve("backup")).doesNotExist();
  }

  /** And one that is taken while calls are settled is the ledger as of one moment. */
  @Test
  void eachNightHasItsTriggerAndDeliveriesGoOnMeanwhile() throws Exception {
    TestBundle.Setup setup =
        TestBundle.Setup.plain()
            .withKey("ledger.backup.at", "03:15")
            .withKey("delivery.zone", "Pacific/Auckland");
    try (TestBundle bundle = TestBundle.start(setup)) {
      CronTrigger trigger =
          (CronTrigger)
              bundle
                  .instance()
                  .camel()
                  .getComponent("quartz", QuartzComponent.class)
                  .getScheduler()
                  .getTrigger(new TriggerKey("backup", "watch"));
      assertThat(trigger.getCronExpression()).isEqualTo("0 15 3 * * ?");
      assertThat(trigger.getTimeZone().toZoneId()).isEqualTo(ZoneId.of("Pacific/Auckland"));

      bundle.drop("export.csv", export());
      TestBundle.await("calls").until(() -> bundle.simulator().calls().size() > 50);
      Backups backups =
          bundle.instance().camel().getRegistry().lookupByNameAndType("backups", Backups.class);
      List<Path> taken = new ArrayList<>();
      for (int i = 0; i < 3; i++) { // of one second perhaps, and then of one name
        taken.add(unpacked(backups.take(), "copy-" + i));
      }
      for (Path each : taken) {
        assertAddsUp(each);
      }
      assertThat(Files.readAllLines(bundle.awaitResults("export.csv")))
          .filteredOn(line -> line.contains(",sent,"))
          .hasSize(ROWS);
    }
  }

  private static String export() {
    return IntStream.rangeClosed(1, ROWS)
        .mapToObj(i -> (10_000 + i) + ",assessor,default,7\n")
        .collect(Collectors.joining("", "learner_id,role,kind,assignee_id\n", ""));
  }

  private static void assertAddsUp(Path copy) throws SQLException {
    LedgerLogin place = LedgerLogin.embedded(copy);
    try (Connection connection =
            DriverManager.getConnection(place.url(), place.user(), place.password());
        Statement statement = connection.createStatement()) {
      assertThat(one(statement, "SELECT COUNT(*) FROM file_row")).isEqualTo(ROWS);
      long sent = one(statement, "SELECT COUNT(*) FROM file_row WHERE state = 'sent'");
      assertThat(sent).as("in the middle").isPositive();
      assertThat(one(statement, "SELECT COUNT(*) FROM attempt")).isEqualTo(sent);
      assertThat(one(statement, "SELECT COUNT(*) FROM request WHERE closed")).isEqualTo(sent);
      assertThat(one(statement, "SELECT COUNT(*) FROM slot")).isEqualTo(sent);
      assertThat(
              one(
                  statement,
                  "SELECT COUNT(*) FROM tally t WHERE amount <> (SELECT COUNT(*) FROM file_row r"
                      + " WHERE r.file_no = t.file_no AND r.state = t.state)"))
          .as("states that are counted wrong")
          .isZero();
    }
  }

  private static long one(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getLong(1);
    }
  }

  private Path unpacked(Path backup, String name) throws IOException {
    Path place = Files.createDirectories(folder.resolve(name));
    try (ZipFile zip = new ZipFile(backup.toFile())) {
      Files.copy(zip.getInputStream(zip.entries().nextElement()), place.resolve("ledger.mv.db"));
    }
    return place;
  }

  private Backups backups(Configuration.Backup plan) {
    return new Backups(folder, plan, new Backup(ledger), () -> now, ZoneOffset.UTC);
  }

  private void aNight(Backups backups) {
    backups.nightly();
    now = now.plus(Duration.ofDays(1));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> found = Files.list(folder.resolve("backup"))) {
      return found.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
