package uk.onefileroutes.pace;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a timetable says of one moment, as a line for people on local clocks. */
final class PaceSentence {
  private static final DateTimeFormatter TODAY = DateTimeFormatter.ofPattern("HH:mm");
  private static final DateTimeFormatter OTHER_DAY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

  private PaceSentence() {}

  static String of(Timetable timetable, Instant at, @Nullable Rate byHand) {
    Optional<ClosedWindow> window = timetable.closedAt(at);
    if (window.isPresent()) {
      return "Closed: " + window.get().name() + until(window.get().hours(), timetable.zone(), at);
    }
    if (byHand != null) {
      return rate(byHand) + "set by hand";
    }
    Stretch stretch = timetable.stretchAt(at);
    PlanEntry entry = stretch.plan();
    return rate(stretch.rate())
        + (entry == null
            ? "base rate"
            : "plan " + entry.name() + until(entry.hours(), timetable.zone(), at));
  }

  private static String rate(Rate rate) {
    return "Rate " + rate + (rate.isUnlimited() ? "" : "/min") + ": ";
  }

  /** Nothing where the hours never end: those of one day may touch those of the next. */
  private static String until(Hours hours, ZoneId zone, Instant at) {
    return hours
        .nextEdge(zone, at)
        .map(
            end -> {
              LocalDateTime local = LocalDateTime.ofInstant(end, zone);
              boolean today =
                  local.toLocalDate().equals(LocalDateTime.ofInstant(at, zone).toLocalDate());
              return " until " + local.format(today ? TODAY : OTHER_DAY);
            })
        .orElse("");
  }
}
