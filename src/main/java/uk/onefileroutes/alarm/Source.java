package uk.onefileroutes.alarm;

import java.util.Set;
import java.util.function.Consumer;

/** Something that is looked at for alarms. Looking is quick and changes nothing outside. */
public interface Source {
  /** What it may be about. If looking fails, nothing can be told of these. */
  Set<AlarmCode> codes();

  /**
   * Says what is wrong now, and of what that can't be told.
   *
   * @throws RuntimeException if it can't look
   */
  void look(Look look);

  /** A source made of one verb. */
  static Source of(Set<AlarmCode> codes, Consumer<Look> verb) {
    return new Source() {
      @Override
      public Set<AlarmCode> codes() {
        return codes;
      }

      @Override
      public void look(Look look) {
        verb.accept(look);
      }
    };
  }
}
