package uk.onefileroutes.pace;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** At most one pause for each reason. Not safe between threads: the gate's lock guards it. */
final class Pauses {

  private final Map<Pause.Reason, Pause> byReason = new EnumMap<>(Pause.Reason.class);

  /** Keeps whichever lasts longer; false if that is the one we had. */
  boolean add(Pause pause) {
    Pause known = byReason.get(pause.reason());
    if (known != null && known.outlasts(pause)) {
      return false;
    }
    byReason.put(pause.reason(), pause);
    return true;
  }

  boolean remove(Pause.Reason reason) {
    return byReason.remove(reason) != null;
  }

  List<Pause> at(Instant now) {
    return byReason.values().stream().filter(pause -> pause.holdsAt(now)).toList();
  }

  boolean holdAt(Instant now) {
    for (Pause pause : byReason.values()) {
      if (pause.holdsAt(now)) {
        return true;
      }
    }
    return false;
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
