package uk.onefileroutes.pace;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What base rate, plan and windows make of one local day, which has 23 or 25 hours where the clocks
 * change. Pauses are not in it.
 *
 * @param zone whose local clocks are meant
 * @param from its first moment
 * @param until the first moment of the next day
 * @param parts in order and without gaps; neighbours differ
 */
public record PlannedDay(ZoneId zone, Instant from, Instant until, List<Part> parts) {

  /** Copies the parts. */
  public PlannedDay {
    parts = List.copyOf(parts);
  }

  /**
   * A part of the day in which one thing holds.
   *
   * @param rate what it would be where a window is closed
   * @param source where the rate comes from
   * @param plan the plan entry that it comes from, if it does
   * @param window the closed window, if it is closed
   */
  public record Part(
      Instant from,
      Instant until,
      Rate rate,
      PaceStatus.Source source,
      @Nullable String plan,
      @Nullable String window) {

    private boolean continues(Part before) {
      return rate.equals(before.rate)
          && source == before.source
          && Objects.equals(plan, before.plan)
          && Objects.equals(window, before.window);
    }
  }

  /**
   * The day that this moment lies in.
   *
   * @param byHand the rate set by hand, which holds from this moment on; null if none is
   */
  static PlannedDay around(Instant now, Timetable planned, @Nullable Rate byHand) {
    ZoneId zone = planned.zone();
    LocalDate date = LocalDate.ofInstant(now, zone);
    Instant from = date.atStartOfDay(zone).toInstant();
    Instant until = date.plusDays(1).atStartOfDay(zone).toInstant();
    List<Part> parts = new ArrayList<>();
    if (byHand == null) {
      add(parts, from, until, planned, false);
    } else {
      add(parts, from, now, planned, false);
      add(parts, now, until, planned.withRate(byHand), true);
    }
    return new PlannedDay(zone, from, until, parts);
  }

  private static void add(
      List<Part> parts, Instant from, Instant until, Timetable planned, boolean isByHand) {
    // windows as they are announced: the seconds before them in which admission ends are no window
    Timetable announced =
        new Timetable(
            planned.zone(), planned.base(), planned.plan(), planned.closed(), Duration.ZERO);
    Instant at = from;
    while (at.isBefore(until)) {
      Stretch stretch = announced.stretchAt(at);
      Instant end = stretch.until().isBefore(until) ? stretch.until() : until;
      PlanEntry plan = stretch.plan();
      ClosedWindow window = stretch.window();
      PaceStatus.Source source = plan == null ? PaceStatus.Source.BASE : PaceStatus.Source.PLAN;
      Part part =
          new Part(
              at,
              end,
              stretch.rate(),
              isByHand ? PaceStatus.Source.BY_HAND : source,
              plan == null ? null : plan.name(),
              window == null ? null : window.name());
      Part before = parts.isEmpty() ? null : parts.get(parts.size() - 1);
      if (before != null && part.continues(before)) {
        parts.set(
            parts.size() - 1,
            new Part(before.from, end, part.rate, part.source, part.plan, part.window));
      } else {
        parts.add(part);
      }
      at = end;
    }
  }
}
