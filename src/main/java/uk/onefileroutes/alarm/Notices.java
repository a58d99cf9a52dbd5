package uk.onefileroutes.alarm;

import jakarta.mail.AuthenticationFailedException;
import java.security.cert.CertPathBuilderException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.onefileroutes.alarm.Notice.Channel;
import uk.onefileroutes.alarm.Notice.Event;
import uk.onefileroutes.delivery.Doubling;
import uk.onefileroutes.ledger.StandingAlarms.Entry;
import uk.onefileroutes.ledger.StandingAlarms.StoredAlarm;
import uk.onefileroutes.ledger.StandingAlarms.StoredNotice;
import uk.onefileroutes.shown.Causes;

/**
 * The notices that channels are owed, each channel by itself: one that fails is tried again after 5
 * s, doubling to 15 min, and given up after a day. Of one alarm they go out in order. They are in
 * the ledger until they are delivered, so that none is lost; one is sent twice only where the
 * process or the ledger failed right behind its delivery. Thread-safe.
 */
public final class Notices {
  private static final Logger LOG = LoggerFactory.getLogger(Notices.class);
  private static final Doubling WAITS = new Doubling(Duration.ofSeconds(5), Duration.ofMinutes(15));
  private static final Duration GIVEN_UP_AFTER = Duration.ofDays(1);

  private final Map<Channel, Queue> queues = new EnumMap<>(Channel.class);
  private final AlarmStore store;
  private final Notice.Origin origin;
  private final InstantSource clock;

  /** What is owed to one channel, in order. */
  private static final class Queue {
    private final String to;
    private final List<Owed> owed = new ArrayList<>();
    private @Nullable Instant lastDelivered;
    private @Nullable String failure;

    private Queue(String to) {
      this.to = to;
    }
  }

  private record Owed(Notice notice, int failures, Instant notBefore) {}

  /**
   * How a channel does.
   *
   * @param to where it leads, without secrets
   * @param owed notices that are not delivered yet
   * @param lastDeliveredAt null: none since the start
   * @param failure why it fails; null where the last delivery succeeded
   */
  public record Standing(
      String channel,
      String to,
      int owed,
      @Nullable Instant lastDeliveredAt,
      @Nullable String failure) {}

  /**
   * @param channels those that are switched on, and where they lead
   */
  Notices(
      Map<Channel, String> channels, AlarmStore store, Notice.Origin origin, InstantSource clock) {
    channels.forEach((channel, to) -> queues.put(channel, new Queue(to)));
    this.store = store;
    this.origin = origin;
    this.clock = clock;
  }

  /** Takes up what an earlier process owed. What a channel was owed that is off now is dropped. */
  synchronized void restore() {
    List<Entry> dropped = new ArrayList<>();
    for (StoredNotice stored : store.ledger().owed()) {
      if (!restore(stored)) {
        dropped.add(new Entry.Settled(stored.id(), stored.channel()));
      }
    }
    store.write(dropped);
  }

  private boolean restore(StoredNotice stored) {
    AlarmCode code = AlarmCode.of(stored.alarm().code()).orElse(null);
    Event event = Event.of(stored.event()).orElse(null);
    for (Map.Entry<Channel, Queue> queue : queues.entrySet()) {
      if (queue.getKey().word().equals(stored.channel()) && code != null && event != null) {
        StoredAlarm alarm = stored.alarm();
        Notice notice =
            new Notice(
                stored.id(),
                queue.getKey(),
                event,
                new Alarm(code, alarm.about(), alarm.since(), alarm.message()),
                stored.at(),
                origin);
        queue.getValue().owed.add(new Owed(notice, 0, Instant.MIN));
        return true;
      }
    }
    return false;
  }

  /** A notice for each channel; it is owed when it is added. */
  List<Notice> of(Event event, Alarm alarm) {
    Instant now = clock.instant();
    String id = UUID.randomUUID().toString();
    return queues.keySet().stream()
        .map(channel -> new Notice(id, channel, event, alarm, now, origin))
        .toList();
  }

  /** What belongs into the ledger, together with the change that it is about. */
  static Entry entry(Notice notice) {
    Alarm alarm = notice.alarm();
    return new Entry.Owed(
        new StoredNotice(
            notice.id(),
            notice.channel().word(),
            notice.event().word(),
            new StoredAlarm(alarm.code().name(), alarm.about(), alarm.since(), alarm.message(), 0),
            notice.at()));
  }

