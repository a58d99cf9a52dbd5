package uk.onefileroutes.alarm;

import java.util.Arrays;
import java.util.Optional;
import org.slf4j.event.Level;

/** What an alarm may be about. Codes never change; sentences may. */
public enum AlarmCode {
  /** A feed's file is not there by its time. */
  FILE_MISSING("EXPECTED", Level.WARN, "the file of feed %s is there now"),
  /** Onefile does not accept the customer token. */
  UNAUTHORISED("UNAUTHORISED", Level.WARN, "Onefile accepts the customer token again"),
  /** Onefile does not answer, or only with failures. */
  OUTAGE("OUTAGE", Level.WARN, "Onefile answers again"),
  /** Onefile wants no calls for more than an hour. */
  THROTTLED("THROTTLED", Level.WARN, "Onefile takes calls again"),
  /** Rows wait for a person. */
  BLOCKED_ROWS("BLOCKED_ROWS", Level.WARN, "no assignment is blocked any more"),
  /** A file waits for a person. */
  FILE_HELD("FILE_HELD", Level.WARN, "%s is held no more"),
  /** A feed's newest file could not be read. */
  FILE_REFUSED("FILE_REFUSED", Level.WARN, "feed %s: a later file could be read"),
  /** One file of a feed after the other is held or refused. */
  FEED_BROKEN("FEED_BROKEN", Level.WARN, "feed %s: a file was neither held nor refused"),
  /** A feed's place can't be looked into. */
  FEED_UNREACHABLE("FEED_UNREACHABLE", Level.WARN, "the place of feed %s can be listed again"),
  /** Somebody who is assigned to learners left Onefile. */
  ASSIGNEE_LEFT(
      "ASSIGNEE_LEFT",
      Level.WARN,
      "account %s is back, or all that it held is assigned to others or forgotten"),
  /** Onefile holds others than the ledger says. */
  DRIFT("DRIFT", Level.WARN, "a comparison found Onefile as the ledger says"),
  /** Data folder or ledger can't be written. */
  DISK("DISK", Level.ERROR, "%s and the ledger can be written again; everything continues"),
  /** The ledger refuses what a stage of a file's way must write. */
  LEDGER("LEDGER", Level.ERROR, "the ledger takes what must be written again"),
  /** A file can't be accepted, or, once accepted, not be planned. */
  INTAKE("INTAKE", Level.WARN, "%s: what could not be accepted is, or is gone"),
  /** Results can't be written. */
  RESULTS("RESULTS", Level.WARN, "%s: its results can be written again"),
  /** A feed's server shows a key that is not trusted. */
  SFTP_HOST_KEY("SFTP_HOST_KEY", Level.WARN, "the server of feed %s shows a trusted key again"),
  /** A feed's server refuses the login. */
  SFTP_LOGIN("SFTP_LOGIN", Level.WARN, "the server of feed %s accepts the login again"),
  /** What is left to send will not be done in time. */
  BACKLOG("BACKLOG", Level.WARN, "what is left to send will be done in time"),
  /** This machine's clock jumped, or is far from Onefile's. */
  CLOCK("CLOCK", Level.WARN, "the clock of this machine is no longer in doubt");

  private final String logWord;
  private final Level level;
  private final String cleared;

  AlarmCode(String logWord, Level level, String cleared) {
    this.logWord = logWord;
    this.level = level;
    this.cleared = cleared;
  }

  /** The code with this name; empty for one of another version. */
  static Optional<AlarmCode> of(String name) {
    return Arrays.stream(values()).filter(code -> code.name().equals(name)).findFirst();
  }

  /** The word before the colon in the log. */
  String logWord() {
    return logWord;
  }

  Level level() {
    return level;
  }

  /** That it is over, as a sentence without its full stop. */
  String cleared(String about) {
    return cleared.formatted(about);
  }
}
