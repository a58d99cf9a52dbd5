package uk.onefileroutes.alarm;

import java.time.Instant;

/**
 * Something that a person must know until it is over.
 *
 * @param about the feed, file or place that it concerns; empty where there is only one
 * @param since when it began
 * @param message what is wrong and what to do, in one line
 */
public record Alarm(AlarmCode code, String about, Instant since, String message) {
  Key key() {
    return new Key(code, about);
  }

  Alarm saying(String newMessage) {
    return new Alarm(code, about, since, newMessage);
  }

  /** What tells alarms apart. */
  record Key(AlarmCode code, String about) {}
}
