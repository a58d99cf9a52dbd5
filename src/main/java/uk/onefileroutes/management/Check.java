package uk.onefileroutes.management;

import java.util.List;

/** Looks whether everything is there that an instance needs. Changes nothing but the pace. */
@FunctionalInterface
public interface Check {

  /** What came of looking at one thing. */
  enum Outcome {
    OK,
    NOT_OK,
    /** It could not be tried now. */
    NOT_TRIED;

    /** For people: {@code not OK}. */
    public String words() {
      return switch (this) {
        case OK -> "OK";
        case NOT_OK -> "NOT OK";
        case NOT_TRIED -> "not tried";
      };
    }
  }

  /**
   * What was found.
   *
   * @param what was looked at
   * @param sentence what was found, or what to do
   */
  record Finding(String what, Outcome outcome, String sentence) {
    public static Finding ok(String what, String sentence) {
      return new Finding(what, Outcome.OK, sentence);
    }

    public static Finding notOk(String what, String sentence) {
      return new Finding(what, Outcome.NOT_OK, sentence);
    }
  }

  /** Looks; may take as long as the time-outs of what is asked. */
  List<Finding> run();
}
