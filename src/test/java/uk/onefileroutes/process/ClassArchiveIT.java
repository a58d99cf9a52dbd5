package uk.onefileroutes.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The class-data archive: made by a start, used by the next, harmless where it does not fit. */
class ClassArchiveIT {
  // nobody listens there; nothing of what is tested here calls anybody
  private static final String NOBODY = "http://127.0.0.1:9/api/v2.1";
  private static final Path BUILT =
      Path.of(System.getProperty("jar", "target/onefile-assignment-routes.jar")).toAbsolutePath();
  private static final String MADE = "Class-data archive made in ";
  private static final String USED = "source: shared objects file (top)";

  @TempDir static Path folder;
  private static Path home;
  private static Path jar;
  private static Path firstCache;

  @TempDir Path work;
  private Path cache;
  private Path archive;
  private Bundle.Setup setup;

  /** What the first start of all makes, beside what an interrupted one left. */
  @BeforeAll
  static void makeTheFirst() throws Exception {
    home = Files.createDirectories(folder.resolve("home"));
    for (Path linked : List.of(BUILT.resolveSibling("lib"), Path.of("routes"))) {
      Files.createSymbolicLink(home.resolve(linked.getFileName()), linked.toAbsolutePath());
    }
    jar = Files.copy(BUILT, home.resolve(BUILT.getFileName()));
    for (String file : List.of("start.sh", "jvm.options")) {
      Files.copy(
          Path.of("src/assembly", file), home.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
    }
    Path first = folder.resolve("first");
    firstCache = first.resolve("data/cache");
    Path left = Files.createDirectories(firstCache.resolve("making-left"));
    Files.writeString(left.resolve("classes.jsa"), "half of one");
    Files.setPosixFilePermissions(firstCache, PosixFilePermissions.fromString("rwx------"));
    Files.setPosixFilePermissions(
        firstCache.getParent(), PosixFilePermissions.fromString("rwx------"));
    try (Bundle making = start(Bundle.Setup.toRun(first, NOBODY).quickFeed(), "run")) {
      making.awaitOutput(MADE);
      making.stop();
    }
  }

  @AfterAll
  static void unlink() throws IOException {
    Files.deleteIfExists(home.resolve("lib"));
    Files.deleteIfExists(home.resolve("routes"));
  }

  @BeforeEach
  void copyTheFirst() throws IOException {
    cache = work.resolve("data/cache");
    Path data = cache.getParent();
    Files.createDirectory(data, owner("rwx------"));
    Files.createDirectory(cache, owner("rwx------"));
    try (Stream<Path> files = Files.list(firstCache)) {
      for (Path file : files.toList()) {
        Files.copy(file, cache.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    archive = cache.resolve("classes.jsa");
    setup = Bundle.Setup.toRun(work, NOBODY).quickFeed();
  }

  @Test
  void itIsWholeAndItsOwnersAlone() throws Exception {
    try (Stream<Path> all = Files.list(firstCache)) {
      assertThat(all.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("classes.jsa", "classes.jsa.made-for");
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(archive)))
        .isEqualTo("rw-------");
  }

  @Test
  void theNextStartAndItsCommandsUseIt() throws Exception {
    FileTime made = Files.getLastModifiedTime(archive);
    try (Bundle running = start(setup, "run").awaitStarted();
        Bundle status = start(setup, "status")) {
      assertThat(status.exitCode()).as(status.output()).isZero();
      assertThat(status.output()).contains("Pace").doesNotContain("[warning]", "[error]");
      assertThat(loadedFromIt("status")).contains("uk.onefileroutes.cli.RunningInstance ");
      assertThat(loadedFromIt("run"))
          .contains("uk.onefileroutes.runtime.Instance ")
          .contains("org.apache.camel.main.Main ")
          .contains("uk.onefileroutes.ports.Console ");
      running.stop();
      assertThat(running.output()).doesNotContain(MADE, "[warning]", "[error]");
    }
    assertThat(Files.getLastModifiedTime(archive)).isEqualTo(made);
  }

  @Test
  void aBrokenOneIsReplaced() throws Exception {
    byte[] noise = new byte[100_000];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (byte) (i * 31);
    }
    Files.write(archive, noise);
    assertReplaced();
  }

  @Test
  void oneOfAnotherJarIsReplaced() throws Exception {
    FileTime before = Files.getLastModifiedTime(jar);
    Files.setLastModifiedTime(jar, FileTime.fromMillis(before.toMillis() - 60_000));
    try {
      assertReplaced();
    } finally {
      Files.setLastModifiedTime(jar, before);
    }
  }

  @Test
  void oneThatOthersMayWriteIsNotUsed() throws Exception {
    for (Path open : List.of(archive, cache, cache.getParent())) {
      var before = Files.getPosixFilePermissions(open);
      Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwx---"));
      assertThat(versionLoads()).as("%s is open", open).isEmpty();
      Files.setPosixFilePermissions(open, before);
    }
    assertThat(versionLoads()).as("none is open").isNotEmpty();
  }

  @Test
  void whereNoneCanBeWrittenItStartsAllTheSame() throws Exception {
    for (Path file : List.of(archive, cache.resolve("classes.jsa.made-for"), cache)) {
      Files.delete(file);
    }
    Files.writeString(cache, "not a folder"); // rights would not stop root
    try (Bundle running = start(setup, "run").awaitStarted()) {
      running.awaitOutput("No class-data archive: ");
      running.stop();
    }
    assertThat(cache).hasContent("not a folder");
  }

  @Test
  void itIsSwitchedOff() throws Exception {
    setup.with("CLASS_ARCHIVE", "off");
    assertThat(versionLoads()).isEmpty();
  }

  private void assertReplaced() throws Exception {
    try (Bundle running = start(setup, "run")) {
      running.awaitOutput(MADE);
      assertThat(running.output()).doesNotContain("[warning]", "[error]");
      running.stop();
    }
    assertThat(loadedFromIt("run")).isEmpty();
    assertThat(versionLoads()).isNotEmpty();
  }

  private List<String> versionLoads() throws Exception {
    try (Bundle version = start(setup, "--version")) {
      assertThat(version.exitCode()).as(version.output()).isZero();
      assertThat(version.output()).doesNotContain("[warning]", "[error]");
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

  /**
   * By the script, under the Java that the tests run on; which classes come from where is noted.
   */
  private static Bundle start(Bundle.Setup setup, String command) {
    return setup
        .with("JAVA_HOME", System.getProperty("java.home"))
        .with("JAVA_OPTS", "-Xmx256m -Xlog:class+load:file=%s.classes:none".formatted(command))
        .startProgram(List.of(home.resolve("start.sh").toString(), command));
  }

  private static FileAttribute<?> owner(String rights) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights));
  }
}