  /** From now on these are owed. */
  synchronized void add(List<Notice> notices) {
    notices.forEach(notice -> queue(notice).owed.add(new Owed(notice, 0, Instant.MIN)));
  }

  /** What to mail now. */
  public List<Notice> byMail() {
    return due(Channel.MAIL);
  }

  /** What to post now. */
  public List<Notice> byWebhook() {
    return due(Channel.WEBHOOK);
  }

  /** How the channels do that are switched on. */
  public synchronized List<Standing> channels() {
    return queues.entrySet().stream()
        .map(
            queue ->
                new Standing(
                    queue.getKey().word(),
                    queue.getValue().to,
                    queue.getValue().owed.size(),
                    queue.getValue().lastDelivered,
                    queue.getValue().failure))
        .toList();
  }

  /** One was delivered. */
  public void delivered(@Variable("notice") Notice notice) {
    synchronized (this) {
      Queue queue = queue(notice);
      queue.owed.removeIf(owed -> owed.notice().equals(notice));
      queue.lastDelivered = clock.instant();
      if (queue.failure != null) {
        LOG.info("Notices by {} are delivered again", notice.channel().word());
        queue.failure = null;
      }
    }
    settle(notice);
  }

  /** One could not be delivered. */
  public void failed(@Variable("notice") Notice notice, Exception cause) {
    String reason = AlarmScan.oneLine(reason(cause), 300);
    boolean isGivenUp;
    synchronized (this) {
      Queue queue = queue(notice);
      if (queue.failure == null) {
        LOG.warn(
            "Notices by {} can't be delivered, each is tried again for a day: {}",
            notice.channel().word(),
            reason);
      }
      queue.failure = reason;
      Instant now = clock.instant();
      isGivenUp = !notice.at().plus(GIVEN_UP_AFTER).isAfter(now);
      queue.owed.replaceAll(owed -> owed.notice().equals(notice) ? later(owed, now) : owed);
      if (isGivenUp) {
        queue.owed.removeIf(owed -> owed.notice().equals(notice));
      }
    }
    if (isGivenUp) {
      LOG.error(
          "The notice by {} was given up after a day: {}. {}",
          notice.channel().word(),
          notice.headline(),
          reason);
      settle(notice);
    }
  }

  private static Owed later(Owed owed, Instant now) {
    Duration wait = WAITS.after(owed.failures());
    return new Owed(owed.notice(), owed.failures() + 1, now.plus(wait));
  }

  private void settle(Notice notice) {
    store.write(List.of(new Entry.Settled(notice.id(), notice.channel().word())));
  }

  private synchronized List<Notice> due(Channel channel) {
    Queue queue = queues.get(channel);
    if (queue == null) {
      return List.of();
    }
    Instant now = clock.instant();
    List<Notice> due = new ArrayList<>();
    Set<Alarm.Key> waiting =
        new HashSet<>(); // a channel that is told the end must have been told the beginning
    for (Owed owed : queue.owed) {
      boolean isFirst =
          owed.notice().event() == Event.TEST || waiting.add(owed.notice().alarm().key());
      if (isFirst && isDue(owed, now)) {
        due.add(owed.notice());
      }
    }
    return due;
  }

  /** Further ahead than any wait is one that the clock was put back in. */
  private static boolean isDue(Owed owed, Instant now) {
    return !owed.notBefore().isAfter(now)
        || owed.notBefore().isAfter(now.plus(WAITS.longest().multipliedBy(2)));
  }

  private Queue queue(Notice notice) {
    Queue queue = queues.get(notice.channel());
    if (queue == null) {
      throw new IllegalArgumentException("no channel " + notice.channel());
    }
    return queue;
  }

  private static String reason(Throwable failure) {
    Throwable root = Causes.root(failure);
    if (root instanceof CertPathBuilderException) {
      return "TLS failed, nothing was sent: no authority that Java trusts has signed the certificate"
          + " of the receiver. For one of your own start with"
          + " -Djavax.net.ssl.trustStore=FILE in JAVA_OPTS";
    }
    if (root instanceof AuthenticationFailedException) {
      return "the mail server refuses the login: " + Causes.words(failure);
    }
    return Causes.words(failure);
  }
}
