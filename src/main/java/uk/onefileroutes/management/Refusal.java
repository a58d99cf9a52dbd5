package uk.onefileroutes.management;

import org.jspecify.annotations.Nullable;

/**
 * Why something that a person asked for is not done.
 *
 * @param code what kind of reason it is; these words never change
 * @param message the reason, a sentence
 * @param remedy what to do instead, a sentence; null where the message says all
 */
public record Refusal(Code code, String message, @Nullable String remedy) {

  /** The kinds of reasons, by whose part it is to do something. */
  public enum Code {
    /** What was named does not exist. */
    NOT_FOUND,
    /** What was given is not what it should be, such as an id that is no number. */
    INVALID,
    /** It exists, and is in a state in which this can't be done. */
    NOT_POSSIBLE,
    /** The command line is not complete, or not confirmed. */
    USAGE,
    /** A key or a route is wrong. */
    CONFIGURATION,
    /** The running instance refuses the login. */
    LOGIN,
    /** Only a running instance can do it, and none runs. */
    NOT_RUNNING,
    /** It can be done only while no instance runs, and one does. */
    RUNNING,
    /** The instance is there and does not answer now. */
    NO_ANSWER,
    /** What answers is not this version of the bundle. */
    OTHER_VERSION,
    /** It was tried and failed: disk, ledger, network. */
    FAILED
  }

  public Refusal(Code code, String message) {
    this(code, message, null);
  }

  /** For people: the reason, and what to do. */
  public String text() {
    return remedy == null ? message : message + " " + remedy;
  }
}
