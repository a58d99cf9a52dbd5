package uk.onefileroutes.simulator;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The sessions that are valid now: several at a time, each with a hard end. Thread safe. */
final class Tokens {
  /** A client that authenticates in a loop must not fill the memory; the oldest session goes. */
  private static final int MOST = 100_000;

  private final InstantSource time;
  private final Duration lifetime;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Instant> ends = new LinkedHashMap<>();

  Tokens(InstantSource time, Duration lifetime) {
    this.time = time;
    this.lifetime = lifetime;
  }

  synchronized String issue() {
    Instant now = time.instant();
    Iterator<Instant> oldestFirst = ends.values().iterator();
    while (oldestFirst.hasNext()) {
      if (now.isBefore(oldestFirst.next()) && ends.size() < MOST) {
        break;
      }
      oldestFirst.remove();
    }
    String token = newToken();
    ends.put(token, now.plus(lifetime));
    return token;
  }

  synchronized boolean isLive(@Nullable String token) {
    Instant end = token == null ? null : ends.get(token);
    return end != null && time.instant().isBefore(end);
  }

  synchronized void killAll() {
    ends.clear();
  }

  /** 252 to 348 characters, always with the three that get lost when a client encodes wrongly. */
  private String newToken() {
    String token;
    do {
      byte[] bytes = new byte[188 + 3 * random.nextInt(25)];
      random.nextBytes(bytes);
      token = Base64.getEncoder().encodeToString(bytes);
    } while (token.indexOf('+') < 0 || token.indexOf('/') < 0 || token.indexOf('=') < 0);
    return token;
  }
}
