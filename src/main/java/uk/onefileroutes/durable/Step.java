package uk.onefileroutes.durable;

import org.jspecify.annotations.Nullable;

/**
 * Each commit of the ledger and each move of a file. A process that is killed right behind any of
 * them, and started again, loses nothing and repeats no more than it promises; the tests kill it
 * behind each.
 *
 * <p>For those tests the system property {@value #CRASH_AFTER} names a step, and behind a colon how
 * often it is passed before the process ends there as by {@code kill -9}.
 */
public enum Step {
  /** The account's row is in a new ledger. */
  ACCOUNT_ADDED,

  /** A file's bytes are whole in the spool. */
  FILE_SPOOLED,
  FILE_ACCEPTED,
  /** The source was deleted, or moved away on its server. */
  SOURCE_REMOVED,
  SOURCE_REMOVAL_NOTED,
  /** A file of the spool that the ledger does not know was put aside. */
  FILE_RECOVERED,

  READING_BEGUN,
  ROWS_STORED,
  /** Rows of a file that is released late were superseded by newer ones. */
  ROWS_GAVE_WAY,
  /** Rows of a file that is only planned, under a number that no file has. */
  DRY_RUN_STORED,
  DRY_RUN_DELETED,
  FILE_RELEASED,
  LEARNERS_QUEUED,
  /** It is said of a file what it waits for before it can be read. */
  FILE_WAITS,

  DIRECTORY_ASKED,
  DIRECTORY_BEGUN,
  DIRECTORY_PAGE_STORED,
  DIRECTORY_READ,
  DIRECTORY_FAILED,

  /** A refused file is in its folder. */
  REFUSED_FILE_MOVED,
  /** Its text is beside it. */
  REFUSAL_EXPLAINED,
  FILE_REFUSED,

  REQUEST_SENDING,
  REQUEST_SETTLED,
  REQUEST_UNCHANGED,
  ATTEMPTS_GIVEN_BACK,
  PAUSE_STORED,
  PAUSE_CLEARED,

  ANSWER_ANNOUNCED,
  /** Results or rejects are in their place under their names. */
  ANSWER_RETURNED,
  INPUT_ARCHIVED,
  /** The ledger says where a file's bytes are now. */
  BYTES_NOTED,
  /** A file's bytes are no longer in the spool. */
  SPOOL_CLEARED,
  ANSWER_WRITTEN,

  FILE_HELD,
  /** A person released a file that was held. */
  HOLD_ENDED,
  FILE_CANCELLED,
  ROWS_CANCELLED,
  ROWS_RETRIED,
  /** Slots became unknown, or hold what was found in Onefile. */
  SLOTS_FORGOTTEN,

  /** Nothing waits for a time that a wrong clock named. */
  CLOCK_REPAIRED,
  /** A write that leaves nothing behind: the ledger can be written. */
  LEDGER_PROBED;

  /** Which step to crash after: its name, or name:times. */
  public static final String CRASH_AFTER = "onefile-routes.crash-after";

  private static final int KILLED = 137; // what a shell shows of kill -9

  private static final @Nullable Crash CRASH = Crash.of(System.getProperty(CRASH_AFTER));

  /** To be called right behind the step. */
  public void done() {
    if (CRASH != null && CRASH.isDue(this)) {
      Runtime.getRuntime().halt(KILLED);
    }
  }

  private static final class Crash {
    private final String step;
    private int left;

    private Crash(String step, int times) {
      this.step = step;
      this.left = times;
    }

    static @Nullable Crash of(@Nullable String text) {
      if (text == null) {
        return null;
      }
      String[] parts = text.split(":", 2);
      return new Crash(parts[0], parts.length > 1 ? Integer.parseInt(parts[1]) : 1);
    }

    synchronized boolean isDue(Step passed) {
      return passed.name().equals(step) && --left == 0;
    }
  }
}
