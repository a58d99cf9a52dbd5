package uk.onefileroutes.simulator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One call as it arrived, and how it ended. Tokens are never in it.
 *
 * @param number counted from 1 in order of arrival; continues when the log is forgotten
 * @param at when it had arrived completely
 * @param overlapped whether another call for the same learner was in flight at the same time
 */
public record Call(long number, Instant at, Content content, Ending ending, boolean overlapped) {

  /** The status of a call whose connection was cut without an answer. */
  public static final int CUT = 0;

  /** The status of a call that is not answered yet. */
  public static final int IN_FLIGHT = -1;

  /**
   * What arrived.
   *
   * @param method the HTTP method
   * @param path the path as sent, without the query
   * @param body the body, at most its first 1,024 characters; empty for authentication
   * @param learner the learner whom the call changes, where it names one
   */
  public record Content(String method, String path, String body, @Nullable Integer learner) {}

  /**
   * How it ended.
   *
   * @param status the status answered; {@link #CUT} or {@link #IN_FLIGHT} where there is none
   * @param millisInFlight from the arrival until just before the answer, in milliseconds of real
   *     time
   * @param faulted whether a fault took part in it
   * @param applied whether it made or confirmed an assignment
   */
  public record Ending(int status, long millisInFlight, boolean faulted, boolean applied) {
    static final Ending NONE_YET = new Ending(IN_FLIGHT, 0, false, false);
  }

  public String path() {
    return content.path;
  }

  public String body() {
    return content.body;
  }

  public @Nullable Integer learner() {
    return content.learner;
  }

  public int status() {
    return ending.status;
  }

  public boolean applied() {
    return ending.applied;
  }

  Call inCompany() {
    return new Call(number, at, content, ending, true);
  }

  Call ended(Ending how) {
    return new Call(number, at, content, how, overlapped);
  }
}
