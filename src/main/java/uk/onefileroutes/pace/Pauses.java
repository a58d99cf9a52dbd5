package uk.onefileroutes.pace;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * At most one pause for each reason. How long each still lasts is measured on the ticker, so that a
 * wall clock that is put forward or back neither ends it early nor draws it out. Not safe between
 * threads: the gate's lock guards it.
 */
final class Pauses {
  // a wall clock that is kept right by small steps is not told apart from the ticker
  private static final Duration DRIFT = Duration.ofSeconds(2);

  private final PaceTime time;
  private final Map<Pause.Reason, Held> byReason = new EnumMap<>(Pause.Reason.class);

  /** A pause and when it is over on the ticker; that means nothing where it must be resumed. */
  private record Held(Pause pause, long endNanos) {}

  Pauses(PaceTime time) {
    this.time = time;
  }

  /** Keeps whichever lasts longer; false if that is the one we had. */
  boolean add(Pause pause) {
    Held held = byReason.get(pause.reason());
    if (held != null && holds(held) && asOfNow(held).outlasts(pause)) {
      return false;
    }
    Duration lasts =
        pause.until() == null ? Duration.ZERO : Duration.between(time.instant(), pause.until());
    byReason.put(pause.reason(), new Held(pause, time.nanos() + lasts.toNanos()));
    return true;
  }

  boolean remove(Pause.Reason reason) {
    return byReason.remove(reason) != null;
  }

  /** Those that hold now, with their ends on the wall clock as it goes now. */
  List<Pause> now() {
    return byReason.values().stream().filter(this::holds).map(this::asOfNow).toList();
  }

  boolean hold() {
    for (Held held : byReason.values()) {
      if (holds(held)) {
        return true;
      }
    }
    return false;
  }

  private boolean holds(Held held) {
    return held.pause.until() == null || held.endNanos - time.nanos() > 0;
  }

  private Pause asOfNow(Held held) {
    Instant said = held.pause.until();
    if (said == null) {
      return held.pause;
    }
    Instant end = time.instant().plusNanos(held.endNanos - time.nanos());
    return Duration.between(said, end).abs().compareTo(DRIFT) < 0
        ? held.pause
        : new Pause(held.pause.reason(), end, held.pause.message());
  }

  /**
   * When the last of these is over, but not before {@code now}; {@link Instant#MAX} if one must be
   * resumed.
   */
  static Instant end(List<Pause> holding, Instant now) {
    Instant end = now;
    for (Pause pause : holding) {
      Instant until = pause.until() == null ? Instant.MAX : pause.until();
      end = until.isAfter(end) ? until : end;
    }
    return end;
  }
}
