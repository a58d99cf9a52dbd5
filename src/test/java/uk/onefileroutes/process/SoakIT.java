package uk.onefileroutes.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Months in two and a half minutes: whatever lives for an hour, a day or a file of the log lives
 * for seconds here, so that a process that began with nothing goes through several generations of
 * each while it receives and delivers. The same with the real lifetimes: {@link SoakForLong}.
 *
 * <p>Not shortened: a connection of the pool lives for half a minute at least, by Hikari's own
 * floor; hours of the plan begin and end at whole minutes; what is kept is kept for a day at least,
 * so that there are inputs from last year for the retention.
 */
class SoakIT {
  private static final Duration LENGTH = Duration.ofSeconds(150);
  private static final Duration MORE = Duration.ofMinutes(10);
  private static final Duration TO_FINISH = Duration.ofMinutes(6);
  private static final Duration TICK = Duration.ofMillis(100);
  private static final Duration STANDSTILL = Duration.ofSeconds(4);
  private static final ZoneId ZONE = ZoneId.of("Europe/London");

  @TempDir Path folder;
  private final List<String> troubles = new ArrayList<>();
  private final SoakBeat asking = new SoakBeat(Duration.ofSeconds(2));
  private final SoakBeat counting = new SoakBeat(Duration.ofSeconds(2));
  private final SoakBeat tokensDie = new SoakBeat(Duration.ofSeconds(20));
  private final SoakBeat lastYears = new SoakBeat(Duration.ofSeconds(15));
  private final SoakBeat standstills = new SoakBeat(Duration.ofSeconds(40));
  private boolean areSeveral;
  private final AtomicInteger old = new AtomicInteger();

  @Test
  void itLivesThroughManyGenerationsOfEverythingThatEnds() throws Exception {
    SoakWorld.Load load =
        new SoakWorld.Load(20, Duration.ofSeconds(3), Bundle.PATIENCE, Duration.ofHours(24));
    try (SoakWorld world = SoakWorld.start(folder, load)) {
      configure(world);
      Path pool =
          Files.write(
              folder.resolve("hikari.properties"),
              List.of("maxLifetime=36000", "keepaliveTime=30000"));
      Bundle.Setup setup = world.setup().withJvm("-Dhikaricp.configurationFile=" + pool);
      String output;
      try (Bundle running =
          setup
              .start("--config", world.config().toString(), "--routes", routes().toString(), "run")
              .awaitStarted()) {
        live(world, new SoakPorts(setup), running);
        running.stop();
        output = running.output();
      }
      SoakLog log = SoakLog.in(logs());
      troubles.addAll(log.unexpected());
      assertThat(troubles).as(output).isEmpty();
      assertThat(generations(world, log))
          .as("of each there were several")
          .allMatch(Generations::areSeveral);
      assertThat(names(world.data().resolve("backup"))).as("the newest three").hasSize(3);
      assertThat(world.sftp().openSessions()).as("each look ends its session").isZero();
    }
  }

  private void live(SoakWorld world, SoakPorts ports, Bundle running) {
    ports.awaitReady();
    long start = System.nanoTime();
    await("all files answered")
        .atMost(LENGTH.plus(MORE).plus(TO_FINISH))
        .pollDelay(Duration.ZERO)
        .pollInterval(TICK)
        .until(
            () -> {
              boolean isOpen = troubles.isEmpty() && isToGoOn(world, System.nanoTime() - start);
              assertThat(running.isAlive()).as("it runs: %s", running.output()).isTrue();
              world.tick(isOpen, troubles);
              if (asking.isDue()) {
                ports.ready(troubles);
                troubles.addAll(new SoakLog(running.output()).unexpected());
              }
              if (tokensDie.isDue()) {
                world.onefile().killTokens();
              }
              if (lastYears.isDue()) {
                dropLastYears(world);
              }
              if (standstills.isDue()) {
                running.standStill(STANDSTILL);
              }
              return !troubles.isEmpty() || (!isOpen && world.isAllAnswered());
            });
  }

  /** On a busy machine some of what ends does so later, and a token may die while nobody calls. */
  private boolean isToGoOn(SoakWorld world, long nanos) throws IOException {
    if (nanos < LENGTH.toNanos()) {
      return true;
    }
    if (counting.isDue()) {
      try {
        areSeveral =
            generations(world, SoakLog.in(logs())).stream().allMatch(Generations::areSeveral);
      } catch (NoSuchFileException e) {
        areSeveral = false; // it was rolled over as it was read
      }
    }
    return !areSeveral && nanos < LENGTH.plus(MORE).toNanos();
  }

  private static long refused(SoakWorld world) {
    return world.onefile().calls().stream().filter(call -> call.status() == 401).count();
  }

  /** How often something ended and began again, and how often at least it should have. */
  private record Generations(String what, long seen, int least) {
    boolean areSeveral() {
      return seen >= least;
    }
  }

