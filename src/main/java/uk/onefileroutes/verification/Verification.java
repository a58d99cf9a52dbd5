package uk.onefileroutes.verification;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.onefileroutes.delivery.Doubling;
import uk.onefileroutes.ledger.ActionRefused;
import uk.onefileroutes.ledger.DriftedSlots;
import uk.onefileroutes.ledger.DriftedSlots.Change;
import uk.onefileroutes.ledger.Slots;
import uk.onefileroutes.ledger.Slots.Amount;
import uk.onefileroutes.ledger.Slots.Defaults;
import uk.onefileroutes.ledger.SlotsOf;
import uk.onefileroutes.onefile.OnefileCall;
import uk.onefileroutes.onefile.Reading;
import uk.onefileroutes.onefile.UserDefaults;
import uk.onefileroutes.pace.Pace;
import uk.onefileroutes.pace.PaceStatus;
import uk.onefileroutes.route.WorkIterator;

/**
 * The comparison that a person asked for, or the timetable, one at a time, and the steps of {@code
 * verify} that drive it. One learner after the other, one call each; it waits wherever calls have
 * to wait, and takes only what the requests leave of the pace. Of one that is cut off nothing
 * outlives the process but what it did about slots. Thread-safe.
 */
public final class Verification {
  private static final Logger LOG = LoggerFactory.getLogger(Verification.class);
  private static final int PAGE = 1000;
  private static final int ATTEMPTS = 6;
  private static final Doubling WAITS = new Doubling(Duration.ofSeconds(2), Duration.ofMinutes(1));
  private static final Duration NOT_NOW = Duration.ofSeconds(1);

  private final Slots slots;
  private final DriftedSlots drifted;
  private final Schedule schedule;
  private final Pace pace;
  private final InstantSource clock;
  private final Deque<Long> page = new ArrayDeque<>();
  private @Nullable Run run;
  private Tallying found = new Tallying(OnDrift.REPORT);
  private State state = State.NONE;
  private @Nullable Instant endedAt;
  private long lastLearner;
  private int attempts;
  private Instant notBefore = Instant.MIN;
  private @Nullable OnefileCall current;
  private @Nullable Defaults before;

  private enum State {
    NONE,
    RUNNING,
    DONE,
    STOPPED
  }

  /** What was asked for, and how much that was then. */
  private record Run(SlotsOf which, Amount amount, Instant startedAt, By by, OnDrift onDrift) {}

  private enum By {
    PERSON,
    TIMETABLE
  }

  /**
   * The comparison by the timetable.
   *
   * @param at when, as Quartz reads it; empty: never
   * @param onDrift what is done about slots that are not as the ledger says
   */
  public record Schedule(Optional<String> at, OnDrift onDrift) {}

  public Verification(
      Slots slots, DriftedSlots drifted, Schedule schedule, Pace pace, InstantSource clock) {
    this.slots = slots;
    this.drifted = drifted;
    this.schedule = schedule;
    this.pace = pace;
    this.clock = clock;
  }

  /**
   * The comparison of all slots by the timetable, if there is to be one. Left out where one runs
   * already.
   */
  public void scheduled() {
    if (schedule.at().isEmpty()) {
      return;
    }
    try {
      long learners = start(SlotsOf.all(), By.TIMETABLE, schedule.onDrift());
      LOG.info("Verification by verify.at began: {} learners, one call each", learners);
    } catch (ActionRefused e) {
      LOG.warn("Verification by verify.at is left out: {}", e.getMessage());
    }
  }

  /**
   * Begins a comparison that changes nothing; returns at once.
   *
   * @return how many learners will be read
   * @throws ActionRefused if one runs, or the file has no rows
   */
  public long start(SlotsOf which) throws ActionRefused {
    return start(which, By.PERSON, OnDrift.REPORT);
  }

  private synchronized long start(SlotsOf which, By by, OnDrift onDrift) throws ActionRefused {
    if (run != null && state == State.RUNNING) {
      throw new ActionRefused(
          "A verification %s runs already, %d of %d learners read; stop it first, or wait."
              .formatted(run.which, report().tally().learnersRead(), run.amount.learners()));
    }
    run = new Run(which, slots.amount(which), clock.instant(), by, onDrift);
    found = new Tallying(onDrift);
    state = State.RUNNING;
    endedAt = null;
    page.clear();
    lastLearner = 0;
    attempts = 0;
    notBefore = Instant.MIN;
    current = null;
    return run.amount.learners();
  }

