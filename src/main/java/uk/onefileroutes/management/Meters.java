package uk.onefileroutes.management;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.alarm.AlarmCode;
import uk.onefileroutes.alarm.Alarms;
import uk.onefileroutes.assignment.Code;
import uk.onefileroutes.assignment.RowCounts;
import uk.onefileroutes.assignment.RowState;
import uk.onefileroutes.ledger.AcceptedFiles;
import uk.onefileroutes.management.Status.FeedNow;
import uk.onefileroutes.pace.Pace;
import uk.onefileroutes.pace.PaceStatus;
import uk.onefileroutes.pace.Pause;
import uk.onefileroutes.pace.Rate;
import uk.onefileroutes.stage.Stage;

/**
 * Our figures beside Camel's, where metrics are served: whether the files came, how old the oldest
 * row is that waits, what was invalid or rejected, whether we are throttled, what needs a person.
 * No learner is in any of them.
 */
public final class Meters {
  private static final double MILLIS = 1000;

  /** Those by our own judgement or Onefile's answer; the others say nothing of how well it goes. */
  private static final Set<RowState> COUNTED =
      EnumSet.of(
          RowState.INVALID, RowState.SENT, RowState.REJECTED, RowState.BLOCKED, RowState.WAITING);

  private final MeterRegistry registry;
  private final Sources sources;
  private final InstantSource clock;
  private final Optional<Instant> start;

  /**
   * Where they come from.
   *
   * @param dataFolder on the disk that must not become full
   */
  public record Sources(
      StatusReader status,
      Alarms alarms,
      AcceptedFiles files,
      RowCounts rows,
      Pace pace,
      Path dataFolder) {}

  private Meters(MeterRegistry registry, Sources sources, InstantSource clock) {
    this.registry = registry;
    this.sources = sources;
    this.clock = clock;
    this.start = Optional.of(clock.instant());
  }

  /** Adds them; does nothing where no metrics are served. */
  public static void addTo(CamelContext camel, Sources sources, InstantSource clock) {
    MeterRegistry registry = camel.getRegistry().findSingleByType(MeterRegistry.class);
    if (registry != null) {
      Meters meters = new Meters(registry, sources, clock);
      meters.backlog();
      meters.rows();
      meters.pace();
      sources.status().feeds().forEach(feed -> meters.feed(feed.name()));
      meters.stages();
      meters.machine();
      meters.alarms();
    }
  }

  private void backlog() {
    StatusReader status = sources.status();
    requests("open", reader -> reader.counts().open());
    requests("in_flight", reader -> reader.counts().inFlight());
    requests("waiting", reader -> reader.counts().waiting());
    Gauge.builder("onefile.requests.oldest.age", this, Meters::oldestAge)
        .strongReference(true)
        .baseUnit("seconds")
        .description("Since the oldest file was accepted that has an open request; 0: none has")
        .register(registry);
    Gauge.builder("onefile.rows.blocked", status, reader -> reader.counts().blocked())
        .description("Rows that wait for a person")
        .register(registry);
    Gauge.builder("onefile.files.held", status, StatusReader::heldFiles)
        .description("Files that wait for a person to release or cancel them")
        .register(registry);
  }

  private void requests(String state, ToDoubleFunction<StatusReader> count) {
    Gauge.builder("onefile.requests", sources.status(), count)
        .tag("state", state)
        .description("Requests that are not final: all that are open, and of these")
        .register(registry);
  }

  private double oldestAge() {
    Instant oldest = sources.status().counts().oldestAccepted();
    return oldest == null ? 0 : Duration.between(oldest, clock.instant()).toMillis() / MILLIS;
  }

  private void rows() {
    for (Code code : Code.values()) {
      if (COUNTED.contains(code.state())) {
        FunctionCounter.builder("onefile.rows", sources.rows(), rows -> rows.count(code))
            .tag("state", code.state().word())
            .tag("code", code.name())
            .description("How often an assignment was given this code since the start")
            .register(registry);
      }
    }
  }

