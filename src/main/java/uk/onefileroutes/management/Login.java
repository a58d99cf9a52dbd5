package uk.onefileroutes.management;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** The one login of an instance's ports. Thread-safe. */
public final class Login {
  private static final Duration FIRST_WAIT = Duration.ofMillis(500);
  private static final int MOST_DOUBLINGS = 4;

  private final String user;
  private final byte[] password;
  private final AtomicInteger wrongInARow = new AtomicInteger();

  public Login(String user, String password) {
    this.user = user;
    this.password = password.getBytes(StandardCharsets.UTF_8);
  }

  /** The name to log in with. */
  public String user() {
    return user;
  }

  /**
   * Whether these are the user and the password. Takes as long for a wrong password as for a right
   * one: how much of it was right must not be measurable.
   */
  boolean accepts(String name, String given) {
    boolean sameUser = same(user.getBytes(StandardCharsets.UTF_8), name);
    boolean accepted = same(password, given) && sameUser;
    if (accepted) {
      wrongInARow.set(0);
    } else {
      wrongInARow.incrementAndGet();
    }
    return accepted;
  }

  /** How long the answer to a wrong login is to be kept back: longer, the more there were. */
  Duration waitAfterWrong() {
    int doublings = Math.min(MOST_DOUBLINGS, Math.max(0, wrongInARow.get() - 1));
    return FIRST_WAIT.multipliedBy(1L << doublings);
  }

  private static boolean same(byte[] ours, String given) {
    return MessageDigest.isEqual(ours, given.getBytes(StandardCharsets.UTF_8));
  }
}
