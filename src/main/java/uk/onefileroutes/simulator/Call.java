package uk.onefileroutes.simulator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One call as it arrived, and how it ended. Tokens are never in it.
 *
 * @param number counted from 1 in order of arrival; continues when the log is forgotten
 * @param at when it had arrived completely
 * @param method the HTTP method
 * @param path the path as sent, without the query
 * @param body the body, at most its first 1,024 characters; empty for authentication
 * @param learner the learner whom the call changes, where it names one
 * @param status the status answered; {@link #CUT} or {@link #IN_FLIGHT} where there is none
 * @param millisInFlight from the arrival until just before the answer, in milliseconds of real time
 * @param overlapped whether another call for the same learner was in flight at the same time
 * @param faulted whether a fault took part in it
 * @param applied whether it made or confirmed an assignment
 */
public record Call(
    long number,
    Instant at,
    String method,
    String path,
    String body,
    @Nullable Integer learner,
    int status,
    long millisInFlight,
    boolean overlapped,
    boolean faulted,
    boolean applied) {

  /** The status of a call whose connection was cut without an answer. */
  public static final int CUT = 0;

  /** The status of a call that is not answered yet. */
  public static final int IN_FLIGHT = -1;

  Call inCompany() {
    return new Call(
        number, at, method, path, body, learner, status, millisInFlight, true, faulted, applied);
  }

  Call ended(int status, long millisInFlight, boolean faulted, boolean applied) {
    return new Call(
        number,
        at,
        method,
        path,
        body,
        learner,
        status,
        millisInFlight,
        overlapped,
        faulted,
        applied);
  }
}
