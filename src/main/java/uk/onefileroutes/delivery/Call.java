package uk.onefileroutes.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.ledger.Claim;
import uk.onefileroutes.onefile.Answer;

/**
 * One request on its way through {@code call-onefile}. Belongs to one exchange, used by one thread
 * at a time.
 */
final class Call {
  private final Claim claim;
  private @Nullable String token;
  private Instant sentAt = Instant.MIN;
  private boolean isMarked;
  private int timesSent;
  private @Nullable Answer answer;

  Call(Claim claim) {
    this.claim = claim;
  }

  Claim claim() {
    return claim;
  }

  @Nullable String token() {
    return token;
  }

  void useToken(@Nullable String newToken) {
    token = newToken;
  }

  Instant sentAt() {
    return sentAt;
  }

  /** The ledger says that it is on its way; from here on it must be settled, sent or not. */
  void marked(Instant at) {
    isMarked = true;
    sentAt = at;
  }

  boolean isMarked() {
    return isMarked;
  }

  int timesSent() {
    return timesSent;
  }

  void sent(Instant at) {
    sentAt = at;
    timesSent++;
    answer = null;
  }

  /** What came back; null if it was not sent, or before the answer. */
  @Nullable Answer answer() {
    return answer;
  }

  void answered(Answer newAnswer) {
    answer = newAnswer;
  }

  @Override
  public String toString() {
    return "call for row " + claim.key(); // what a route may log; no token
  }
}
