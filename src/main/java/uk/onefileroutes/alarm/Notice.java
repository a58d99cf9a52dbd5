package uk.onefileroutes.alarm;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What one channel is told: that an alarm was raised or is over, or a test. Its verbs without
 * parameters are what the texts in the routes may use. No learner is in it, and nothing in it ends
 * a line.
 *
 * @param id the same for all channels, so that a receiver knows what it got twice
 * @param alarm when it is over: with the sentence that says so
 * @param at when that happened
 */
public record Notice(
    String id, Channel channel, Event event, Alarm alarm, Instant at, Origin origin) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss VV", Locale.ROOT);

  /** Where it goes. */
  public enum Channel {
    MAIL,
    WEBHOOK;

    /** The word for it in sentences and in the ledger. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What happened. */
  public enum Event {
    RAISED,
    CLEARED,
    TEST;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Event> of(String word) {
      return Arrays.stream(values()).filter(event -> event.word().equals(word)).findFirst();
    }
  }

  /**
   * Who says it.
   *
   * @param instance its name
   * @param zone whose clocks people read
   * @param account empty: there are no accounts
   */
  public record Origin(String instance, ZoneId zone, String account) {
    /** Where there are no accounts. */
    public Origin(String instance, ZoneId zone) {
      this(instance, zone, "");
    }
  }

  /** The name of the instance. */
  public String instance() {
    return origin.instance();
  }

  /** The code, or {@code TEST}. */
  public String code() {
    return event == Event.TEST ? "TEST" : alarm.code().name();
  }

  /** {@code raised}, {@code cleared} or {@code test}. */
  public String state() {
    return event.word();
  }

  /** The feed, file or place that it concerns; may be empty. */
  public String about() {
    return alarm.about();
  }

  /** In a few words: state, code and what it concerns. */
  public String headline() {
    String subject = (code() + " " + about()).strip();
    return switch (event) {
      case RAISED -> "ALARM " + subject;
      case CLEARED -> "over: " + subject;
      case TEST -> "test notice";
    };
  }

  /** What is wrong and what to do, or that it is over, as sentences. */
  public String message() {
    String text = alarm.message();
    String begun =
        text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    return begun.endsWith(".") || begun.endsWith("?") ? begun : begun + ".";
  }

  /** Since when it stands, or stood, on the clocks that people read. */
  public String since() {
    return TIME.format(alarm.since().atZone(origin.zone()));
  }

  /** When this happened, on the same clocks. */
  public String when() {
    return TIME.format(at.atZone(origin.zone()));
  }
}
