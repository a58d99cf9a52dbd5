package uk.onefileroutes.alarm;

import java.util.Set;
import java.util.function.Consumer;

/** One of the checks of an alarm scan. It is quick and changes nothing outside. */
public interface AlarmCheck {
  /** What it may be about. If the check fails, nothing can be told of these. */
  Set<AlarmCode> codes();

  /**
   * Says what is wrong now, and of what that can't be told.
   *
   * @throws RuntimeException if it can't check
   */
  void check(AlarmScan scan);

  /** A check made of one verb. */
  static AlarmCheck of(Set<AlarmCode> codes, Consumer<AlarmScan> verb) {
    return new AlarmCheck() {
      @Override
      public Set<AlarmCode> codes() {
        return codes;
      }

      @Override
      public void check(AlarmScan scan) {
        verb.accept(scan);
      }
    };
  }
}