  private void pace() {
    Pace pace = sources.pace();
    Gauge.builder("onefile.pace.calls.per.minute", pace, Meters::callsPerMinute)
        .description("Calls per minute that may leave now; 0: none, infinite: unlimited")
        .register(registry);
    FunctionCounter.builder("onefile.calls", pace, Pace::admissions)
        .description("Calls to Onefile admitted since the start, logins included")
        .register(registry);
    for (PaceStatus.State state : PaceStatus.State.values()) {
      Gauge.builder("onefile.pace.state", pace, now -> is(now.now().admission().state() == state))
          .tag("state", word(state))
          .description("1 for the state that the pace is in")
          .register(registry);
    }
    for (Pause.Reason reason : Pause.Reason.values()) {
      Gauge.builder("onefile.pause", pace, now -> is(isPausedFor(now, reason)))
          .tag("reason", word(reason))
          .description("1 while this pause holds; server: Onefile answered 429")
          .register(registry);
    }
    since(
        "onefile.session.age",
        "Age of the session with Onefile; none: NaN",
        () -> sources.status().tokenSince());
  }

  private static boolean isPausedFor(Pace pace, Pause.Reason reason) {
    return pace.now().pauses().stream().anyMatch(pause -> pause.reason() == reason);
  }

  private void feed(String name) {
    Gauge.builder("onefile.feed.failing", this, meters -> is(meters.reasonOf(name) != null))
        .strongReference(true)
        .tag("feed", name)
        .description("1 where the last look at the feed's place failed")
        .register(registry);
    since(
        "onefile.feed.listing.age",
        "Since the feed's place was last looked into with success, or since the start",
        () ->
            feedNow(name)
                .map(feed -> feed.listing().lastListedAt())
                .map(Instant::parse)
                .or(() -> start),
        "feed",
        name);
    since(
        "onefile.feed.file.age",
        "Since the feed's newest file was accepted; never: NaN",
        () -> sources.files().lastAccepted(name),
        "feed",
        name);
  }

  private @Nullable String reasonOf(String feed) {
    return feedNow(feed).map(each -> each.listing().failure()).orElse(null);
  }

  private Optional<FeedNow> feedNow(String name) {
    List<FeedNow> feeds = sources.status().feeds();
    return feeds.stream().filter(feed -> feed.name().equals(name)).findFirst();
  }

  private void stages() {
    for (Stage.Name stage : Stage.Name.values()) {
      Gauge.builder("onefile.stage.failing", sources.status(), status -> is(fails(status, stage)))
          .tag("stage", stage.word())
          .description(
              "1 while this stage of a file's way fails, and failed when it was tried again")
          .register(registry);
    }
  }

  private static boolean fails(StatusReader status, Stage.Name stage) {
    return status.troubles().stream().anyMatch(trouble -> trouble.stage() == stage);
  }

  private void machine() {
    Gauge.builder("onefile.disk.free", sources, at -> at.dataFolder().toFile().getUsableSpace())
        .strongReference(true)
        .baseUnit("bytes")
        .description("Room on the disk of the data folder")
        .register(registry);
  }

  private void alarms() {
    for (AlarmCode code : AlarmCode.values()) {
      Gauge.builder("onefile.alarm", sources.alarms(), alarms -> is(alarms.stands(code)))
          .tag("code", code.name())
          .description("1 while an alarm with this code stands")
          .register(registry);
    }
  }

  private void since(
      String name, String description, Supplier<Optional<Instant>> moment, String... tags) {
    Gauge.builder(name, moment, at -> age(at.get().orElse(null)))
        .tags(tags)
        .baseUnit("seconds")
        .strongReference(true)
        .description(description)
        .register(registry);
  }

  private double age(@Nullable Instant moment) {
    return moment == null
        ? Double.NaN
        : Duration.between(moment, clock.instant()).toMillis() / MILLIS;
  }

  private static double callsPerMinute(Pace pace) {
    if (!pace.isOpen()) {
      return 0;
    }
    Rate rate = pace.now().speed().rate();
    return rate.isUnlimited() ? Double.POSITIVE_INFINITY : rate.callsPerMinute();
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static double is(boolean condition) {
    return condition ? 1 : 0;
  }
}
