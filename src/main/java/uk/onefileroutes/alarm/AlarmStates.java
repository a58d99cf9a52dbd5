package uk.onefileroutes.alarm;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which alarms stand, by comparing each scan with the one before: raised once, cleared once. One
 * that comes back within an hour of its end must be gone for a while before it counts as over, 2
 * min the first time, doubled each time up to an hour: so what comes and goes is not told each
 * time. For one thread.
 */
final class AlarmStates {
  private static final Duration SOON = Duration.ofHours(1);
  private static final Duration FIRST_WAIT = Duration.ofMinutes(2);
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);
  private static final int LONGEST_AFTER = 6;

  private final Map<Alarm.Key, Standing> standing = new LinkedHashMap<>();
  private final Map<Alarm.Key, Ended> ended = new HashMap<>();

  /** What a scan changed. */
  sealed interface Change {
    Alarm alarm();

    /**
     * It stands now.
     *
     * @param returns how often in a row it came back soon
     */
    record Raised(Alarm alarm, int returns) implements Change {}

    /** It stands no more. */
    record Cleared(Alarm alarm, Instant at) implements Change {}
  }

  /**
   * @param goneSince null while it is seen, or can't be told
   */
  private record Standing(Alarm alarm, int returns, @Nullable Instant goneSince) {}

  private record Ended(Instant at, int returns) {}

  /** Goes on with an alarm that an earlier process raised. */
  void restore(Alarm alarm, int returns) {
    standing.put(alarm.key(), new Standing(alarm, returns, null));
  }

  /** The alarms that stand, oldest first. */
  List<Alarm> all() {
    return standing.values().stream().map(Standing::alarm).toList();
  }

  /** Compares with what a scan finds. */
  List<Change> compare(AlarmScan scan, Instant now) {
    List<Change> changes = new ArrayList<>();
    clear(scan, now, changes);
    scan.seen()
        .forEach(
            (key, message) -> {
              Standing known = standing.get(key);
              if (known != null) {
                standing.put(
                    key, new Standing(known.alarm().saying(message), known.returns(), null));
              } else {
                changes.add(raise(key, message, now));
              }
            });
    // an end that lies ahead is of a clock that was put back
    ended.values().removeIf(end -> !isSoon(end, now));
    return changes;
  }

  private Change raise(Alarm.Key key, String message, Instant now) {
    Ended before = ended.remove(key);
    int returns = before != null && isSoon(before, now) ? before.returns() + 1 : 0;
    Alarm alarm = new Alarm(key.code(), key.about(), now, message);
    standing.put(key, new Standing(alarm, returns, null));
    return new Change.Raised(alarm, returns);
  }

  private void clear(AlarmScan scan, Instant now, List<Change> changes) {
    Iterator<Map.Entry<Alarm.Key, Standing>> each = standing.entrySet().iterator();
    while (each.hasNext()) {
      Map.Entry<Alarm.Key, Standing> entry = each.next();
      Standing known = entry.getValue();
      if (scan.seen().containsKey(entry.getKey()) || !scan.isTold(entry.getKey())) {
        continue;
      }
      Instant gone = known.goneSince();
      Instant since = gone == null || gone.isAfter(now) ? now : gone;
      if (Duration.between(since, now).compareTo(wait(known.returns())) >= 0) {
        each.remove();
        ended.put(entry.getKey(), new Ended(now, known.returns()));
        changes.add(new Change.Cleared(known.alarm(), now));
      } else {
        entry.setValue(new Standing(known.alarm(), known.returns(), since));
      }
    }
  }

  private static boolean isSoon(Ended end, Instant now) {
    return !end.at().isAfter(now) && Duration.between(end.at(), now).compareTo(SOON) < 0;
  }

  private static Duration wait(int returns) {
    if (returns == 0) {
      return Duration.ZERO;
    }
    Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(returns - 1, LONGEST_AFTER));
    return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
  }
}
