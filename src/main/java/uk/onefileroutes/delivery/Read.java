package uk.onefileroutes.delivery;

import org.jspecify.annotations.Nullable;

/**
 * One call that changes nothing at Onefile, on its way through {@code read-onefile}. Belongs to one
 * exchange, used by one thread at a time.
 */
public final class Read {
  private final String method;
  private final String path;
  private final @Nullable String payload;
  private final Runnable beforeLeaving;
  private @Nullable String token;
  private int timesSent;
  private boolean isUnauthorised;
  private Reading reading = new Reading.NotNow();

  private Read(String method, String path, @Nullable String payload, Runnable beforeLeaving) {
    this.method = method;
    this.path = path;
    this.payload = payload;
    this.beforeLeaving = beforeLeaving;
  }

  /**
   * A GET.
   *
   * @param path below the base URL
   * @param beforeLeaving called each time right before it leaves
   */
  public static Read get(String path, Runnable beforeLeaving) {
    return new Read("GET", path, null, beforeLeaving);
  }

  /**
   * A search: a POST all the same.
   *
   * @param path below the base URL
   * @param payload as JSON
   */
  public static Read search(String path, String payload) {
    return new Read("POST", path, payload, () -> {});
  }

  /** What came of it so far. */
  public Reading reading() {
    return reading;
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

  void useToken(@Nullable String newToken) {
    token = newToken;
  }

  int timesSent() {
    return timesSent;
  }

  void leaves() {
    beforeLeaving.run();
    timesSent++;
    isUnauthorised = false;
  }

  boolean isUnauthorised() {
    return isUnauthorised;
  }

  void unauthorised() {
    isUnauthorised = true;
  }

  void answered(Reading newReading) {
    reading = newReading;
  }

  @Override
  public String toString() {
    return "read of " + path; // what a route may log; no token, no payload
  }
}
