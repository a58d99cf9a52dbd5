package uk.onefileroutes.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.onefileroutes.config.Configuration;
import uk.onefileroutes.config.Folders;
import uk.onefileroutes.management.Check.Finding;
import uk.onefileroutes.management.Check.Outcome;
import uk.onefileroutes.pace.PaceTime;

/** Who may look into the data folder and what is in it. */
class OwnerOnlyTest {
  @TempDir Path folder;

  @Test
  void aFolderIsMadeForItsOwnerAndThoseAroundItAsUsual() throws IOException {
    Path usual = Files.createDirectory(folder.resolve("usual"));
    Path data = folder.resolve("around/data");

    OwnerOnly.folder(data);
    OwnerOnly.folder(data);

    assertThat(rights(data)).isEqualTo("rwx------");
    assertThat(rights(data.getParent())).isEqualTo(rights(usual));
  }

  @Test
  void whatIsNoFolderIsRefused() throws IOException {
    Path file = Files.createFile(folder.resolve("data"));

    assertThatThrownBy(() -> OwnerOnly.folder(file)).isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void aFileIsItsOwnersNewOrOld() throws IOException {
    Path fresh = folder.resolve("new");
    Path old = Files.writeString(folder.resolve("old"), "kept");
    set(old, "rw-rw-rw-");

    OwnerOnly.file(fresh);
    OwnerOnly.file(old);

    assertThat(List.of(rights(fresh), rights(old))).containsOnly("rw-------");
    assertThat(old).content().isEqualTo("kept");
  }

  @ParameterizedTest
  @CsvSource({
    "rwxr-xr-x, rwxr-xr-x, true",
    "rwxr-xr-x, rwx-----x, true",
    "rwx-----x, rwxr-x-w-, true",
    "rwxr-xr-x, rwxrwx---, false",
    "rwxr-xr-x, rwx------, false",
    "rwxr-x---, rwxr-xr-x, false",
    "rwxr-xr--, rwxr-xr-x, false",
  })
  void itIsOpenToAllOnlyThroughAllFoldersAroundIt(String around, String own, boolean isOpen)
      throws IOException {
    Path data = Files.createDirectories(folder.resolve("around/data"));
    set(folder, "rwxr-xr-x");
    set(data, own);
    set(data.getParent(), around);

    assertThat(OwnerOnly.isOpenToAll(data)).isEqualTo(isOpen);
  }

  @Test
  void afterAStartNobodyElseReachesTheRowsAndTheCheckIsContent() throws Exception {
    Path data = folder.resolve("data");

    start();

    assertThat(rights(data)).isEqualTo("rwx------");
    assertThat(rights(data.resolve("ledger.mv.db"))).isEqualTo("rw-------");
    assertThat(rights(data.resolve("spool"))).isEqualTo("rwx------");
    assertThat(rights(data.resolve("dryrun"))).isEqualTo("rwx------");
    set(folder, "rwxr-xr-x");
    assertThat(warned()).isEmpty();
  }

  @Test
  void theCheckMakesThemTheSame() throws Exception {
    assertThat(warned()).isEmpty();

    assertThat(rights(folder.resolve("data"))).isEqualTo("rwx------");
    assertThat(rights(folder.resolve("data/ledger.mv.db"))).isEqualTo("rw-------");
  }

  @Test
  void aFolderThatIsThereKeepsItsRightsAndTheCheckSaysWhoMayLookIn() throws Exception {
    set(folder, "rwxr-xr-x");
    Path data = Files.createDirectory(folder.resolve("data"));
    set(data, "rwxr-xr-x");

    start();

    Path ledger = data.resolve("ledger.mv.db");
    assertThat(rights(data)).isEqualTo("rwxr-xr-x");
    assertThat(rights(ledger)).isEqualTo("rw-------");
    assertThat(warned()).singleElement().asString().contains(data + ": everybody", "chmod 700 ");
    set(ledger, "rw-r--r--");
    start();
    assertThat(rights(ledger)).as("its operator's choice").isEqualTo("rw-r--r--");
    assertThat(warned())
        .satisfiesExactly(
            first -> assertThat(first).contains("chmod 700 " + data),
            second -> assertThat(second).contains("everybody", "chmod 600 " + ledger));
    set(data, "rwxr-x---");
    assertThat(warned()).isEmpty();
  }

  private void start() throws Exception {
    Instance.start(configuration(), PaceTime.system()).close();
  }

  private List<String> warned() throws Exception {
    return StoppedInstance.check(configuration(), PaceTime.system()).stream()
        .filter(finding -> finding.what().equals("rights"))
        .filter(finding -> finding.outcome() == Outcome.NOT_OK)
        .map(Finding::sentence)
        .toList();
  }

  /** Nobody listens at the far side. */
  private Configuration configuration() throws Exception {
    Path feeds = Files.createDirectories(folder.resolve("config/feeds"));
    Files.writeString(
        feeds.resolve("inbox.properties"), "directory=inbox\nresults.directory=results\n");
    Files.writeString(
        folder.resolve("config/application.properties"),
        """
        onefile.base-url=http://127.0.0.1:9/api/v2.1
        onefile.customer-token=invented
        delivery.closed.daily-release=never
        delivery.calls-per-minute=unlimited
        management.port=off
        console.port=off
        """);
    return Configuration.read(
        Folders.of(folder.resolve("config"), Path.of("routes"), folder.resolve("data")));
  }

  private static String rights(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static void set(Path path, String rights) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(rights));
  }
}