  /** Ends it where it is; false if none runs. */
  public synchronized boolean stop() {
    if (state != State.RUNNING) {
      return false;
    }
    end(State.STOPPED);
    return true;
  }

  /** How it stands, or how the last one ended. */
  public synchronized Report report() {
    if (run == null) {
      return Report.NONE;
    }
    return found.report(
        new Report.Run(
            state.name().toLowerCase(Locale.ROOT),
            run.which.toString(),
            run.onDrift.name().toLowerCase(Locale.ROOT),
            run.startedAt.toString(),
            endedAt == null ? null : endedAt.toString(),
            waits()),
        run.amount);
  }

  private @Nullable String waits() {
    if (state != State.RUNNING) {
      return null;
    }
    PaceStatus now = pace.now();
    if (!now.isOpen()) {
      return now.admission().reason();
    }
    return attempts > 0 ? "The last call failed; it is tried again at " + notBefore + "." : null;
  }

  /** The learners to be read now, each after the one before it was taken. */
  public Iterator<@Nullable OnefileCall> learners() {
    return new WorkIterator<>(this::next);
  }

  private synchronized @Nullable OnefileCall next() {
    if (run == null
        || state != State.RUNNING
        || !pace.isOpen()
        || clock.instant().isBefore(notBefore)) {
      return null;
    }
    if (page.isEmpty()) {
      page.addAll(slots.learners(run.which, lastLearner, PAGE));
    }
    if (page.isEmpty()) {
      end(State.DONE);
      return null;
    }
    long learner = page.getFirst();
    current = OnefileCall.get("User/" + learner, () -> remember(learner));
    return current;
  }

  /** What the ledger says just before the call leaves. */
  private void remember(long learner) {
    Defaults now = slots.defaults(learner);
    synchronized (this) {
      before = now;
    }
  }

  /** Takes what came of a learner's call. */
  public synchronized void take(@Variable("call") OnefileCall call) {
    if (state != State.RUNNING || page.isEmpty() || call != current) {
      return; // stopped meanwhile
    }
    current = null;
    settle(page.getFirst(), call.reading());
  }

  private void settle(long learner, Reading reading) {
    Instant now = clock.instant();
    if (reading instanceof Reading.NotNow) {
      notBefore = now.plus(NOT_NOW);
    } else if (reading instanceof Reading.Found answer && before != null) {
      compare(learner, before, answer);
    } else if (reading instanceof Reading.Refused refused) {
      found.notFound(learner, refused.why());
      done(learner);
    } else if (reading instanceof Reading.Failed failed) {
      failed(learner, failed.cause());
    }
  }

  private void compare(long learner, Defaults then, Reading.Found answer) {
    Optional<UserDefaults> said = UserDefaults.parse(learner, answer.text());
    if (said.isPresent()) {
      List<Change> changes = found.compare(learner, then, slots.defaults(learner), said.get());
      if (!changes.isEmpty()) {
        found.done(changes, drifted.change(learner, changes));
      }
      done(learner);
    } else {
      failed(learner, "HTTP %d without this user".formatted(answer.status()));
    }
  }

  private void failed(long learner, String cause) {
    attempts++;
    if (attempts < ATTEMPTS) {
      notBefore = clock.instant().plus(WAITS.after(attempts - 1));
    } else {
      found.failed(learner, cause);
      done(learner);
    }
  }

  private void done(long learner) {
    page.removeFirst();
    lastLearner = learner;
    attempts = 0;
    before = null;
  }

  private void end(State how) {
    state = how;
    endedAt = clock.instant();
    page.clear();
    Report report = report();
    LOG.info(
        "Verification {} {}: {} of {} learners read, {} slots equal, {} drifted, {} kept by hand,"
            + " {} forgotten, {} learners not found, {} not readable",
        report.run().of(),
        report.run().state(),
        report.tally().learnersRead(),
        report.amount().learners(),
        report.tally().equal(),
        report.tally().drifted(),
        report.hand().kept() + report.hand().newlyKept(),
        report.hand().forgotten(),
        report.tally().notFound(),
        report.tally().failed());
    if (run != null && how == State.DONE && run.which.equals(SlotsOf.all())) {
      keepWhatIsLeft(run, report);
    }
  }

  /** Of one by the timetable; a person who compares sees it, and may find that nothing is left. */
  private void keepWhatIsLeft(Run ended, Report report) {
    long left = ended.onDrift == OnDrift.REPORT ? report.tally().drifted() : 0;
    if (ended.by == By.TIMETABLE || left == 0) {
      drifted.ended(new DriftedSlots.Left(clock.instant(), report.amount().learners(), left));
    }
  }
}
