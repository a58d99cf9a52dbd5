package uk.onefileroutes.management;

import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.onefileroutes.ledger.ActionRefused;
import uk.onefileroutes.ledger.AuditLog;
import uk.onefileroutes.ledger.LedgerException;
import uk.onefileroutes.shown.Shown;

/**
 * Keeps what people do: an entry in the ledger, written before the action and completed after it,
 * and a line in the log. What was refused is kept too. Thread-safe.
 *
 * <p>A ledger that can't be written stops no action by that; the log has it then, and says so.
 */
public final class AuditTrail {
  private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);

  private final AuditLog audit;
  private final Supplier<Caller> callers;
  private final InstantSource clock;

  /** For an instance that runs. */
  public AuditTrail(AuditLog audit, InstantSource clock) {
    this(audit, Caller::current, clock);
  }

  /**
   * @param callers says who asks for what is being done now
   */
  public AuditTrail(AuditLog audit, Supplier<Caller> callers, InstantSource clock) {
    this.audit = audit;
    this.callers = callers;
    this.clock = clock;
  }

  /**
   * What is about to be done.
   *
   * @param action one word
   * @param subject to what
   * @param before how that stands
   */
  record AuditEntry(String action, String subject, String before) {}

  /**
   * What came of it.
   *
   * @param sentence without its first capital letter and its full stop, such as {@code released
   *     file 12}; for the log and for the person who asked
   * @param after how the subject stands now
   * @param result for the caller
   */
  record Outcome<T>(String sentence, String after, T result) {
    /** Where the sentence says all. */
    static Outcome<String> of(String sentence, String after) {
      return new Outcome<>(sentence, after, sentence);
    }
  }

  /**
   * An action that was done and kept.
   *
   * @param message what came of it, as a whole sentence
   */
  record Kept<T>(String message, T result) {}

  /** An action. */
  @FunctionalInterface
  interface Action<T> {
    Outcome<T> perform() throws ActionRefused;
  }

  /** Who asks for what is being done now. */
  Caller caller() {
    return callers.get();
  }

  /** Does it, and keeps that. */
  <T> Kept<T> keep(AuditEntry entry, Action<T> action) throws ActionRefused {
    Caller caller = callers.get();
    OptionalLong number = begin(entry, caller);
    try {
      Outcome<T> outcome = action.perform();
      end(number, outcome.after());
      LOG.info(
          "ACTION: {} by {}: {} (before: {}; after: {})",
          caller.who(),
          caller.way(),
          oneLine(outcome.sentence()),
          oneLine(entry.before()),
          oneLine(outcome.after()));
      String sentence = outcome.sentence();
      return new Kept<>(
          Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1) + ".",
          outcome.result());
    } catch (ActionRefused | RuntimeException e) {
      end(number, "not done: " + e.getMessage());
      LOG.info(
          "ACTION: {} by {}: {} of {} was not done: {}",
          caller.who(),
          caller.way(),
          entry.action(),
          oneLine(entry.subject()),
          oneLine(String.valueOf(e.getMessage())));
      throw e;
    }
  }

  /** The same for what is never refused: the sentence that says what was done. */
  String note(AuditEntry entry, Supplier<Outcome<String>> action) {
    try {
      return keep(entry, action::get).message();
    } catch (ActionRefused e) {
      throw new IllegalStateException(e);
    }
  }

  /** A whole sentence as an {@link Outcome} has it. */
  static String asPart(String sentence) {
    return Character.toLowerCase(sentence.charAt(0))
        + sentence.substring(1).replaceFirst("\\.$", "");
  }

  private OptionalLong begin(AuditEntry entry, Caller caller) {
    try {
      return OptionalLong.of(
          audit.begin(
              new AuditLog.NewEntry(
                  clock.instant(),
                  caller.who(),
                  caller.way(),
                  entry.action(),
                  entry.subject(),
                  entry.before())));
    } catch (LedgerException e) {
      LOG.warn(
          "The audit lacks an entry: {} asked for {} of {}, and the ledger can't be written: {}",
          caller.who(),
          entry.action(),
          oneLine(entry.subject()),
          e.getMessage());
      return OptionalLong.empty();
    }
  }

  private void end(OptionalLong entry, String after) {
    try {
      entry.ifPresent(no -> audit.end(no, after));
    } catch (LedgerException e) {
      LOG.warn(
          "Audit entry {} has no outcome, as the ledger can't be written: {}",
          entry.getAsLong(),
          e.getMessage());
    }
  }

  /** Names of files come from outside. */
  public static String oneLine(String text) {
    return Shown.line(text);
  }
}
