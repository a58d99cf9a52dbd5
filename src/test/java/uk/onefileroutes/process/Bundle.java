package uk.onefileroutes.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uk.onefileroutes.testing.FreePort;

/**
 * The packaged jar as a process of its own, in a working directory of its own. Nothing of the
 * environment that the tests run in reaches its keys.
 */
final class Bundle implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final Path JAR =
      Path.of(System.getProperty("jar", "target/onefile-assignment-routes.jar")).toAbsolutePath();

  private final Process process;
  private final Path output;

  private Bundle(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** How to start one; may be used again. */
  static final class Setup {
    private final Path workingFolder;
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> jvm = new ArrayList<>();
    private boolean usesArchive = true;

    Setup(Path workingFolder) {
      this.workingFolder = workingFolder;
    }

    /** Everything that {@code run} needs to reach this far side, by the environment only. */
    static Setup toRun(Path workingFolder, String baseUrl) {
      return new Setup(workingFolder)
          .with("ONEFILE_BASE_URL", baseUrl)
          .with("ONEFILE_CUSTOMER_TOKEN", "simulator-customer-token")
          .with("DELIVERY_CALLS_PER_MINUTE", "unlimited")
          // whatever the time of day at which the tests run
          .with("DELIVERY_CLOSED_DAILY_RELEASE", "never")
          .with("MANAGEMENT_PORT", Integer.toString(FreePort.find()))
          .with("CONSOLE_PORT", Integer.toString(FreePort.find()));
    }

    /**
     * A configuration of its own in place of the shipped one, which would wait to see whether a
     * file stays the same: tests drop by renaming, and each file is of other learners.
     */
    Setup quickFeed() {
      try {
        Path feeds = Files.createDirectories(workingFolder.resolve("config/feeds"));
        Files.writeString(workingFolder.resolve("config/application.properties"), "");
        Files.writeString(
            feeds.resolve("inbox.properties"),
            """
            source=directory
            directory=inbox
            results.directory=results
            ready=rename
            poll=100ms
            feed.snapshot=partial
            """);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return withoutRouteMBeans();
    }

    /** Without MBeans of routes and their steps: where nobody looks at them, they take too long. */
    Setup withoutRouteMBeans() {
      return withJvm("-Dcamel.main.jmxManagementMBeansLevel=ContextOnly");
    }

    /** The same; retries and pauses are short too, and there are no ports and no MBeans. */
    Setup quick() {
      return quickFeed()
          .withJvm("-Dcamel.main.jmxEnabled=false")
          .with("MANAGEMENT_PORT", "off")
          .with("CONSOLE_PORT", "off")
          .with("DELIVERY_RETRY_FIRST", "50ms")
          .with("DELIVERY_RETRY_LONGEST", "50ms")
          .with("DELIVERY_OUTAGE_PAUSE", "300ms");
    }

    Setup with(String variable, String value) {
      environment.put(variable, value);
      return this;
    }

    String value(String variable) {
      return environment.getOrDefault(variable, "");
    }

    Setup without(String variable) {
      environment.remove(variable);
      return this;
    }

    Setup withJvm(String argument) {
      jvm.add(argument);
      return this;
    }

    /** Starts slower, and needs none to be made first. */
    Setup withoutArchive() {
      usesArchive = false;
      return this;
    }

    Bundle start(String... arguments) {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(
          List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m", "-Xms64m", "-Xmn24m"));
      if (usesArchive) {
        command.addAll(List.of("-XX:SharedArchiveFile=" + Archive.FILE, "-Xlog:cds=off"));
      }
      command.addAll(jvm);
      command.addAll(List.of("-jar", JAR.toString()));
      command.addAll(List.of(arguments));
      return startProgram(command);
    }

    /** Another program than the jar, in the same surroundings. */
    Bundle startProgram(List<String> command) {
      try {
        Files.createDirectories(workingFolder);
        Path output = Files.createTempFile(workingFolder, "output", ".txt");
        ProcessBuilder builder =
            new ProcessBuilder(command)
                .directory(workingFolder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder
            .environment()
            .keySet()
            .removeIf(
                name ->
                    name.matches(
                        "(ONEFILE|DELIVERY|LEDGER|REPORT|MANAGEMENT|CONSOLE|CAMEL|JAVA)_.*"));
        builder.environment().putAll(environment);
        return new Bundle(builder.start(), output);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * Classes as the JVM has them in memory: with them a process starts in half the time. Made by one
   * start and stop, once for all tests; a JVM that it does not fit goes on without.
   */
  private static final class Archive {
    // nobody listens there; nothing is sent
    private static final String NOBODY = "http://127.0.0.1:9/api/v2.1";

    static final Path FILE = make();

    private static Path make() {
      try {
        Path folder = Files.createTempDirectory(JAR.getParent(), "archive");
        Path file = folder.resolve("classes.jsa");
        Setup setup = Setup.toRun(folder, NOBODY).withJvm("-XX:ArchiveClassesAtExit=" + file);
        setup.usesArchive = false;
        try (Bundle once = setup.start("run").awaitStarted()) {
          once.process.destroy();
          // the JVM writes the archive as it ends, which takes long on a busy machine; it is no
          // loss
          boolean unused = once.process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        return file;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  /** Waits until the instance says that it runs. */
  Bundle awaitStarted() {
    awaitOutput("Started: ");
    return this;
  }

  /** Waits until this was printed. */
  void awaitOutput(String text) {
    await("the output has " + text)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .failFast(
            () ->
                assertThat(process.isAlive() || output().contains(text))
                    .as("the process ended: %s", output())
                    .isTrue())
        .untilAsserted(() -> assertThat(output()).contains(text));
  }

  /** Waits until a pattern was printed and returns its first group. */
  String awaitOutput(Pattern pattern) {
    Matcher[] found = new Matcher[1];
    await("the output has " + pattern)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              found[0] = pattern.matcher(output());
              return found[0].find();
            });
    return found[0].group(1);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** What it printed so far. */
  String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SIGTERM; the exit code must be 0, within 30 s. Returns how long it took. */
  Duration stop() throws InterruptedException {
    long start = System.nanoTime();
    process.destroy();
    boolean ended = process.waitFor(30, TimeUnit.SECONDS);
    if (!ended) { // what hangs is told by the JVM itself
      ProcessHandle.of(process.pid()).ifPresent(Bundle::dumpThreads);
    }
    assertThat(ended).as("it ends within 30 s of SIGTERM: %s", output()).isTrue();
    assertThat(process.exitValue()).as(output()).isZero();
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static void dumpThreads(ProcessHandle hanging) {
    try {
      Process quit = new ProcessBuilder("kill", "-QUIT", Long.toString(hanging.pid())).start();
      quit.onExit().join();
      ProcessHandle unused =
          hanging.onExit().completeOnTimeout(hanging, 1, TimeUnit.SECONDS).join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its number in the system. */
  long pid() {
    return process.pid();
  }

  /** Stops it as a machine that sleeps does, and lets it go on after so long. */
  void standStill(Duration length) throws IOException, InterruptedException {
    signal("-STOP");
    try {
      boolean ended = process.waitFor(length.toMillis(), TimeUnit.MILLISECONDS);
      assertThat(ended).as("it ended: %s", output()).isFalse();
    } finally {
      signal("-CONT");
    }
  }

  private void signal(String signal) throws IOException, InterruptedException {
    int unused = new ProcessBuilder("kill", signal, Long.toString(pid())).start().waitFor();
  }

  /** {@code kill -9}; returns when the process is gone. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    int unused = process.waitFor();
  }

  /** The exit code of a process that ends by itself. */
  int exitCode() throws InterruptedException {
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .as("it ends by itself: %s", output())
        .isTrue();
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
