package uk.onefileroutes.alarm;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import uk.onefileroutes.shown.Shown;

/**
 * What one scan finds: what is wrong, and of what it can't be told. Of everything else it is known
 * that nothing is wrong. For one thread.
 */
public final class AlarmScan {
  private static final int MESSAGE = 1000;
  private static final int ABOUT = 300;

  private final Map<Alarm.Key, String> seen = new LinkedHashMap<>();
  private final Set<AlarmCode> untold = EnumSet.noneOf(AlarmCode.class);
  private final Set<Alarm.Key> untoldKeys = new HashSet<>();

  /** Something is wrong of which there is only one. */
  public void sees(AlarmCode code, String message) {
    sees(code, "", message);
  }

  /**
   * Something is wrong. Of several messages about one thing the first counts.
   *
   * @param about the feed, file or place that it concerns
   * @param message what is wrong and what to do
   */
  public void sees(AlarmCode code, String about, String message) {
    seen.putIfAbsent(key(code, about), oneLine(message, MESSAGE));
  }

  /** It can't be told now whether this is so of anything: what stands, stands. */
  public void cannotTell(AlarmCode code) {
    untold.add(code);
  }

  /** The same of one thing. */
  public void cannotTell(AlarmCode code, String about) {
    untoldKeys.add(key(code, about));
  }

  Map<Alarm.Key, String> seen() {
    return seen;
  }

  boolean isTold(Alarm.Key key) {
    return !untold.contains(key.code()) && !untoldKeys.contains(key);
  }

  private static Alarm.Key key(AlarmCode code, String about) {
    return new Alarm.Key(code, oneLine(about, ABOUT));
  }

  /** It becomes a log line, a mail header, a cell of a page: nothing in it may begin another. */
  static String oneLine(String text, int most) {
    return Shown.line(text, most - 3);
  }
}
