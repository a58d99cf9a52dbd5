package uk.onefileroutes.process;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** A minute in which no call may arrive, soon enough for a test. */
record ChaosWindow(Instant from, Instant to) {
  static final Duration LEAD = Duration.ofSeconds(2);
  private static final ZoneId ZONE = ZoneId.of("Europe/London");
  private static final Duration TO_GET_GOING = Duration.ofSeconds(20);

  /** The next full minute that leaves time to start a process before. */
  static ChaosWindow soon() {
    Instant from = Instant.now().plus(TO_GET_GOING).truncatedTo(ChronoUnit.MINUTES);
    Instant next = from.plus(Duration.ofMinutes(1));
    return new ChaosWindow(next, next.plus(Duration.ofMinutes(1)));
  }

  /** As the configuration writes it. */
  String text() {
    DateTimeFormatter minutes = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
    return minutes.format(LocalDateTime.ofInstant(from, ZONE))
        + "-"
        + minutes.format(LocalDateTime.ofInstant(to, ZONE));
  }

  boolean isClosedForASecond() {
    return Instant.now().isAfter(from.plusSeconds(1));
  }

  boolean contains(Instant instant) {
    return !instant.isBefore(from) && instant.isBefore(to);
  }
}
