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
public final class Journal {
  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

  private final AuditLog audit;
  private final Supplier<Caller> callers;
  private final InstantSource clock;

  /** For an instance that runs. */
  public Journal(AuditLog audit, InstantSource clock) {
    this(audit, Caller::current, clock);
  }

  /**
   * @param callers says who asks for what is being done now
   */
  public Journal(AuditLog audit, Supplier<Caller> callers, InstantSource clock) {
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
  record Deed(String action, String subject, String before) {}

  /**
   * What came of it.
   *
   * @param sentence without its first capital letter and its full stop, such as {@code released
   *     file 12}; for the log and for whoever asked
   * @param after how the subject stands now
   */
  record Done(String sentence, String after) {}

  /** An action. */
  @FunctionalInterface
  interface Doing {
    Done doIt() throws ActionRefused;
  }

  /**
   * Does it, and keeps that.
   *
   * @return what came of it, as a sentence
   */
  String keep(Deed deed, Doing doing) throws ActionRefused {
    Caller caller = callers.get();
    OptionalLong entry = begin(deed, caller);
    try {
      Done done = doing.doIt();
      end(entry, done.after());
      LOG.info(
          "ACTION: {} by {}: {} (before: {}; after: {})",
          caller.who(),
          caller.way(),
          oneLine(done.sentence()),
          oneLine(deed.before()),
          oneLine(done.after()));
      return Character.toUpperCase(done.sentence().charAt(0)) + done.sentence().substring(1) + ".";
    } catch (ActionRefused | RuntimeException e) {
      end(entry, "not done: " + e.getMessage());
      LOG.info(
          "ACTION: {} by {}: {} of {} was not done: {}",
          caller.who(),
          caller.way(),
          deed.action(),
          oneLine(deed.subject()),
          oneLine(String.valueOf(e.getMessage())));
      throw e;
    }
  }

  /** The same for what is never refused. */
  String note(Deed deed, Supplier<Done> doing) {
    try {
      return keep(deed, doing::get);
    } catch (ActionRefused e) {
      throw new IllegalStateException(e);
    }
  }

  private OptionalLong begin(Deed deed, Caller caller) {
    try {
      return OptionalLong.of(
          audit.begin(
              new AuditLog.Entry(
                  0,
                  clock.instant(),
                  caller.who(),
                  caller.way(),
                  deed.action(),
                  deed.subject(),
                  deed.before(),
                  null)));
    } catch (LedgerException e) {
      LOG.warn(
          "The ledger has no entry that {} asked for {} of {}, as it can't be written: {}",
          caller.who(),
          deed.action(),
          oneLine(deed.subject()),
          e.getMessage());
      return OptionalLong.empty();
    }
  }

  private void end(OptionalLong entry, String after) {
    try {
      entry.ifPresent(no -> audit.end(no, after));
    } catch (LedgerException e) {
      LOG.warn(
          "The entry {} of what was done stays without its end: {}",
          entry.getAsLong(),
          e.getMessage());
    }
  }

  /** Names of files come from outside. */
  public static String oneLine(String text) {
    return Shown.line(text);
  }
}
