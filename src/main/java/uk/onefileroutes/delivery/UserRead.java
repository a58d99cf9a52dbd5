package uk.onefileroutes.delivery;

import org.jspecify.annotations.Nullable;

/**
 * One user on the way through {@code read-user}. Belongs to one exchange, used by one thread at a
 * time.
 */
final class UserRead {
  private final long learner;
  private @Nullable String token;
  private int timesSent;
  private boolean isUnauthorised;
  private Reading reading = new Reading.NotNow();

  UserRead(long learner) {
    this.learner = learner;
  }

  long learner() {
    return learner;
  }

  @Nullable String token() {
    return token;
  }

  void useToken(@Nullable String newToken) {
    token = newToken;
  }

  int timesSent() {
    return timesSent;
  }

  void sent() {
    timesSent++;
    isUnauthorised = false;
  }

  boolean isUnauthorised() {
    return isUnauthorised;
  }

  void unauthorised() {
    isUnauthorised = true;
  }

  Reading reading() {
    return reading;
  }

  void answered(Reading newReading) {
    reading = newReading;
  }

  @Override
  public String toString() {
    return "read of user " + learner; // what a route may log; no token
  }
}
