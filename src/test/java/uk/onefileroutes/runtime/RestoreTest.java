package uk.onefileroutes.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.onefileroutes.assignment.FileState;
import uk.onefileroutes.assignment.RowState;
import uk.onefileroutes.ledger.AcceptedFiles;
import uk.onefileroutes.ledger.Backup;
import uk.onefileroutes.ledger.FileEntry;
import uk.onefileroutes.ledger.Ledger;
import uk.onefileroutes.ledger.LedgerLogin;
import uk.onefileroutes.ledger.NewFile;
import uk.onefileroutes.ledger.NewRow;
import uk.onefileroutes.ledger.PlannedRows;
import uk.onefileroutes.ledger.Releases;
import uk.onefileroutes.ledger.Trust;
import uk.onefileroutes.plan.SlotRule;

/** What a restore makes of a backup, and what it refuses. */
class RestoreTest {
  private static final Instant NOON = Instant.parse("2026-03-31T12:00:00Z");

  @TempDir Path folder;
  private Path data;
  private Path backup;

  @BeforeEach
  void backUpALedgerWithAFileAtWork() throws IOException {
    data = Files.createDirectories(folder.resolve("data"));
    backup = folder.resolve("ledger.zip");
    try (Ledger ledger = open()) {
      long no =
          new AcceptedFiles(ledger)
              .accept(new NewFile("inbox", "export.csv", 1, "0".repeat(64), NOON, "spool/1", NOON));
      PlannedRows rows = new PlannedRows(ledger);
      rows.begin(no);
      NewRow.Ask ask =
          new NewRow.Ask(1, "default/assessor", 7, "default", "User/1", "{\"n\":7}", "assessor");
      rows.store(
          no, List.of(NewRow.planned(1, 0, null, ask)), new SlotRule(Trust.FOR_EVER, NOON), NOON);
      assertThat(new Releases(ledger).release(no, null, NOON)).isEqualTo(Releases.Release.RELEASED);
      new Backup(ledger).to(backup);
    }
  }

  @Test
  void aFileWhoseBytesAreNowhereIsCancelledAndSaysWhy() throws Exception {
    Restore.Restored restored = restore(backup);
    assertThat(restored.ended()).containsExactly("file 1, export.csv");
    assertThat(restored.answered()).isEmpty();
    try (Ledger ledger = open()) {
      AcceptedFiles files = new AcceptedFiles(ledger);
      FileEntry file = files.find(1).orElseThrow();
      assertThat(file.state()).isEqualTo(FileState.CANCELLED);
      assertThat(file.message()).contains("neither in spool nor in archive", "Drop it again");
      assertThat(file.doneAt()).as("no results are owed").isEqualTo(NOON);
      assertThat(files.tally(1)).isEqualTo(Map.of(RowState.CANCELLED, 1L));
    }
  }

  @Test
  void aFileWhoseBytesAreInTheSpoolGoesOn() throws Exception {
    Files.writeString(Files.createDirectories(data.resolve("spool")).resolve("1"), "x");
    Restore.Restored restored = restore(backup);
    assertThat(restored.ended()).isEmpty();
    try (Ledger ledger = open()) {
      assertThat(new AcceptedFiles(ledger).find(1).orElseThrow().state())
          .isEqualTo(FileState.DELIVERING);
    }
  }

  @Test
  void oneThatWasCutIsDoneByRunningItAgain() throws Exception {
    Path half = Files.writeString(data.resolve(".ledger.mv.db.restored.mv.db"), "half a ledger");
    Files.createLink(
        data.resolve("ledger-before-restore-20260331-115959.mv.db"), data.resolve("ledger.mv.db"));
    assertThat(restore(backup).ended()).hasSize(1);
    assertThat(half).doesNotExist();
    assertThat(Files.getPosixFilePermissions(data.resolve("ledger.mv.db")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void aLedgerOfANewerVersionIsRefused() throws Exception {
    LedgerLogin place = LedgerLogin.embedded(data);
    try (Connection connection =
            DriverManager.getConnection(place.url(), place.user(), place.password());
        Statement statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO \"flyway_schema_history\" SELECT 99, '999', 'later', \"type\","
              + " 'V999__later.sql', 1, \"installed_by\", \"installed_on\", 1, TRUE FROM"
              + " \"flyway_schema_history\" WHERE \"installed_rank\" = 1");
      statement.execute("BACKUP TO '" + folder.resolve("newer.zip") + "'");
    }
    assertIsRefused(
        folder.resolve("newer.zip"), "made by a newer version of this program (schema 999)");
    assertThatThrownBy(this::open).hasMessageContaining("made by a newer version");
  }

  @Test
  void aDamagedBackupIsRefused() throws Exception {
    byte[] good = Files.readAllBytes(backup);
    byte[] ledger = unzipped(backup);
    Path damaged = folder.resolve("damaged.zip");
    int refused = 0;
    for (int i = 1; i < 12; i++) {
      byte[] bad = good.clone();
      bad[good.length * i / 12] ^= 1;
      Files.write(damaged, bad);
      // in a run of zeros another distance says the same, and nothing is damaged
      if (!Arrays.equals(unzipped(damaged), ledger)) {
        assertIsRefused(damaged, "damaged.zip is no backup of a ledger");
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(8);
    Files.write(damaged, Arrays.copyOf(good, good.length / 2));
    assertIsRefused(damaged, "damaged.zip is no backup of a ledger");
  }

  @Test
  void aZipOfSomethingElseIsRefused() throws Exception {
    assertIsRefused(zip("notes.txt"), "no ledger is in it");
    assertIsRefused(zip("notes.mv.db"), "what is in it is no ledger");
  }

  /** As far as it can be read; no checksum is looked at. */
  private static byte[] unzipped(Path zip) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipFile file = new ZipFile(zip.toFile());
        InputStream in = file.getInputStream(file.entries().nextElement())) {
      in.transferTo(bytes);
    } catch (IOException e) {
      return bytes.toByteArray();
    }
    return bytes.toByteArray();
  }

  private Path zip(String entry) throws IOException {
    Path zip = folder.resolve("other.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry(entry));
      out.write("notes ".repeat(2000).getBytes(StandardCharsets.UTF_8));
    }
    return zip;
  }

  private void assertIsRefused(Path zip, String why) throws IOException {
    Map<String, String> before = contents();
    assertThatThrownBy(() -> restore(zip))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining(why);
    assertThat(contents()).as("nothing was touched").isEqualTo(before);
  }

  private Map<String, String> contents() throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.list(data)) {
      for (Path file : files.toList()) {
        contents.put(
            file.getFileName().toString(),
            new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return contents;
  }

  private Restore.Restored restore(Path zip) throws StartFailure {
    return new Restore(LedgerLogin.embedded(data), data, () -> NOON, ZoneOffset.UTC).from(zip);
  }

  private Ledger open() {
    return Ledger.open(LedgerLogin.embedded(data), LedgerOpening.ACCOUNT);
  }
}
