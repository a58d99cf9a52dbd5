package uk.onefileroutes.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that ran out of memory can't be relied on: it ends, and is started again. */
class OutOfMemoryIT {
  private static final Path BUILT =
      Path.of(System.getProperty("jar", "target/onefile-assignment-routes.jar")).toAbsolutePath();

  // nobody listens there; nothing is sent
  private static final String NOBODY = "http://127.0.0.1:9/api/v2.1";

  @TempDir Path work;

  @Test
  void aProcessThatRunsOutOfMemoryEndsWithACodeThatItsServiceRestarts() throws Exception {
    Bundle.Setup setup = Bundle.Setup.toRun(work, NOBODY).quick();
    Files.writeString(
        work.resolve("config/feeds/inbox.properties"),
        "limit.line=1048576\nlimit.bytes=1073741824\n",
        StandardOpenOption.APPEND);
    try (Bundle running =
        setup
            .with("JAVA_HOME", System.getProperty("java.home"))
            .with("JAVA_OPTS", "-Xmx48m")
            .startProgram(List.of(start(), "run"))) {
      running.awaitStarted();
      dropRowsOfAMillionCharacters(150);
      assertThat(running.exitCode()).as(running.output()).isEqualTo(3);
      assertThat(running.output()).contains("java.lang.OutOfMemoryError");
    }
    assertThat(Files.readAllLines(Path.of("src/assembly/onefile-assignment-routes.service")))
        .contains("Restart=on-failure", "RestartPreventExitStatus=2", "SuccessExitStatus=143");
  }

  /** More than the heap holds at a time, and within the feed's limits. */
  private void dropRowsOfAMillionCharacters(int count) throws IOException {
    String wide = "x".repeat(1_000_000);
    Path written = work.resolve("writing");
    try (BufferedWriter file = Files.newBufferedWriter(written)) {
      file.write(DataFolder.HEADER + "\n");
      for (int i = 0; i < count; i++) {
        file.write((1001 + i) + ",assessor,default,7," + wide + ",\n");
      }
    }
    Files.move(written, work.resolve("data/inbox/export.csv"));
  }

  /** The script as it is installed, beside the jar that was built. */
  private String start() throws IOException {
    Path home = Files.createDirectories(work.resolve("home"));
    for (Path linked : List.of(BUILT, BUILT.resolveSibling("lib"), Path.of("routes"))) {
      Files.createSymbolicLink(home.resolve(linked.getFileName()), linked.toAbsolutePath());
    }
    Path script = home.resolve("start.sh");
    Files.copy(Path.of("src/assembly/start.sh"), script, StandardCopyOption.COPY_ATTRIBUTES);
    return script.toString();
  }

  @AfterEach
  void unlink() throws IOException {
    for (String linked : List.of("onefile-assignment-routes.jar", "lib", "routes")) {
      Files.deleteIfExists(work.resolve("home").resolve(linked));
    }
  }
}
