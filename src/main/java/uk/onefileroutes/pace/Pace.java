package uk.onefileroutes.pace;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gate that every call to Onefile passes, authentication and look-ups included. It admits one
 * caller at a time, whose ever it is, in slots that are {@link Rate#spacing} apart. A call that
 * leaves a little late, by {@link Schedule#MAX_LAG} at most, does not put off the next one's slot;
 * but no call comes sooner than half the spacing after the last one. What else was not used is
 * lost, never caught up. So in any sliding 60 s at most the calls of the highest rate that held in
 * them are admitted.
 *
 * <p>Nothing is reserved ahead: a slot is taken when it is due, under the rate that holds at that
 * moment. Spacing and pauses are measured on the ticker, so a wall clock that is put forward or
 * back neither lets calls out early nor holds them up; windows and plan go by the wall clock.
 *
 * <p>Safe between threads. Whatever changes, waiting callers notice within 100 ms.
 */
public final class Pace {

  private static final Logger LOG = LoggerFactory.getLogger(Pace.class);
  private static final long SLICE_NANOS = Duration.ofMillis(100).toNanos();

  private final PaceTime time;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Turns turns = new Turns();
  private final Pauses pauses;
  private final Admissions admissions;
  private volatile PaceSetting setting;
  private @Nullable Stretch current;
  private boolean stopping;

  /** A gate that nobody has passed yet: the first call goes at once. */
  public Pace(Timetable timetable, PaceTime time) {
    this(timetable, time, null);
  }

  /**
   * A gate that carries on where another process, now gone, left off.
   *
   * @param lastAdmission when that process last admitted a call or may have; the first call here
   *     keeps the whole spacing to it. If it lies in the future, because the clock was put back, it
   *     counts as now. Null if there was none
   */
  public Pace(Timetable timetable, PaceTime time, @Nullable Instant lastAdmission) {
    this.setting = new PaceSetting(timetable, null);
    this.time = time;
    this.pauses = new Pauses(time);
    this.admissions = new Admissions(lastAdmission, time);
  }

  /**
   * Waits for the caller's slot and takes it. Callers are served in the order in which they came.
   *
   * @return true if the call may leave now, and counts; false, without delay, if admission is
   *     closed or ends while waiting: a window or the lead before it, a pause, a rate of 0, or
   *     stopping
   * @throws InterruptedException if the thread is interrupted; then no slot was taken
   */
  public boolean admit() throws InterruptedException {
    return admit(Turns.Rank.USUAL);
  }

  /**
   * As {@link #admit}, but served before all callers waiting there: for calls without which the
   * others are in vain.
   */
  public boolean admitAhead() throws InterruptedException {
    return admit(Turns.Rank.AHEAD);
  }

  /**
   * As {@link #admit}, but served only while nobody else waits: for calls that nobody's assignment
   * depends on. While others always wait, it waits too.
   */
  public boolean admitBehind() throws InterruptedException {
    return admit(Turns.Rank.BEHIND);
  }

  private boolean admit(Turns.Rank rank) throws InterruptedException {
    Object ticket = new Object();
    lock.lockInterruptibly();
    try {
      turns.join(rank, ticket);
      while (true) {
        Instant wall = time.instant();
        if (!admitsAt(wall)) {
          return false;
        }
        long now = time.nanos();
        Rate rate = stretchAt(wall).rate();
        boolean first = turns.isNext(ticket);
        long wait = first ? admissions.nanosToNext(rate, now) : SLICE_NANOS;
        if (wait <= 0) {
          admissions.add(rate, wall, now);
          return true;
        }
        time.awaitUntil(lock, changed, now + Math.min(wait, SLICE_NANOS));
      }
    } finally {
      turns.leave(rank, ticket);
      changed.signalAll();
      lock.unlock();
    }
  }

  private boolean admitsAt(Instant now) {
    return !stopping && !pauses.hold() && stretchAt(now).admits();
  }

  /**
   * The stretch we are in, worked out again only when it is over, or the wall clock was put back
   * before it.
   */
  private Stretch stretchAt(Instant now) {
    Stretch stretch = current;
    if (stretch == null || !stretch.contains(now)) {
      stretch = setting.effective().stretchAt(now);
      current = stretch;
    }
    return stretch;
  }

  /** Whether a caller who comes now would be admitted, once its slot is due. */
  public boolean isOpen() {
    lock.lock();
    try {
      return admitsAt(time.instant());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Admits nobody until the pause is over. If one for the same reason holds that lasts longer, that
   * one stays. May be called again.
   */
  public void pauseUntil(Pause pause) {
    change(
        () -> {
          if (pauses.add(pause)) {
            Instant end = pause.until();
            Object until = end == null ? "resumed" : end.truncatedTo(ChronoUnit.SECONDS);
            LOG.info("Paused until {}. {}", until, pause);
          }
        });
  }

  /** Ends the pause for this reason; others stay. Does nothing if there is none. */
  public void resume(Pause.Reason reason) {
    change(
        () -> {
          if (pauses.remove(reason)) {
            LOG.info("Pause over: {}", reason.words());
          }
        });
  }

  /**
   * Sets a rate by hand in place of base rate and plan, until {@link #resetRate}. Closed windows
   * stay closed.
   */
  public void setRate(Rate rate) {
    change(() -> setting = setting.withRate(rate));
    LOG.info("Rate set by hand: {} calls per minute", rate);
  }

  /** Goes back to base rate and plan. */
  public void resetRate() {
    change(() -> setting = setting.withRate(null));
    LOG.info("Rate no longer set by hand");
  }

  /**
   * Goes by another timetable from now on. Pauses, a rate set by hand and the last admission stay.
   */
  public void replace(Timetable other) {
    change(() -> setting = setting.with(other));
  }

  /** What base rate, plan and windows are now. */
  public Timetable timetable() {
    return setting.planned();
  }

  /**
   * Waiting callers look at the clock again at once. Changes nothing; may be called at any time.
   */
  public void lookAgain() {
    change(() -> {});
  }

  /** Admits nobody any more, for good; waiting callers get false. May be called again. */
  public void stop() {
    change(() -> stopping = true);
  }

  private void change(Runnable what) {
    lock.lock();
    try {
      what.run();
      current = null;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** How many calls this gate has admitted. */
  public long admissions() {
    lock.lock();
    try {
      return admissions.count();
    } finally {
      lock.unlock();
    }
  }

  /**
   * When the last call was admitted, on the wall clock: here, or by the process before this one.
   */
  public Optional<Instant> lastAdmission() {
    lock.lock();
    try {
      return admissions.last();
    } finally {
      lock.unlock();
    }
  }

  /** The pace as it is now. */
  public PaceStatus now() {
    Instant now;
    PaceSetting said;
    List<Pause> holding;
    boolean stopped;
    lock.lock();
    try {
      now = time.instant();
      said = setting;
      holding = pauses.now();
      stopped = stopping;
    } finally {
      lock.unlock();
    }
    // Without the lock: looking far ahead takes a while, and callers wait for their slots.
    return PaceStatus.of(now, said, holding, stopped);
  }

  /** What plan, windows and a rate set by hand make of the local day that it is now. */
  public PlannedDay today() {
    PaceSetting said = setting;
    return PlannedDay.around(time.instant(), said.planned(), said.byHand());
  }

  /**
   * What timetable and hand say of this moment, for people: {@code Closed: daily-release until
   * 07:35}, {@code Rate 120/min: plan office-hours until 18:00}. Times are those of local clocks;
   * pauses are not known here.
   */
  public String sentenceAt(Instant instant) {
    PaceSetting said = setting;
    return PaceSentence.of(said.planned(), instant, said.byHand());
  }

  /**
   * When the last of so many calls will be admitted, as far as is known now: through plan, windows,
   * pauses and a rate set by hand, if callers are always waiting.
   *
   * @return empty if it never will be, or not within {@link Timetable#HORIZON}
   */
  public Optional<Instant> finish(long calls) {
    Timetable effective;
    Instant from;
    lock.lock();
    try {
      effective = setting.effective();
      Instant now = time.instant();
      from = stopping ? Instant.MAX : Pauses.end(pauses.now(), now);
    } finally {
      lock.unlock();
    }
    return from.equals(Instant.MAX) ? Optional.empty() : effective.finish(from, calls);
  }
}
