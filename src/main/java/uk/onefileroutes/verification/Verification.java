package uk.onefileroutes.verification;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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
import uk.onefileroutes.ledger.SlotsOf;
import uk.onefileroutes.onefile.OnefileCall;
import uk.onefileroutes.onefile.Reading;
import uk.onefileroutes.pace.Pace;
import uk.onefileroutes.pace.PaceStatus;
import uk.onefileroutes.route.WorkIterator;
import uk.onefileroutes.verification.LearnerReading.Taken;

/**
 * The comparison that a person asked for, or the timetable, one at a time, and the steps of {@code
 * verify} that drive it. One learner after the other, one call after the other; it waits wherever
 * calls have to wait, and takes only what the requests leave of the pace. Of one that is cut off
 * nothing outlives the process but what it did about slots. Thread-safe.
 */
public final class Verification {
  private static final Logger LOG = LoggerFactory.getLogger(Verification.class);
  private static final int ATTEMPTS = 6;
  private static final Doubling WAITS = new Doubling(Duration.ofSeconds(2), Duration.ofMinutes(1));
  private static final Duration NOT_NOW = Duration.ofSeconds(1);

  private final Slots slots;
  private final DriftedSlots drifted;
  private final Schedule schedule;
  private final Pace pace;
  private final InstantSource clock;
  private @Nullable Run run;
  private Tallying found = new Tallying(OnDrift.REPORT);
  private State state = State.NONE;
  private @Nullable Instant endedAt;
  private int attempts;
  private Instant notBefore = Instant.MIN;
  private @Nullable LearnerReading reading;
  private @Nullable OnefileCall current;

  private enum State {
    NONE,
    RUNNING,
    DONE,
    STOPPED
  }

  /** What was asked for, and how much that was then. */
  private record Run(
      SlotsOf which,
      LearnersToRead learners,
      Amount amount,
      Instant startedAt,
      By by,
      OnDrift onDrift) {}

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
      Amount amount = start(SlotsOf.all(), By.TIMETABLE, schedule.onDrift());
      LOG.info(
          "Verification by verify.at began: {} learners, at least {} calls",
          amount.learners(),
          amount.readings());
    } catch (ActionRefused e) {
      LOG.warn("Verification by verify.at is left out: {}", e.getMessage());
    }
  }

  /**
   * Begins a comparison that changes nothing; returns at once.
   *
   * @return how much will be read
   * @throws ActionRefused if one runs, or the file has no rows
   */
  public Amount start(SlotsOf which) throws ActionRefused {
    return start(which, By.PERSON, OnDrift.REPORT);
  }

  private synchronized Amount start(SlotsOf which, By by, OnDrift onDrift) throws ActionRefused {
    if (run != null && state == State.RUNNING) {
      throw new ActionRefused(
          "A verification %s runs already, %d of %d learners read; stop it first, or wait."
              .formatted(run.which, report().tally().learnersRead(), run.amount.learners()));
    }
    run =
        new Run(
            which,
            new LearnersToRead(slots, which),
            slots.amount(which),
            clock.instant(),
            by,
            onDrift);
    found = new Tallying(onDrift);
    state = State.RUNNING;
    endedAt = null;
    attempts = 0;
    notBefore = Instant.MIN;
    reading = null;
    current = null;
    return run.amount;
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

  /** The calls to be made now, each after what came of the one before was taken. */
  public Iterator<@Nullable OnefileCall> calls() {
    return new WorkIterator<>(this::next);
  }

  private synchronized @Nullable OnefileCall next() {
    if (run == null
        || state != State.RUNNING
        || !pace.isOpen()
        || clock.instant().isBefore(notBefore)) {
      return null;
    }
    while (reading == null) {
      LearnerReading next = run.learners.next();
      if (next == null) {
        end(State.DONE);
        return null;
      }
      if (next.isDone()) {
        found.read(); // what was known of it was forgotten meanwhile
      } else {
        reading = next;
      }
    }
    current = reading.next();
    return current;
  }

  /** Takes what came of a call. */
  public synchronized void take(@Variable("call") OnefileCall call) {
    if (state != State.RUNNING || reading == null || call != current) {
      return; // stopped meanwhile
    }
    current = null;
    settle(reading, call.reading());
  }

  private void settle(LearnerReading learner, Reading answer) {
    if (answer instanceof Reading.NotNow) {
      notBefore = clock.instant().plus(NOT_NOW);
    } else if (answer instanceof Reading.Found yes) {
      compare(learner, learner.take(yes), yes.status());
    } else if (answer instanceof Reading.Refused refused) {
      learner.refused(refused.why());
      attempts = 0;
    } else if (answer instanceof Reading.Failed failed) {
      failed(learner, failed.cause());
    }
    if (reading != null && learner.isDone()) {
      done(learner);
    }
  }

  private void compare(LearnerReading learner, Taken taken, int status) {
    if (taken instanceof Taken.NotUnderstood) {
      failed(learner, "HTTP %d without what was asked for".formatted(status));
      return;
    }
    attempts = 0;
    if (taken instanceof Taken.Complete all) {
      List<Change> changes =
          found.compare(learner.learner(), all.before(), all.after(), all.said());
      if (!changes.isEmpty()) {
        found.done(changes, drifted.change(learner.learner(), changes));
      }
    }
  }

  private void failed(LearnerReading learner, String cause) {
    attempts++;
    if (attempts < ATTEMPTS) {
      notBefore = clock.instant().plus(WAITS.after(attempts - 1));
    } else {
      found.failed(learner.learner(), learner.named(cause));
      attempts = 0;
      reading = null;
    }
  }

  private void done(LearnerReading learner) {
    if (learner.refusal() == null) {
      found.read();
    } else {
      found.notFound(learner.learner(), learner.refusal());
    }
    reading = null;
  }

  private void end(State how) {
    state = how;
    endedAt = clock.instant();
    Report report = report();
    LOG.info(
        "Verification {} {}: {} of {} learners read, {} slots equal, {} drifted, {} kept by hand,"
            + " {} forgotten, {} of levels not compared, {} learners not found, {} not readable",
        report.run().of(),
        report.run().state(),
        report.tally().learnersRead(),
        report.amount().learners(),
        report.tally().equal(),
        report.tally().drifted(),
        report.hand().kept() + report.hand().newlyKept(),
        report.hand().forgotten(),
        report.amount().levels(),
        report.tally().notFound(),
        report.tally().failed());
    if (run != null && how == State.DONE && run.which.equals(SlotsOf.all())) {
      keepWhatIsLeft(run, report);
    }
  }

  /** Of one by the timetable; a person who compares sees it, and may find that nothing is left. */
  private void keepWhatIsLeft(Run ended, Report report) {
    long left = found.left();
    if (ended.by == By.TIMETABLE || left == 0) {
      drifted.ended(new DriftedSlots.Left(clock.instant(), report.tally().learnersRead(), left));
    }
  }
}
