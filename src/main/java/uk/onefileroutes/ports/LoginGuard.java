package uk.onefileroutes.ports;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how many passwords can be tried on both ports together, and locks nobody out: see {@link
 * LoginQueue}. A login is compared in its turn; before, nothing is said about it. Both guards ask
 * it before they compare a password. Thread-safe.
 */
final class LoginGuard implements AutoCloseable {
  /** When to come back where too many wait. */
  static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  /** What a client that is refused unread is told. */
  static final String TOO_MANY = "Too many logins are waiting. Try again in a moment.";

  /** All clients that logged in before, in the queue: no address. */
  private static final String KNOWN = "known";

  private final String known = "onefile-known=" + random();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "login-guard");
            thread.setDaemon(true);
            return thread;
          });
  private final WrongLogins wrong = new WrongLogins(timer);
  private final LoginQueue<Queued> queue = new LoginQueue<>(System.nanoTime());
  private boolean isTimed;

  /** A login that somebody tries. */
  interface Attempt extends LoginQueue.Waiting {
    /** Is called once, on any thread, when it may be compared; it must not block. */
    void onTurn(Turn turn);
  }

  /** A login may be compared; the guard that does says once whether it was right. */
  final class Turn {
    private final String place;
    private final String client;
    private final AtomicBoolean ended = new AtomicBoolean();

    private Turn(String place, String client) {
      this.place = place;
      this.client = client;
    }

    /** Ends it; a second end changes nothing. */
    void end(boolean isRight) {
      if (!ended.compareAndSet(false, true)) {
        return;
      }
      if (isRight) {
        giveBack();
      } else {
        wrong.add(place, client);
      }
    }
  }

  /**
   * Gives a login its turn, now or later.
   *
   * @param place the port, for the log
   * @param address of the client
   * @param cookies that the client sent: one that logged in before does not wait behind others of
   *     its address, be it this machine's or a proxy's
   * @return false: refused unread, because too many wait; it gets no turn
   */
  boolean admit(String place, String address, @Nullable String cookies, Attempt attempt) {
    String client = client(address);
    boolean isQueued;
    synchronized (this) {
      isQueued = queue.offer(isKnown(cookies) ? KNOWN : client, new Queued(place, client, attempt));
    }
    if (isQueued) {
      handOut();
    } else {
      wrong.addUnread(client);
    }
    return isQueued;
  }

  /** Whether a client has the cookie that a right login is given; it opens nothing by itself. */
  boolean isKnown(@Nullable String cookies) {
    return cookies != null && cookies.contains(known);
  }

  /** For a client that logged in; good until this process ends. */
  String cookie(boolean isEncrypted) {
    return known + "; Path=/; HttpOnly; SameSite=Strict" + (isEncrypted ? "; Secure" : "");
  }

  private static String random() {
    byte[] random = new byte[18];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  @Override
  public void close() {
    timer.shutdownNow();
    wrong.close();
  }

  private void handOut() {
    for (Optional<Queued> next = next(); next.isPresent(); next = next()) {
      Queued login = next.get();
      login.attempt.onTurn(new Turn(login.place, login.client));
    }
  }

  private synchronized Optional<Queued> next() {
    Optional<Queued> next = queue.next(System.nanoTime());
    if (next.isEmpty() && !queue.isEmpty() && !isTimed && !timer.isShutdown()) {
      isTimed = true;
      ScheduledFuture<?> unused =
          timer.schedule(this::refilled, LoginQueue.REFILL.toMillis(), TimeUnit.MILLISECONDS);
    }
    return next;
  }

  private void refilled() {
    synchronized (this) {
      isTimed = false;
    }
    handOut();
  }

  private void giveBack() {
    synchronized (this) {
      queue.giveBack();
    }
    handOut();
  }

  private record Queued(String place, String client, Attempt attempt)
      implements LoginQueue.Waiting {
    @Override
    public boolean isGone() {
      return attempt.isGone();
    }
  }

  /** A client with one address of IPv6 has its whole network: that is one client. */
  static String client(String address) {
    try {
      byte[] bytes = InetAddress.getByName(address).getAddress(); // of an address, asks nobody
      if (bytes.length == 16) {
        Arrays.fill(bytes, 8, 16, (byte) 0);
        return InetAddress.getByAddress(bytes).getHostAddress() + "/64";
      }
      return address;
    } catch (UnknownHostException e) {
      return address;
    }
  }
}
