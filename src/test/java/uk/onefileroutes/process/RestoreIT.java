package uk.onefileroutes.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.onefileroutes.simulator.Call;
import uk.onefileroutes.simulator.Simulator;
import uk.onefileroutes.simulator.SimulatorOptions;

/** The whole way back: a backup, further work, a lost ledger, and a person who puts it right. */
class RestoreIT {
  @TempDir Path folder;
  private Simulator onefile;
  private DataFolder data;
  private Bundle.Setup setup;

  @BeforeEach
  void startOnefile() throws IOException {
    onefile = Simulator.start(SimulatorOptions.defaults().withCallsPerMinute(0));
    data = new DataFolder(folder.resolve("work/data"));
    setup =
        Bundle.Setup.toRun(folder.resolve("work"), onefile.baseUrl())
            .quickFeed()
            .with("CONSOLE_PORT", "off")
            // each export moves all learners to another assessor
            .with("PLAN_HOLD_CHANGE_PERCENT", "never");
  }

  @AfterEach
  void stopOnefile() {
    onefile.close();
  }

  private record Said(int exitCode, String text) {}

  private Said command(String... arguments) throws InterruptedException {
    try (Bundle command = setup.start(arguments)) {
      return new Said(command.exitCode(), command.output());
    }
  }

  /** Twenty learners, all with this assessor. */
  private static String export(int assessor) {
    return DataFolder.file(20, i -> (1001 + i) + ",assessor,default," + assessor + ",,");
  }

  @Test
  void afterARestoreNothingIsSentUnaskedAndTheNewestExportWins() throws Exception {
    String backup;
    try (Bundle running = setup.start("run").awaitStarted()) {
      data.drop("first.csv", export(7));
      assertThat(data.awaitResults("first.results.csv", running)).hasSize(20);
      running.awaitOutput("File 1 done");
      assertThat(command("pause", "a file stays open").exitCode()).isZero();
      data.drop("open.csv", export(8));
      running.awaitOutput("File 2 released");

      Said said = command("backup");
      assertThat(said.exitCode()).as(said.text()).isZero();
      assertThat(said.text()).startsWith("Backed up the ledger to ");
      assertThat(data.names("backup")).singleElement().asString().matches("ledger-[0-9-]+\\.zip");
      backup = data.path().resolve("backup").resolve(data.names("backup").get(0)).toString();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(backup))))
          .isEqualTo("rw-------");
      Said refused = command("restore", backup);
      assertThat(refused.exitCode()).as(refused.text()).isEqualTo(3);
      assertThat(refused.text()).contains("An instance runs", "nothing was changed");

      assertThat(command("resume").exitCode()).isZero();
      assertThat(data.awaitResults("open.results.csv", running)).hasSize(20);
      data.drop("newest.csv", export(9));
      assertThat(data.awaitResults("newest.results.csv", running)).hasSize(20);
      running.awaitOutput("File 3 done");
      running.kill();
    }
    int before = assignments();

    Said restored = command("restore", backup);
    assertThat(restored.exitCode()).as(restored.text()).isZero();
    assertThat(restored.text())
        .contains("Restored the ledger from", "ledger-before-restore-", "Delivery is paused")
        .containsPattern("answered after the backup: file 2, open.csv");
    assertThat(data.names("")).anyMatch(name -> name.startsWith("ledger-before-restore-"));

    try (Bundle running = setup.start("run").awaitStarted()) {
      data.drop("newest.csv", export(9));
      running.awaitOutput("File 3 released: 20 planned");
      Said status = command("status");
      assertThat(status.text()).contains("Paused by hand: The ledger was restored from", "resume");
      assertThat(assignments()).as("nothing is sent before a person says so").isEqualTo(before);

      assertThat(command("resume").exitCode()).isZero();
      running.awaitOutput("File 3 done: 20 sent");
      running.awaitOutput("File 2 done: 20 superseded");
      running.stop();
    }
    assertThat(onefile.calls().stream().filter(RestoreIT::isAssignment).skip(before))
        .as("all of it, and nothing older")
        .hasSize(20)
        .allMatch(call -> call.body().contains(":9}"));
  }

  @Test
  void whatIsNoBackupIsRefusedAndNothingIsChanged() throws Exception {
    try (Bundle running = setup.with("MANAGEMENT_PORT", "off").start("run").awaitStarted()) {
      Path noZip = Files.writeString(folder.resolve("some.zip"), "no zip");
      Said inUse = command("restore", noZip.toString());
      assertThat(inUse.exitCode()).isEqualTo(3);
      assertThat(inUse.text()).contains("Nothing was restored", "is in use");
      running.stop();
      long size = data.ledgerSize();

      Said refused = command("restore", noZip.toString());
      assertThat(refused.exitCode()).isEqualTo(3);
      assertThat(refused.text()).contains("some.zip is no backup of a ledger");
      assertThat(command("restore", folder.resolve("none.zip").toString()).text())
          .contains("no such file");
      assertThat(data.ledgerSize()).isEqualTo(size);
      assertThat(data.names("")).noneMatch(name -> name.contains("restore"));
    }
  }

  private int assignments() {
    return (int) onefile.calls().stream().filter(RestoreIT::isAssignment).count();
  }

  private static boolean isAssignment(Call call) {
    return !call.path().endsWith("/Authentication");
  }
}
