package uk.onefileroutes.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The real process with its real lifetimes under steady traffic, for as long as the system property
 * {@code soak.minutes} says; started by {@code mvn -Psoak verify} only. Each file must be answered
 * rightly and in time, it must stay ready and its log quiet, and at the end it must need no more of
 * anything than early on. Leaves its samples, its log and its data in {@code target/soak}.
 */
class SoakForLong {
  private static final Duration TICK = Duration.ofMillis(200);
  private static final Duration READY_EVERY = Duration.ofSeconds(5);
  private static final Duration COMMAND_EVERY = Duration.ofMinutes(5);
  private static final Duration TO_FINISH = Duration.ofMinutes(2);
  private static final int SAMPLES = 120;
  private static final int MANY = 20;

  private final Duration length =
      Duration.ofMinutes(Long.parseLong(System.getProperty("soak.minutes", "120")));
  private final List<String> troubles = new ArrayList<>();
  private final List<SoakSample> samples = new ArrayList<>();

  @Test
  void itNeedsNoMoreOfAnythingAndAnswersEachFile() throws Exception {
    Path folder =
        Files.createDirectories(
            Path.of(
                    "target",
                    "soak",
                    DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss")
                        .format(LocalDateTime.now(ZoneId.systemDefault())))
                .toAbsolutePath());
    SoakWorld.Load load =
        new SoakWorld.Load(
            500, Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofMinutes(10));
    try (SoakWorld world = SoakWorld.start(folder, load)) {
      Files.write(world.config().resolve("application.properties"), nightsSoon());
      Path pool = Files.writeString(folder.resolve("hikari.properties"), "registerMbeans=true\n");
      Bundle.Setup setup = world.setup().withJvm("-Dhikaricp.configurationFile=" + pool);
      try (Bundle running =
          setup.start("--config", world.config().toString(), "run").awaitStarted()) {
        soak(world, setup, running, folder.resolve("samples.csv"));
        say("stopped within %s".formatted(running.stop()));
        troubles.addAll(new SoakLog(running.output()).unexpected());
      }
      assertThat(world.data().resolve("backup")).as("backed up once").isNotEmptyDirectory();
    }
    List<SoakJudge.Growth> growths = SoakJudge.judge(samples);
    say("what it needed early and late%n%s".formatted(SoakJudge.table(growths)));
    assertThat(troubles).as("troubles, in %s", folder).isEmpty();
    assertThat(growths).as("growth, in %s", folder).allMatch(SoakJudge.Growth::isWithinBound);
  }

  /** What is done each night is done once, in the first minutes. */
  private static List<String> nightsSoon() {
    LocalTime now = LocalTime.now(ZoneId.of("Europe/London"));
    DateTimeFormatter minute = DateTimeFormatter.ofPattern("HH:mm");
    return List.of(
        "ledger.backup.at=" + minute.format(now.plusMinutes(2)),
        "retention.at=" + minute.format(now.plusMinutes(3)),
        "directory.refresh.at=" + minute.format(now.plusMinutes(4)));
  }

  private void soak(SoakWorld world, Bundle.Setup setup, Bundle running, Path csv)
      throws Exception {
    long start = System.nanoTime();
    SoakPorts ports = new SoakPorts(setup);
    ports.awaitReady();
    SoakBeat sampling = new SoakBeat(sampleEvery());
    SoakBeat asking = new SoakBeat(READY_EVERY);
    SoakBeat commands = new SoakBeat(COMMAND_EVERY);
    SoakBeat minutes = new SoakBeat(Duration.ofMinutes(1));
    try (SoakProbe probe = SoakProbe.of(running, world);
        BufferedWriter out = Files.newBufferedWriter(csv)) {
      out.write(SoakSample.csvHeader() + "\n");
      await("all files answered")
          .atMost(length.plus(TO_FINISH))
          .pollDelay(Duration.ZERO)
          .pollInterval(TICK)
          .until(
              () -> {
                Duration at = Duration.ofNanos(System.nanoTime() - start);
                boolean isOpen = at.compareTo(length) < 0 && troubles.size() < MANY;
                assertThat(running.isAlive()).as("it runs: %s", running.output()).isTrue();
                world.tick(isOpen, troubles);
                if (asking.isDue()) {
                  ports.ready(troubles);
                }
                if (sampling.isDue() && isOpen) {
                  ports.look(troubles);
                  SoakSample sample = probe.sample(at);
                  samples.add(sample);
                  out.write(sample.csv() + "\n");
                  out.flush();
                }
                if (commands.isDue()) {
                  command(setup);
                }
                if (minutes.isDue()) {
                  progress(world, at);
                }
                return !isOpen && world.isAllAnswered();
              });
    }
    say("the test itself took %.1f %% of a core".formatted(ownCpuPercent(start)));
  }

  private Duration sampleEvery() {
    long seconds = length.toSeconds() / SAMPLES;
    return Duration.ofSeconds(Math.min(30, Math.max(3, seconds)));
  }

  private void command(Bundle.Setup setup) throws InterruptedException {
    try (Bundle status = setup.start("status")) {
      if (status.exitCode() != 0) {
        troubles.add("status: " + status.output());
      }
    }
  }

  private void progress(SoakWorld world, Duration at) {
    if (!samples.isEmpty()) {
      say(
          "%d min: %d files, %d rows, %d troubles, %s"
              .formatted(
                  at.toMinutes(),
                  world.files(),
                  world.rows(),
                  troubles.size(),
                  samples.get(samples.size() - 1).text()));
    }
    troubles.stream().skip(said).forEach(SoakForLong::say);
    said = troubles.size();
  }

  private int said;

  private static double ownCpuPercent(long start) {
    OperatingSystemMXBean own =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return 100.0 * own.getProcessCpuTime() / (System.nanoTime() - start);
  }

  private static void say(String line) {
    System.out.println("Soak, " + line);
  }
}
