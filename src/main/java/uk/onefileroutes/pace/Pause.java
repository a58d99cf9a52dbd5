package uk.onefileroutes.pace;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A reason to admit nobody for a while. Pauses for different reasons are independent: the gate
 * opens when all are over.
 *
 * @param reason who or what asks for it
 * @param until when it is over by itself; null: only when it is resumed
 * @param message a sentence for people, without secrets
 */
public record Pause(Reason reason, @Nullable Instant until, String message) {

  /** Who or what asks for a pause. */
  public enum Reason {
    /** Onefile asked us to wait (429). */
    SERVER("Asked for by Onefile"),
    /** Onefile does not answer as it should. */
    OUTAGE("Outage of Onefile"),
    /** Onefile does not accept our token. */
    UNAUTHORISED("Not authorised"),
    /** A person paused delivery. */
    OPERATOR("Paused by hand");

    private final String words;

    Reason(String words) {
      this.words = words;
    }

    /** For people. */
    public String words() {
      return words;
    }
  }

  /** Whether it lasts longer than the other one. */
  boolean outlasts(Pause other) {
    return other.until != null && (until == null || until.isAfter(other.until));
  }

  /** For people: {@code Asked for by Onefile: 429 with Retry-After 30.} */
  @Override
  public String toString() {
    return reason.words() + ": " + message + (message.endsWith(".") ? "" : ".");
  }
}
