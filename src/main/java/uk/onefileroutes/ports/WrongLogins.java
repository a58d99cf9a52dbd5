package uk.onefileroutes.ports;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs failed logins: the first one at each place at once, then one line a minute with their
 * number. Names addresses, never what was tried. Thread-safe.
 */
final class WrongLogins {
  private static final Logger LOG = LoggerFactory.getLogger(WrongLogins.class);
  private static final int MAX_ADDRESSES = 5;
  private static final int MINUTE = 60;

  private final ScheduledExecutorService timer;
  private final Set<String> loggedPlaces = new HashSet<>();
  private final Map<String, Integer> places = new TreeMap<>();
  private final Map<String, Integer> addresses = new TreeMap<>();
  private int others;
  private int unread;
  private boolean isMinuteOpen;

  WrongLogins(ScheduledExecutorService timer) {
    this.timer = timer;
  }

  /** A login was compared and wrong. */
  synchronized void add(String place, String address) {
    if (loggedPlaces.add(place)) {
      LOG.warn("Wrong login {} from {}", place, address);
      if (!isMinuteOpen) {
        openMinute();
      }
      return;
    }
    places.merge(place, 1, Integer::sum);
    note(address);
  }

  /** A login was refused without comparing it. */
  synchronized void addUnread(String address) {
    unread++;
    note(address);
    if (!isMinuteOpen) {
      openMinute();
    }
  }

  /** Logs what was not logged yet. */
  synchronized void close() {
    report();
  }

  private void note(String address) {
    if (addresses.size() < MAX_ADDRESSES || addresses.containsKey(address)) {
      addresses.merge(address, 1, Integer::sum);
    } else {
      others++;
    }
  }

  private void openMinute() {
    if (!timer.isShutdown()) {
      isMinuteOpen = true;
      ScheduledFuture<?> unused = timer.schedule(this::endMinute, MINUTE, TimeUnit.SECONDS);
    }
  }

  private synchronized void endMinute() {
    isMinuteOpen = false;
    if (report()) {
      openMinute();
    } else {
      loggedPlaces.clear();
    }
  }

  private boolean report() {
    if (addresses.isEmpty()) {
      return false;
    }
    LOG.warn(
        "Further wrong logins in the last minute: {}; refused without looking at the password: {}."
            + " From {}{}",
        places.isEmpty() ? "none" : places,
        unread,
        addresses,
        others == 0 ? "" : " and others (" + others + ")");
    places.clear();
    addresses.clear();
    others = 0;
    unread = 0;
    return true;
  }
}
