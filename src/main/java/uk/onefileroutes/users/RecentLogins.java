package uk.onefileroutes.users;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Remembers right logins for a short time, so that a page that polls, or a scrape each few seconds,
 * costs no bcrypt each time. It knows a salted digest of what was given, never the password; what
 * it remembers holds for the hash it was compared with, so that a changed or removed line ends it
 * at once. Thread-safe.
 */
final class RecentLogins {
  static final Duration KEPT = Duration.ofMinutes(5);
  static final int MOST = 1_000;

  private static final int STRIPES = 16;

  private final LongSupplier nanoTime;
  private final byte[] salt = new byte[32];
  private final Object[] stripes = new Object[STRIPES];
  private final Map<String, Long> since = new LinkedHashMap<>();

  RecentLogins(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    new SecureRandom().nextBytes(salt);
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new Object();
    }
  }

  /** Whether this is the user's password; asks bcrypt where that is not known. */
  boolean accepts(User user, String password) {
    String key = digest(user, password);
    if (isKnown(key)) {
      return true;
    }
    synchronized (stripes[key.charAt(0) % STRIPES]) { // the same at once: compared once
      if (isKnown(key)) {
        return true;
      }
      boolean isRight = PasswordHash.matches(password, user.hash());
      if (isRight) {
        remember(key);
      }
      return isRight;
    }
  }

  int size() {
    synchronized (since) {
      return since.size();
    }
  }

  /** Whether it would be accepted without asking bcrypt. */
  boolean isKnown(User user, String password) {
    return isKnown(digest(user, password));
  }

  private boolean isKnown(String key) {
    synchronized (since) {
      Long from = since.get(key);
      return from != null && nanoTime.getAsLong() - from < KEPT.toNanos();
    }
  }

  private void remember(String key) {
    long now = nanoTime.getAsLong();
    synchronized (since) {
      since.remove(key);
      since.values().removeIf(from -> now - from >= KEPT.toNanos());
      if (since.size() >= MOST) {
        since.remove(since.keySet().iterator().next()); // the oldest
      }
      since.put(key, now);
    }
  }

  private String digest(User user, String password) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(salt);
      for (String part : new String[] {user.name(), user.hash(), password}) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update(new byte[] {(byte) (bytes.length >> 8), (byte) bytes.length});
        digest.update(bytes);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) { // each Java has it
      throw new IllegalStateException(e);
    }
  }
}
