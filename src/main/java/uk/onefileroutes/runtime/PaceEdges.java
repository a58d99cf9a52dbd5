package uk.onefileroutes.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.quartz.SchedulerException;
import org.quartz.TriggerKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.onefileroutes.delivery.Claims;
import uk.onefileroutes.pace.Edge;
import uk.onefileroutes.pace.Pace;
import uk.onefileroutes.pace.PaceTime;
import uk.onefileroutes.pace.Timetable;

/**
 * The starts and ends of plan entries and closed windows. The one Quartz trigger of the route
 * {@code pace-edge} is always set to the next of them, which its description names.
 *
 * <p>Edges tell and wake; they decide nothing. Whether a call may leave is a question that the pace
 * asks the clock, so that an edge that is told late or not at all lets nothing through.
 *
 * <p>Safe between threads.
 */
public final class PaceEdges {
  /** The trigger of the route. */
  static final TriggerKey TRIGGER = new TriggerKey("next-edge", "pace");

  private static final Logger LOG = LoggerFactory.getLogger(PaceEdges.class);
  private static final Duration QUARTZ_EARLY = Duration.ofMillis(10); // 2 ms by its own account
  private static final Duration WITHOUT_EDGE = Duration.ofHours(1);

  private final Pace pace;
  private final Claims claims;
  private final PaceTime time;
  private final Triggers triggers;
  private Instant told; // no edge up to here is told any more

  /** Schedules nothing yet. */
  PaceEdges(Pace pace, Claims claims, PaceTime time, Triggers triggers) {
    this.pace = pace;
    this.claims = claims;
    this.time = time;
    this.triggers = triggers;
    this.told = time.instant();
  }

  /**
   * Sets the trigger to the next edge of this timetable from now on. May be called at any time
   * after Camel has started, and again. The pace itself goes by {@link Pace#replace}.
   *
   * @throws IllegalStateException if Quartz refuses; the trigger fires within an hour all the same,
   *     and the next edge is scheduled then
   */
  public synchronized void schedule(Timetable timetable) {
    told = time.instant();
    arm(timetable);
  }

  /** Starts all triggers again, this one at the next edge, after a jump of the clock. */
  synchronized void scheduleAgain() {
    try {
      triggers.restart();
    } catch (SchedulerException e) {
      throw new IllegalStateException("the triggers can't be scheduled again", e);
    }
    schedule(pace.timetable());
  }

  /**
   * Says what the pace is now and wakes the workers, if an edge has passed since the last time; of
   * several it names the last. Then schedules the next. May run again, at any time.
   */
  public synchronized void passed() {
    Instant now = time.instant().plus(QUARTZ_EARLY);
    Timetable timetable = pace.timetable();
    Optional<Edge> edge = lastEdge(timetable, told, now);
    told = now;
    if (edge.isPresent()) {
      LOG.info("{} ({})", pace.sentenceAt(now), words(edge.get().changes()));
      pace.lookAgain();
      claims.lookAgain();
    }
    arm(timetable);
  }

  private void arm(Timetable timetable) {
    Optional<Edge> next = timetable.nextEdge(told);
    try {
      triggers.startAt(
          TRIGGER,
          next.map(Edge::at).orElse(told.plus(WITHOUT_EDGE)),
          next.map(edge -> words(edge.changes())).orElse("no edge is to come"));
    } catch (SchedulerException e) {
      throw new IllegalStateException("the next edge of the pace can't be scheduled", e);
    }
  }

  /** The last edge after the one moment and not after the other. */
  static Optional<Edge> lastEdge(Timetable timetable, Instant after, Instant until) {
    List<Edge> edges =
        after.isBefore(until) ? timetable.edges(after.plusNanos(1), until.plusNanos(1)) : List.of();
    return edges.isEmpty() ? Optional.empty() : Optional.of(edges.get(edges.size() - 1));
  }

  /** {@code plan.office-hours ends, closed.daily-release begins}. */
  private static String words(List<Edge.Change> changes) {
    return changes.stream()
        .sorted(Comparator.comparing(Edge.Change::starts))
        .map(
            change ->
                (change.subject() == Edge.Subject.CLOSED ? "closed." : "plan.")
                    + change.name()
                    + (change.starts() ? " begins" : " ends"))
        .collect(Collectors.joining(", "));
  }
}
