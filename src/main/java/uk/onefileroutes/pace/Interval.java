package uk.onefileroutes.pace;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A piece of real time.
 *
 * @param start from when, included
 * @param end to when, excluded
 */
public record Interval(Instant start, Instant end) {

  /**
   * From the first moment at which local clocks show {@code from} or later, to the last at which
   * they show less than {@code to}. So a local hour that is skipped in spring lasts no time, and
   * one that comes twice in autumn lasts from its first coming to the end of its second.
   */
  static Interval of(ZoneId zone, LocalDateTime from, LocalDateTime to) {
    ZoneRules rules = zone.getRules();
    return new Interval(start(rules, from), end(rules, to));
  }

  private static Instant start(ZoneRules rules, LocalDateTime local) {
    ZoneOffsetTransition change = rules.getTransition(local);
    if (change == null) {
      return local.toInstant(rules.getOffset(local));
    }
    return change.isGap() ? change.getInstant() : local.toInstant(change.getOffsetBefore());
  }

  private static Instant end(ZoneRules rules, LocalDateTime local) {
    ZoneOffsetTransition change = rules.getTransition(local);
    // An end at the very minute to which clocks go back is not repeated: nothing before it is.
    if (change != null && change.isOverlap() && local.isAfter(change.getDateTimeAfter())) {
      return local.toInstant(change.getOffsetAfter());
    }
    return start(rules, local);
  }

  /** The same time as pieces in order that neither overlap nor touch; empty pieces are dropped. */
  static List<Interval> merged(List<Interval> pieces) {
    List<Interval> merged = new ArrayList<>();
    for (Interval piece : pieces.stream().sorted(Comparator.comparing(Interval::start)).toList()) {
      if (!piece.start.isBefore(piece.end)) {
        continue;
      }
      int last = merged.size() - 1;
      if (last >= 0 && !merged.get(last).end.isBefore(piece.start)) {
        Interval before = merged.get(last);
        Instant end = before.end.isAfter(piece.end) ? before.end : piece.end;
        merged.set(last, new Interval(before.start, end));
      } else {
        merged.add(piece);
      }
    }
    return merged;
  }

  /** Whether this moment lies in it. */
  public boolean contains(Instant instant) {
    return !instant.isBefore(start) && instant.isBefore(end);
  }
}
