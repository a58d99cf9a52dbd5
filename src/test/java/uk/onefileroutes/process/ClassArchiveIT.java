package uk.onefileroutes.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.onefileroutes.testing.Installation;

/**
 * The class-data archive: made by {@code start.sh class-archive}, harmless where it does not fit.
 */
class ClassArchiveIT {
  // nobody listens there; nothing of what is tested here calls anybody
  private static final String NOBODY = "http://127.0.0.1:9/api/v2.1";
  private static final Path BUILT =
      Path.of(System.getProperty("jar", "target/onefile-assignment-routes.jar")).toAbsolutePath();
  private static final String USED = "source: shared objects file (top)";

  @TempDir static Path folder;
  private static Path home;
  private static Path jar;
  private static Path archive;

  @TempDir Path work;

  @BeforeAll
  static void makeOne() throws Exception {
    home = install("home");
    jar = home.resolve(BUILT.getFileName());
    archive = home.resolve("classes.jsa");
    make();
  }

  @Test
  void itIsWholeAndNobodyWritesIt() throws Exception {
    assertThat(names(home))
        .containsExactlyInAnyOrder(
            "classes.jsa", "lib", "onefile-assignment-routes.jar", "routes", "start.sh");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(archive)))
        .isEqualTo("r--r--r--");
  }

  @Test
  void runAndStatusUseIt() throws Exception {
    Bundle.Setup setup = Bundle.Setup.toRun(work, NOBODY).quickFeed();
    try (Bundle running = start(home, setup, "run").awaitStarted();
        Bundle status = start(home, setup, "status")) {
      assertThat(status.exitCode()).as(status.output()).isZero();
      assertThat(status.output()).startsWith("Pace");
      assertThat(loadedFromIt("status")).contains("uk.onefileroutes.cli.RunningInstance ");
      assertThat(loadedFromIt("run"))
          .contains("uk.onefileroutes.runtime.Instance ")
          .contains("org.apache.camel.main.Main ")
          .contains("uk.onefileroutes.ports.Console ");
      running.stop();
      assertThat(running.output()).doesNotContain("[warning]", "[error]");
    }
  }

  @Test
  void oneThatDoesNotFitIsNotUsedAndIsReplaced() throws Exception {
    byte[] whole = Files.readAllBytes(archive);
    byte[] noise = new byte[100_000];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (byte) (i * 31);
    }
    assertThat(versionLoads()).as("whole").isNotEmpty();
    // a JVM would crash on half of one, which a start must never find: see the test of a kill
    for (byte[] broken : List.of(noise, new byte[0])) {
      put(broken);
      assertThat(versionLoads()).as("%d bytes", broken.length).isEmpty();
    }
    put(whole);
    Files.setLastModifiedTime(
        jar, FileTime.fromMillis(Files.getLastModifiedTime(jar).toMillis() - 60_000));
    assertThat(versionLoads()).as("of another jar").isEmpty();

    make();
    assertThat(versionLoads()).as("made again").isNotEmpty();
  }

  @Test
  void whereItCannotBeMadeNothingIsLeftAndStartsWork() throws Exception {
    Path other = install("without-routes");
    try (Stream<Path> routes = Files.list(other.resolve("routes"))) {
      for (Path route : routes.toList()) {
        Files.delete(route);
      }
    }
    Files.writeString(other.resolve("classes.jsa"), "an older one");
    try (Bundle making = start(other, new Bundle.Setup(work), "class-archive")) {
      assertThat(making.exitCode()).as(making.output()).isEqualTo(3);
      assertThat(making.output()).startsWith("Not made: ").contains("routes");
    }
    assertNothingWasMade(other);
    try (Bundle version = start(other, new Bundle.Setup(work), "--version")) {
      assertThat(version.exitCode()).as(version.output()).isZero();
    }
  }

  @Test
  void aKillWhileItIsMadeLeavesNothing() throws Exception {
    Path other = install("killed");
    Files.writeString(other.resolve("classes.jsa"), "an older one");
    try (Bundle making = start(other, new Bundle.Setup(work), "class-archive")) {
      await()
          .atMost(Bundle.PATIENCE)
          .until(() -> names(other).stream().anyMatch(name -> name.matches("classes\\.jsa\\..*")));
      ProcessHandle script = ProcessHandle.of(making.pid()).orElseThrow();
      // the JVM has the demo's data in that folder
      await()
          .atMost(Bundle.PATIENCE)
          .until(
              () -> script.children().findAny().map(ProcessHandle::destroyForcibly).orElse(false));
      assertThat(making.exitCode()).as(making.output()).isEqualTo(3);
    }
    assertNothingWasMade(other);
  }

  private static void assertNothingWasMade(Path other) throws IOException {
    assertThat(names(other))
        .containsExactlyInAnyOrder(
            "classes.jsa", "lib", "onefile-assignment-routes.jar", "routes", "start.sh");
    assertThat(other.resolve("classes.jsa")).hasContent("an older one");
  }

  private static Path install(String name) throws IOException {
    return Installation.make(folder.resolve(name), BUILT);
  }

  /** In an environment whose keys the making must not see: without a port no status answers. */
  private static void make() throws InterruptedException {
    Bundle.Setup setup =
        Bundle.Setup.toRun(folder.resolve("made"), NOBODY).with("MANAGEMENT_PORT", "off");
    try (Bundle making = start(home, setup, "class-archive")) {
      assertThat(making.exitCode()).as(making.output()).isZero();
      assertThat(making.output()).isEqualTo("Made %s%n", archive);
    }
  }

  /** As something else than this bundle would: the file may not be written. */
  private static void put(byte[] content) throws IOException {
    Files.delete(archive);
    Files.write(archive, content);
  }

  private List<String> versionLoads() throws Exception {
    try (Bundle version = start(home, new Bundle.Setup(work), "--version")) {
      assertThat(version.exitCode()).as(version.output()).isZero();
      assertThat(version.output()).startsWith("onefile-assignment-routes ");
    }
    return loadedFromIt("--version");
  }

  /** The classes that a command took from the archive, as the JVM says. */
  private List<String> loadedFromIt(String command) throws IOException {
    try (Stream<String> lines = Files.lines(work.resolve(command + ".classes"))) {
      return lines
          .filter(line -> line.contains(USED))
          .map(line -> line.substring(0, line.indexOf(USED)))
          .toList();
    }
  }

  /** Under the Java that the tests run on; which classes come from where is noted. */
  private static Bundle start(Path where, Bundle.Setup setup, String command) {
    return setup
        .with("JAVA_HOME", System.getProperty("java.home"))
        .with("JAVA_OPTS", "-Xmx256m -Xlog:class+load:file=%s.classes:none".formatted(command))
        .startProgram(List.of(where.resolve("start.sh").toString(), command));
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> found = Files.list(directory)) {
      return found.map(path -> path.getFileName().toString()).toList();
    }
  }
}
