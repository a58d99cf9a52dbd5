package uk.onefileroutes.pace;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The pace as a function of the clock: base rate, plan by time of day, closed windows. Immutable,
 * so safe between threads.
 *
 * <p>Hours are those of local clocks in the zone; what that means on the days the clocks change,
 * see {@link Hours}.
 *
 * @param zone whose local clocks plan and windows are written for
 * @param base the rate where no plan entry holds
 * @param plan rates by time of day; where several hold, the lowest rate wins
 * @param closed when no call leaves; windows may overlap
 * @param closeLead how long before a window admission ends, so that calls are answered before it
 *     starts
 */
public record Timetable(
    ZoneId zone, Rate base, List<PlanEntry> plan, List<ClosedWindow> closed, Duration closeLead) {

  /** The lead if nothing else is asked for. */
  public static final Duration DEFAULT_CLOSE_LEAD = Duration.ofSeconds(20);

  /** How far ahead an end is looked for; what takes longer counts as never. */
  public static final Duration HORIZON = Duration.ofDays(400);

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if the lead is negative or a day or more
   */
  public Timetable {
    plan = List.copyOf(plan);
    closed = List.copyOf(closed);
    if (closeLead.isNegative() || closeLead.compareTo(Duration.ofDays(1)) >= 0) {
      throw new IllegalArgumentException(
          "The time before a window in which nothing is admitted is %s: it must be at least 0 s and less than a day."
              .formatted(closeLead));
    }
  }

  /** This timetable with one rate at all times in place of base and plan; windows stay. */
  public Timetable withRate(Rate rate) {
    return new Timetable(zone, rate, List.of(), closed, closeLead);
  }

  /** This timetable with another plan. */
  public Timetable withPlan(List<PlanEntry> other) {
    return new Timetable(zone, base, other, closed, closeLead);
  }

  /** This timetable with other closed windows. */
  public Timetable withClosed(List<ClosedWindow> other) {
    return new Timetable(zone, base, plan, other, closeLead);
  }

  /** The rate at this moment, whether or not it lies in a closed window. */
  public Rate rateAt(Instant instant) {
    PlanEntry entry = entryAt(instant);
    return entry == null ? base : entry.rate();
  }

  private @Nullable PlanEntry entryAt(Instant instant) {
    PlanEntry slowest = null;
    for (PlanEntry entry : plan) {
      if (entry.hours().pieceAt(zone, instant).isPresent()
          && (slowest == null || entry.rate().compareTo(slowest.rate()) < 0)) {
        slowest = entry;
      }
    }
    return slowest;
  }

  /** The closed window this moment lies in; of several the one that ends last. */
  public Optional<ClosedWindow> closedAt(Instant instant) {
    return windowAt(instant, Duration.ZERO);
  }

  /**
   * The closed window that forbids admission at this moment: we are in it, or less than the lead
   * before it.
   */
  public Optional<ClosedWindow> admissionEndsAt(Instant instant) {
    return windowAt(instant, closeLead);
  }

  private Optional<ClosedWindow> windowAt(Instant instant, Duration lead) {
    ClosedWindow found = null;
    Instant latest = Instant.MIN;
    for (ClosedWindow window : closed) {
      for (Interval piece : window.hours().pieces(zone, instant, instant.plus(lead))) {
        boolean holds =
            !instant.isBefore(piece.start().minus(lead)) && instant.isBefore(piece.end());
        if (holds && piece.end().isAfter(latest)) {
          found = window;
          latest = piece.end();
        }
      }
    }
    return Optional.ofNullable(found);
  }

  /** What holds from this moment, and until when. */
  Stretch stretchAt(Instant instant) {
    Instant until = nextEdgeAt(instant).orElse(Instant.MAX);
    for (ClosedWindow window : closed) {
      // The lead before a window starts a stretch of its own.
      Instant edge =
          window
              .hours()
              .nextEdge(zone, instant.plus(closeLead))
              .map(at -> at.minus(closeLead))
              .orElse(until);
      until = edge.isBefore(until) ? edge : until;
    }
    PlanEntry entry = entryAt(instant);
    return new Stretch(
        instant,
        until,
        entry == null ? base : entry.rate(),
        entry,
        admissionEndsAt(instant).orElse(null));
  }

  private Optional<Instant> nextEdgeAt(Instant after) {
    return allHours()
        .flatMap(hours -> hours.nextEdge(zone, after).stream())
        .min(Instant::compareTo);
  }

  private Stream<Hours> allHours() {
    return Stream.concat(
        plan.stream().map(PlanEntry::hours), closed.stream().map(ClosedWindow::hours));
  }

  /**
   * The next start or end of a plan entry or window after this moment; empty if nothing changes any
   * more.
   */
  public Optional<Edge> nextEdge(Instant after) {
    return nextEdgeAt(after).map(this::edge);
  }

  /** The next moment after this one at which a closed window starts. */
  public Optional<Edge> nextClosing(Instant after) {
    Instant end = after.plus(HORIZON);
    Optional<Edge> edge = nextEdge(after);
    while (edge.isPresent() && !edge.get().closes()) {
      Instant at = edge.get().at();
      edge = at.isBefore(end) ? nextEdge(at) : Optional.empty();
    }
    return edge;
  }

  /**
   * Each start and end from {@code from}, included, to {@code until}, excluded; one edge a moment,
   * in order.
   */
  public List<Edge> edges(Instant from, Instant until) {
    TreeSet<Instant> moments = new TreeSet<>();
    allHours()
        .flatMap(hours -> hours.pieces(zone, from, until).stream())
        .flatMap(piece -> Stream.of(piece.start(), piece.end()))
        .filter(at -> !at.isBefore(from) && at.isBefore(until))
        .forEach(moments::add);
    return moments.stream().map(this::edge).toList();
  }

  private Edge edge(Instant at) {
    List<Edge.Change> changes = new ArrayList<>();
    for (ClosedWindow window : closed) {
      changes(Edge.Subject.CLOSED, window.name(), window.hours(), at, changes);
    }
    for (PlanEntry entry : plan) {
      changes(Edge.Subject.PLAN, entry.name(), entry.hours(), at, changes);
    }
    return new Edge(at, List.copyOf(changes), rateAt(at), closedAt(at));
  }

  private void changes(
      Edge.Subject subject, String name, Hours hours, Instant at, List<Edge.Change> into) {
    for (Interval piece : hours.pieces(zone, at, at)) {
      if (piece.end().equals(at) || piece.start().equals(at)) {
        into.add(new Edge.Change(subject, name, piece.start().equals(at)));
      }
    }
  }

  /**
   * The first moment, from this one on, at which a call could be admitted; empty if that is not
   * within {@link #HORIZON}.
   */
  public Optional<Instant> opens(Instant from) {
    Instant end = from.plus(HORIZON);
    Instant at = from;
    while (at.isBefore(end)) {
      Stretch stretch = stretchAt(at);
      if (stretch.admits()) {
        return Optional.of(at);
      }
      at = stretch.until();
    }
    return Optional.empty();
  }

  /**
   * When the last of so many calls will be admitted, if the first may go at {@code from} and
   * callers are always waiting. Unlimited calls are counted as taking no time. Pauses and rates set
   * by hand are not known here.
   *
   * @return empty if that is not within {@link #HORIZON}
   */
  public Optional<Instant> finish(Instant from, long calls) {
    if (calls <= 0) {
      return Optional.of(from);
    }
    Instant end = from.plus(HORIZON);
    Instant last = null;
    long left = calls;
    Instant now = from;
    while (now.isBefore(end)) {
      Stretch stretch = stretchAt(now);
      Instant until = stretch.until().isBefore(end) ? stretch.until() : end;
      if (stretch.admits()) {
        Duration spacing = stretch.rate().spacing();
        Instant due = last == null || last.plus(spacing).isBefore(now) ? now : last.plus(spacing);
        long fitting = fitting(due, until, spacing, left);
        if (fitting == left) {
          return Optional.of(due.plus(spacing.multipliedBy(left - 1)));
        }
        if (fitting > 0) {
          last = due.plus(spacing.multipliedBy(fitting - 1));
          left -= fitting;
        }
      }
      now = until;
    }
    return Optional.empty();
  }

  /** How many calls, at most those left, are due before the end. */
  private static long fitting(Instant due, Instant until, Duration spacing, long left) {
    if (!due.isBefore(until)) {
      return 0;
    }
    if (spacing.isZero()) {
      return left;
    }
    long nanos = Duration.between(due, until).toNanos();
    return Math.min(left, (nanos - 1) / spacing.toNanos() + 1);
  }
}
