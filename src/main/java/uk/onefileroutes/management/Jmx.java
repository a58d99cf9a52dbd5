package uk.onefileroutes.management;

import uk.onefileroutes.ledger.ActionRefused;
import uk.onefileroutes.management.AuditTrail.AuditEntry;
import uk.onefileroutes.management.Operations.Done;
import uk.onefileroutes.management.Refusal.Code;

/**
 * Verbs as an MBean's operations answer them: a sentence or JSON; a refusal as an exception that
 * any client has, with its text.
 */
final class Jmx {
  private Jmx() {}

  @FunctionalInterface
  interface Verb<T> {
    T ask() throws Refused;
  }

  static String sentence(Verb<? extends Done> verb) {
    return answer(verb).message();
  }

  static String json(Verb<?> verb) {
    return Json.text(answer(verb));
  }

  /** An action that only the MBean has: done and kept, with the sentence that says so. */
  static String kept(AuditTrail trail, AuditEntry entry, AuditTrail.Action<String> action) {
    return answer(
        () -> {
          try {
            return trail.keep(entry, action).message();
          } catch (ActionRefused e) {
            throw Refused.of(e);
          }
        });
  }

  /** What somebody typed. */
  static long number(String text, String what) throws Refused {
    if (!text.strip().matches("[0-9]{1,10}")) {
      throw new Refused(Code.INVALID, "\"%s\" is not %s.".formatted(text, what));
    }
    return Long.parseLong(text.strip());
  }

  static <T> T answer(Verb<T> verb) {
    try {
      return verb.ask();
    } catch (Refused e) {
      throw e.refusal().code() == Code.FAILED
          ? new IllegalStateException(e.getMessage())
          : new IllegalArgumentException(e.getMessage());
    }
  }
}
