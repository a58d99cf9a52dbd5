package uk.onefileroutes.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.onefileroutes.ManualLinks;
import uk.onefileroutes.simulator.Simulator;
import uk.onefileroutes.simulator.SimulatorOptions;

/** What is installed: the zip, unpacked in one place and started from another. */
class InstallIT {
  private static final Path ZIP =
      Path.of(System.getProperty("zip", "target/onefile-assignment-routes.zip")).toAbsolutePath();

  @TempDir static Path folder;
  private static Path home;

  @TempDir Path work;

  @BeforeAll
  static void unzip() throws IOException {
    Path place = Files.createDirectories(folder.resolve("Program Files"));
    try (FileSystem zip =
            FileSystems.newFileSystem(ZIP, Map.of("enablePosixFileAttributes", true));
        Stream<Path> entries = Files.walk(zip.getPath("/"))) {
      for (Path entry : entries.toList()) {
        Path file = place.resolve(zip.getPath("/").relativize(entry).toString());
        if (Files.isDirectory(entry)) {
          Files.createDirectories(file);
        } else {
          Files.copy(entry, file);
          Files.setPosixFilePermissions(file, Files.getPosixFilePermissions(entry));
        }
      }
    }
    home = place.resolve("onefile-assignment-routes");
  }

  @Test
  void theZipHoldsOneFolderWithAllThatIsNeeded() throws IOException {
    assertThat(names(home.getParent())).containsExactly("onefile-assignment-routes");
    List<String> all = new ArrayList<>(names(home));
    // Maven makes none where it is offline
    boolean isBomMade = Files.exists(ZIP.resolveSibling("bom.json"));
    assertThat(all.remove("bom.json")).isEqualTo(isBomMade);
    assertThat(all)
        .containsExactly(
            "LICENSE",
            "README.md",
            "THIRD-PARTY.txt",
            "config",
            "deploy",
            "docs",
            "lib",
            "onefile-assignment-routes-service.xml",
            "onefile-assignment-routes.jar",
            "onefile-assignment-routes.service",
            "routes",
            "start.cmd",
            "start.sh");
    assertThat(names(home.resolve("config"))).isEqualTo(names(Path.of("config")));
    assertThat(names(home.resolve("config/feeds"))).isEqualTo(names(Path.of("config/feeds")));
    assertThat(names(home.resolve("routes"))).isEqualTo(names(Path.of("routes")));
    assertThat(names(home.resolve("deploy"))).isEqualTo(names(Path.of("src/deploy")));
    assertThat(names(home.resolve("deploy/kubernetes")))
        .isEqualTo(names(Path.of("src/deploy/kubernetes")));
    assertThat(Files.getPosixFilePermissions(home.resolve("start.sh")))
        .isEqualTo(PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(Files.readString(home.resolve("start.sh"))).doesNotContain("\r");
    assertThat(Files.readString(home.resolve("start.cmd"))).contains("@echo off\r\n");
  }

  @Test
  void theManualIsBesideItAndItsLinksLeadSomewhere() throws IOException {
    assertThat(names(home.resolve("docs"))).isEqualTo(names(Path.of("src/docs")));
    List<String> broken = new ArrayList<>(ManualLinks.broken(home.resolve("README.md")));
    try (Stream<Path> pages = Files.walk(home.resolve("docs"))) {
      for (Path page : pages.filter(file -> file.toString().endsWith(".md")).toList()) {
        broken.addAll(ManualLinks.broken(page));
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void theLibrariesAreThoseOfTheJarsClassPathAndNoOthers() throws IOException {
    try (JarFile jar = new JarFile(home.resolve("onefile-assignment-routes.jar").toFile())) {
      String classPath = jar.getManifest().getMainAttributes().getValue("Class-Path");

      assertThat(names(home.resolve("lib")).stream().map(name -> "lib/" + name))
          .containsExactlyInAnyOrder(classPath.split(" ", -1));
    }
  }

  @Test
  void theLicenceOfEachLibraryIsNamed() throws IOException {
    String licences = Files.readString(home.resolve("THIRD-PARTY.txt"));
    for (String library : names(home.resolve("lib"))) {
      String artifact = library.replaceFirst("-(\\d[\\w.]*)\\.jar$", ":$1");
      assertThat(licences.lines().filter(line -> line.startsWith("(") && line.contains(artifact)))
          .as(library)
          .isNotEmpty();
    }
    assertThat(licences).doesNotContainIgnoringCase("unknown license");
  }

  @Test
  void theDemoRunsFromAnyFolder() throws Exception {
    Bundle.Setup withoutOnefile =
        new Bundle.Setup(work).with("ONEFILE_BASE_URL", "http://127.0.0.1:9/api/v2.1");
    try (Bundle demo = start(withoutOnefile, "demo")) {
      assertThat(demo.exitCode()).as(demo.output()).isZero();
      assertThat(demo.output()).contains("NOT_AN_ID");
    }
  }

  @Test
  void theDemoRunsWherePathsHaveUmlautsAndTheEnvironmentNoLocale() throws Exception {
    // the shell makes the names: Java might not be able to, under the locale that the tests have
    String script =
        """
        place="$1/$(printf 'B\\303\\274ro Z\\303\\274rich')"
        mkdir "$place" && cp -R "$2" "$place/here" && cd "$place" && exec here/start.sh demo
        """;
    try (Bundle demo =
        new Bundle.Setup(work)
            .with("LC_ALL", "C")
            .startProgram(
                List.of("/bin/sh", "-c", script, "sh", work.toString(), home.toString()))) {
      assertThat(demo.exitCode()).as(demo.output()).isZero();
      assertThat(demo.output()).contains("NOT_AN_ID");
    }
  }

  @Test
  void runNeedsOnlyTheEnvironmentAndEndsWithZeroWhenStopped() throws Exception {
    DataFolder data = new DataFolder(work.resolve("data"));
    try (Simulator onefile = Simulator.start(SimulatorOptions.defaults().withCallsPerMinute(0));
        Bundle running = start(Bundle.Setup.toRun(work, onefile.baseUrl()), "run")) {
      running.awaitStarted();
      data.drop("export.csv", DataFolder.rows(3));
      assertThat(data.awaitResults("export.results.csv", running))
          .hasSize(3)
          .allMatch(line -> line.contains(",sent,SENT,"));

      assertThat(running.stop()).isLessThan(Bundle.PATIENCE);
      assertThat(running.output()).contains("Stopped");
    }
  }

  @Test
  void aLinkToTheScriptFindsItsFolder() throws Exception {
    Path there = Files.createDirectories(folder.resolve("a b"));
    Files.createSymbolicLink(there.resolve("second"), home.resolve("start.sh"));
    Path first = folder.resolve("first");
    Files.createSymbolicLink(first, Path.of("a b", "second")); // relative
    try (Bundle version =
        new Bundle.Setup(work).startProgram(List.of(first.toString(), "--version"))) {
      assertThat(version.exitCode()).as(version.output()).isZero();
      assertThat(version.output()).contains("onefile-assignment-routes ");
    }
  }

  @Test
  void argumentsAndExitCodeAreTheProgramsOwn() throws Exception {
    try (Bundle refused = start(new Bundle.Setup(work), "--routes", "no where", "run")) {
      assertThat(refused.exitCode()).as(refused.output()).isEqualTo(2);
      assertThat(refused.output()).contains("no where");
    }
  }

  @Test
  void optionsOfTheVirtualMachineComeFromTheEnvironment() throws Exception {
    Bundle.Setup setup =
        new Bundle.Setup(work).with("JAVA_OPTS", "-Xmx300m -XX:+PrintCommandLineFlags");
    try (Bundle version = start(setup, "--version")) {
      assertThat(version.exitCode()).as(version.output()).isZero();
      assertThat(version.output())
          .contains("-XX:MaxHeapSize=314572800")
          .as("they take nothing away but the size of the heap")
          .contains("-XX:+ExitOnOutOfMemoryError");
    }
  }

  @Test
  void whateverStartsItEndsItWhenItRunsOutOfMemory() throws IOException {
    for (String name : List.of("start.sh", "start.cmd", "onefile-assignment-routes-service.xml")) {
      assertThat(Files.readString(home.resolve(name)))
          .as(name)
          .containsPattern("-XX:\\+ExitOnOutOfMemoryError .*(-jar|\"\\$@\")");
    }
    assertThat(Files.readString(Path.of("Dockerfile"))).contains("\"-XX:+ExitOnOutOfMemoryError\"");
    assertThat(Files.readString(home.resolve("onefile-assignment-routes.service")))
        .contains("/start.sh run\n");
  }

  @Test
  void whateverStartsItHasTheSameCollectorCompilerAndYoungGeneration() throws IOException {
    for (String name : List.of("start.sh", "start.cmd", "onefile-assignment-routes-service.xml")) {
      assertThat(Files.readString(home.resolve(name)))
          .as(name)
          .containsPattern("-XX:\\+UseSerialGC -XX:TieredStopAtLevel=1 (?:-|[$%].*JAVA_OPTS)")
          .contains("-Xmx256m -Xms64m -Xmn24m");
    }
    assertThat(Files.readString(Path.of("Dockerfile")))
        .contains(
            "ENTRYPOINT [\"java\", \"-XX:+UseSerialGC\", \"-XX:TieredStopAtLevel=1\",",
            "\"-Xms64m\", \"-Xmn24m\"");
  }

  @Test
  void withoutJavaItSaysSo() throws Exception {
    assertRefused(new Bundle.Setup(work).with("PATH", bareTools().toString()), 3, "no Java found");
  }

  @Test
  void aJavaThatIsTooOldIsNamed() throws Exception {
    Path tools = bareTools();
    program(tools.resolve("java"), "echo '    java.specification.version = 11' >&2");
    assertRefused(new Bundle.Setup(work).with("PATH", tools.toString()), 3, "is Java 11; 17 or");
    program(tools.resolve("java"), "echo '    java.specification.version = 1.8' >&2");
    assertRefused(new Bundle.Setup(work).with("PATH", tools.toString()), 3, "is Java 1.8; 17 or");
  }

  @Test
  void aWrongJavaHomeIsRefusedRatherThanIgnored() throws Exception {
    assertRefused(new Bundle.Setup(work).with("JAVA_HOME", work.toString()), 2, "JAVA_HOME is");
  }

  @Test
  void everythingThatTheDockerfileCopiesIsThereAfterTheBuild() throws IOException {
    String dockerfile = Files.readString(Path.of("Dockerfile"));
    List<String> let = Files.readAllLines(Path.of(".dockerignore"));
    List<String> copied = new ArrayList<>();
    Matcher lines = Pattern.compile("(?m)^COPY (\\S+) (\\S+)$").matcher(dockerfile);
    while (lines.find()) {
      copied.add(lines.group(1));
    }

    assertThat(copied)
        .contains("target/onefile-assignment-routes.jar", "target/lib", "routes", "config")
        .allSatisfy(source -> assertThat(Path.of(source)).exists())
        .allSatisfy(source -> assertThat(let).contains("!" + source));
    // one official image, no other place to pull from
    assertThat(dockerfile.lines().filter(line -> line.startsWith("FROM")))
        .singleElement()
        .asString()
        .matches("FROM eclipse-temurin:\\d+\\.\\d+\\.\\d+_\\d+-jre-\\w+");
    assertThat(dockerfile).doesNotContainPattern("(?i)token|password|https?://");
  }

  private static void assertRefused(Bundle.Setup setup, int exitCode, String said)
      throws InterruptedException {
    try (Bundle refused = setup.startProgram(List.of(home.resolve("start.sh").toString(), "run"))) {
      assertThat(refused.exitCode()).as(refused.output()).isEqualTo(exitCode);
      assertThat(refused.output()).startsWith("Not started: ").contains(said);
    }
  }

  /** A folder of what the script needs, and no Java. */
  private Path bareTools() throws IOException {
    Path tools = Files.createDirectories(work.resolve("tools"));
    for (String tool : List.of("ls", "dirname", "sed")) {
      Path found =
          Files.exists(Path.of("/bin", tool)) ? Path.of("/bin", tool) : Path.of("/usr/bin", tool);
      program(tools.resolve(tool), "exec " + found + " \"$@\"");
    }
    return tools;
  }

  private static void program(Path file, String script) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** By the script, under the Java that the tests run on. */
  private static Bundle start(Bundle.Setup setup, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("start.sh").toString());
    command.addAll(List.of(arguments));
    return setup.with("JAVA_HOME", System.getProperty("java.home")).startProgram(command);
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> found = Files.list(directory)) {
      return found.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