  private List<Generations> generations(SoakWorld world, SoakLog log) throws IOException {
    long logins =
        world.onefile().calls().stream()
            .filter(call -> call.path().endsWith("/Authentication"))
            .count();
    return List.of(
        new Generations("connections at the end of their life", log.count("has passed maxL"), 12),
        new Generations("connections kept alive", log.count("keepalive: connection"), 3),
        new Generations("sessions with Onefile", logins, 6),
        new Generations("sessions that Onefile ended", refused(world), 3),
        new Generations("sessions with the SFTP server", world.sftp().logins(), 60),
        new Generations("backups", log.count("Ledger backed up to"), 8),
        new Generations("purges", log.count("RETENTION: deleted"), 8),
        new Generations("readings of the directory", log.count("Directory of organisation"), 5),
        new Generations("hours that began", log.edges("begins"), 3),
        new Generations("hours that ended", log.edges("ends"), 3),
        new Generations("closed windows", log.count("closed.a-minute begins"), 1),
        new Generations("triggers that misfired", log.count("misfired"), 3),
        new Generations("log files", names(logs()).size(), 10),
        new Generations("files answered", world.files(), 50));
  }

  private void configure(SoakWorld world) throws IOException {
    LocalTime now = LocalTime.now(ZONE);
    // not while it starts, and over before it ends
    LocalTime closed = now.plusSeconds(45 + 59);
    List<String> keys = new ArrayList<>();
    // these say that it is done at all; when, is said by the routes of this test
    keys.add("ledger.backup.at=02:30");
    keys.add("ledger.backup.keep=3");
    keys.add("onefile.renew-after=15s");
    keys.add("delivery.close-lead=2s");
    keys.add("delivery.closed.a-minute=" + minute(closed, 0));
    for (int i = 0; i < 6; i++) {
      keys.add("delivery.plan.m%d=%s at %d".formatted(i, minute(now, i), 6000 + 100 * i));
    }
    String quartz = "camel.component.quartz.properties[org.quartz.";
    keys.add(quartz + "jobStore.misfireThreshold]=1000");
    keys.add(
        quartz + "plugin.history.class]=org.quartz.plugins.history.LoggingTriggerHistoryPlugin");
    Files.write(world.config().resolve("application.properties"), keys);
    Files.writeString(
        world.config().resolve("log4j2.xml"),
        """
        <Configuration status="ERROR" shutdownHook="disable">
          <Appenders>
            <Console name="text">
              <PatternLayout pattern="%%d %%-5level %%c{1} - %%msg%%n"/>
            </Console>
            <RollingFile name="rolling" fileName="%1$s/now.log" filePattern="%1$s/%%i.log">
              <PatternLayout pattern="%%d %%-5level %%c{1} - %%msg%%n"/>
              <SizeBasedTriggeringPolicy size="4 KB"/>
              <DefaultRolloverStrategy max="10000" fileIndex="nomax"/>
            </RollingFile>
          </Appenders>
          <Loggers>
            <Logger name="org.quartz.plugins" level="info" additivity="false">
              <AppenderRef ref="rolling"><RegexFilter regex=".*misfired.*"/></AppenderRef>
            </Logger>
            <Logger name="com.zaxxer.hikari" level="debug" additivity="false">
              <AppenderRef ref="rolling"/>
            </Logger>
            <Root level="info">
              <AppenderRef ref="rolling"/>
              <AppenderRef ref="text"/>
            </Root>
          </Loggers>
        </Configuration>
        """
            .formatted(logs()));
  }

  private static String minute(LocalTime now, int after) {
    DateTimeFormatter format = DateTimeFormatter.ofPattern("HH:mm");
    LocalTime from = now.plusMinutes(after);
    return "daily %s-%s".formatted(format.format(from), format.format(from.plusMinutes(1)));
  }

  /** The shipped ones, where what is done each night is done every few seconds. */
  private Path routes() throws IOException {
    Path copy = Files.createDirectories(folder.resolve("routes"));
    try (Stream<Path> shipped = Files.list(Path.of("routes"))) {
      for (Path route : shipped.toList()) {
        Files.writeString(
            copy.resolve(route.getFileName()),
            Files.readString(route)
                .replace("{{ledger.backup.cron}}", "0/10 * * * * ?")
                .replace("{{retention.cron}}", "5/10 * * * * ?")
                .replace("{{directory.refresh.cron}}", "3/10 * * * * ?"));
      }
    }
    return copy;
  }

  private Path logs() {
    return folder.resolve("logs");
  }

  /** What the archive has from a year ago, for the retention to take away. */
  private void dropLastYears(SoakWorld world) throws IOException {
    Path archive = Files.createDirectories(world.data().resolve("archive/2020/01"));
    Path file = archive.resolve("old-%d.csv".formatted(old.incrementAndGet()));
    Files.writeString(file, "old");
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(365))));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
