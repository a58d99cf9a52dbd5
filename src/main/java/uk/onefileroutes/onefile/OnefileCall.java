package uk.onefileroutes.onefile;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * One call on its way through {@code call-onefile}: what is sent, whose turn it takes in the pace,
 * and what came back. Belongs to one exchange, used by one thread at a time.
 */
public final class OnefileCall {
  static final String VARIABLE = "call";

  /** What a call is for, which says when it is admitted. */
  public enum Purpose {
    /** Gets a session; ahead of all that wait. */
    LOGIN,
    /** Sends an assignment, or asks what must be known before; in the order in which they come. */
    ASSIGNMENT,
    /** Changes nothing at Onefile; behind all assignments that wait. */
    READING
  }

  private final Purpose purpose;
  private final String method;
  private final String path;
  private final @Nullable String payload;
  private final BooleanSupplier beforeLeaving;
  private boolean isSessionAltered;
  private @Nullable String token;
  private Session.@Nullable LogIn login;
  private int tries;
  private boolean isAdmitted;
  private int timesSent;
  private Instant sentAt = Instant.MIN;
  private @Nullable Answer answer;
  private String text = "";
  private Map<String, String> limits = Map.of();
  private @Nullable Outcome outcome;

  private OnefileCall(
      Purpose purpose,
      String method,
      String path,
      @Nullable String payload,
      BooleanSupplier beforeLeaving) {
    this.purpose = purpose;
    this.method = method;
    this.path = path;
    this.payload = payload;
    this.beforeLeaving = beforeLeaving;
  }

  /**
   * An assignment.
   *
   * @param path below the base URL
   * @param payload JSON
   * @param beforeLeaving asked each time that it is admitted, whether it may leave
   */
  public static OnefileCall assignment(String path, String payload, BooleanSupplier beforeLeaving) {
    return new OnefileCall(Purpose.ASSIGNMENT, "POST", path, payload, beforeLeaving);
  }

  /**
   * A GET.
   *
   * @param path below the base URL
   */
  public static OnefileCall get(String path) {
    return new OnefileCall(Purpose.READING, "GET", path, null, () -> true);
  }

  /**
   * A search: a POST all the same.
   *
   * @param path below the base URL
   * @param payload JSON
   */
  public static OnefileCall search(String path, String payload) {
    return new OnefileCall(Purpose.READING, "POST", path, payload, () -> true);
  }

  /** The same call, with this run each time right before it leaves. */
  public OnefileCall rightBefore(Runnable beforeLeaving) {
    return new OnefileCall(
        purpose,
        method,
        path,
        payload,
        () -> {
          beforeLeaving.run();
          return this.beforeLeaving.getAsBoolean();
        });
  }

  /** The same call in the turn of an assignment, which waits for it. */
  public OnefileCall beforeAnAssignment() {
    return new OnefileCall(Purpose.ASSIGNMENT, method, path, payload, beforeLeaving);
  }

  /**
   * A GET with a session that Onefile never gave: the true one, altered. Shows what it answers to
   * one that it doesn't accept, so it is not renewed.
   *
   * @param path below the base URL
   */
  public static OnefileCall withAlteredSession(String path) {
    OnefileCall call = get(path);
    call.isSessionAltered = true;
    return call;
  }

  static OnefileCall login() {
    return new OnefileCall(Purpose.LOGIN, "POST", "Authentication", null, () -> true);
  }

  /** The call of an exchange. */
  public static OnefileCall of(Exchange exchange) {
    return requireNonNull(exchange.getVariable(VARIABLE, OnefileCall.class));
  }

  /** How often it was sent. */
  public int timesSent() {
    return timesSent;
  }

  /** When it was last sent; long ago if it never was. */
  public Instant sentAt() {
    return sentAt;
  }

  /** What came back; null before that, and if it was not sent. */
  public @Nullable Answer answer() {
    return answer;
  }

  /** What that means; null before it, and if it was not sent. */
  public @Nullable Outcome outcome() {
    return outcome;
  }

  /** What came of a call that only reads. */
  public Reading reading() {
    if (outcome instanceof Outcome.Sent && answer instanceof Answer.Reply reply) {
      return new Reading.Found(reply.status(), text);
    }
    if (outcome instanceof Outcome.Failed failed) {
      return new Reading.Failed(failed.cause());
    }
    return outcome instanceof Outcome.Rejected && answer != null
        ? new Reading.Refused(answer.briefly())
        : new Reading.NotNow();
  }

  /** The body of the answer, not yet understood; may hold names, and is empty without one. */
  public String text() {
    return text;
  }

  /** The headers of the answer that are about limits of calls, by their names. */
  public Map<String, String> limits() {
    return limits;
  }

  Purpose purpose() {
    return purpose;
  }

  String method() {
    return method;
  }

  String path() {
    return path;
  }

  @Nullable String payload() {
    return payload;
  }

  @Nullable String token() {
    return token;
  }

  /** What is sent as the session, or as the customer's token. */
  @Nullable String tokenToSend() {
    return isSessionAltered && token != null ? altered(token) : token;
  }

  /** Of the same length and from the same alphabet. */
  private static String altered(String token) {
    int half = token.length() / 2;
    StringBuilder altered = new StringBuilder(token.substring(0, half));
    for (char each : token.substring(half).toCharArray()) {
      boolean isLast = each == 'z' || each == 'Z' || each == '9';
      boolean isNext = Character.isLetterOrDigit(each) && !isLast;
      altered.append(isNext ? (char) (each + 1) : each);
    }
    return altered.toString();
  }

  void useToken(@Nullable String newToken) {
    token = newToken;
  }

  Session.@Nullable LogIn turn() {
    return login;
  }

  /** Its turn to log in. */
  void logsIn(Session.LogIn turn) {
    login = turn;
  }

  /** Whether it was not tried yet, or is to be once more. */
  boolean isToBeSent() {
    return tries == 0 || isSessionRefused();
  }

  /** Whether its session was not accepted, and it is worth repeating with a new one. */
  boolean isSessionRefused() {
    return !isSessionAltered
        && tries == 1
        && timesSent == 1
        && outcome instanceof Outcome.Unauthorised;
  }

  /** What the pace said to it. */
  void tried(boolean isAdmittedNow) {
    tries++;
    isAdmitted = isAdmittedNow;
  }

  boolean mayLeave() {
    return isAdmitted && beforeLeaving.getAsBoolean();
  }

  void sent(Instant at) {
    sentAt = at;
    timesSent++;
    answer = null;
    outcome = null;
    text = "";
    limits = Map.of();
  }

  void answered(AnswerReader.Read read, Outcome newOutcome) {
    answer = read.answer();
    text = read.text();
    limits = read.limits();
    outcome = newOutcome;
  }

  @Override
  public String toString() {
    return method + " " + path; // what a route may log; no token, no payload
  }
}
