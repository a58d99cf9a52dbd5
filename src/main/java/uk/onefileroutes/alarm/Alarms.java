package uk.onefileroutes.alarm;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.onefileroutes.alarm.AlarmStates.Change;
import uk.onefileroutes.alarm.Notice.Channel;
import uk.onefileroutes.alarm.Notice.Event;
import uk.onefileroutes.ledger.StandingAlarms;
import uk.onefileroutes.ledger.StandingAlarms.Entry;
import uk.onefileroutes.ledger.StandingAlarms.StoredAlarm;

/**
 * Looks for what a person must know, and says it once when it begins and once when it is over: in
 * the log, and to each channel that is owed a notice. What stands is in the ledger, so that a
 * restart says nothing twice; while the ledger takes nothing, all of it continues from memory.
 * Thread-safe.
 */
public final class Alarms {
  private static final Logger LOG = LoggerFactory.getLogger(Alarms.class);

  private final List<AlarmCheck> checks;
  private final AlarmStore store;
  private final Notices notices;
  private final InstantSource clock;
  private final String ofAccount;
  private final AlarmStates states = new AlarmStates();
  private volatile List<Alarm> standing = List.of();

  private Alarms(
      List<AlarmCheck> checks,
      AlarmStore store,
      Notices notices,
      String account,
      InstantSource clock) {
    this.ofAccount = account.isEmpty() ? "" : "account " + account + ": ";
    this.checks = List.copyOf(checks);
    this.store = store;
    this.notices = notices;
    this.clock = clock;
  }

  /**
   * None stands yet, see {@link #restore}.
   *
   * @param channels those that are switched on, and where they lead
   */
  public static Alarms of(
      List<AlarmCheck> checks,
      StandingAlarms ledger,
      Map<Channel, String> channels,
      Notice.Origin origin,
      InstantSource clock) {
    AlarmStore store = new AlarmStore(ledger);
    Notices notices = new Notices(channels, store, origin, clock);
    return new Alarms(checks, store, notices, origin.account(), clock);
  }

  /** Takes up what an earlier process left: what stands, and who is still to be told. */
  public synchronized void restore() {
    for (StoredAlarm stored : store.ledger().standing()) {
      AlarmCode.of(stored.code())
          .ifPresent(
              code ->
                  states.restore(
                      new Alarm(code, stored.about(), stored.since(), stored.message()),
                      stored.returns()));
    }
    standing = states.all();
    notices.restore();
  }

  /** Looks. */
  public synchronized void check() {
    AlarmScan scan = new AlarmScan();
    for (AlarmCheck check : checks) {
      try {
        check.check(scan);
      } catch (RuntimeException e) { // mostly the ledger, which has an alarm of its own
        LOG.debug("Can't check for {}: {}", check.codes(), e.toString());
        check.codes().forEach(scan::cannotTell);
      }
    }
    List<Entry> entries = new ArrayList<>();
    List<Notice> owed = new ArrayList<>();
    for (Change change : states.compare(scan, clock.instant())) {
      entries.add(log(change));
      owed.addAll(notice(change));
    }
    standing = states.all();
    write(entries, owed);
  }

  /** First into the ledger: what is owed may be sent at once. */
  private void write(List<Entry> entries, List<Notice> owed) {
    List<Entry> all = new ArrayList<>(entries);
    owed.forEach(notice -> all.add(Notices.entry(notice)));
    store.write(all);
    notices.add(owed);
  }

  /** What stands, as the last scan saw it; never waits. */
  public List<Alarm> standing() {
    return standing;
  }

  /** Whether any alarm with this code stands. */
  public boolean stands(AlarmCode code) {
    return standing.stream().anyMatch(alarm -> alarm.code() == code);
  }

  /** The notices, for the routes. */
  public Notices notices() {
    return notices;
  }

  /**
   * Owes each channel a test notice.
   *
   * @return which channels there are; none where none is switched on
   */
  public List<Channel> test() {
    Alarm alarm =
        new Alarm(
            AlarmCode.CLOCK,
            "",
            clock.instant(),
            "this is a test of the notices of alarms; nothing is wrong, and nothing is to be done");
    List<Notice> owed = notices.of(Event.TEST, alarm);
    write(List.of(), owed);
    return owed.stream().map(Notice::channel).toList();
  }

  private Entry log(Change change) {
    Alarm alarm = change.alarm();
    String word = alarm.code().logWord();
    if (change instanceof Change.Raised raised) {
      LOG.atLevel(alarm.code().level()).log("{}: {}{}", word, ofAccount, alarm.message());
      return new Entry.Raised(stored(alarm, raised.returns()));
    }
    LOG.info("{}: {}{}", word, ofAccount, alarm.code().cleared(alarm.about()));
    return new Entry.Ended(alarm.code().name(), alarm.about());
  }

  private List<Notice> notice(Change change) {
    Alarm alarm = change.alarm();
    return change instanceof Change.Raised
        ? notices.of(Event.RAISED, alarm)
        : notices.of(Event.CLEARED, alarm.saying(alarm.code().cleared(alarm.about())));
  }

  private static StoredAlarm stored(Alarm alarm, int returns) {
    return new StoredAlarm(
        alarm.code().name(), alarm.about(), alarm.since(), alarm.message(), returns);
  }

  /** The channels that are switched on, and where they lead. */
  public static Map<Channel, String> channels(AlarmChannels channels) {
    Map<Channel, String> on = new EnumMap<>(Channel.class);
    channels.mail().ifPresent(mail -> on.put(Channel.MAIL, mail.words()));
    channels.webhook().ifPresent(webhook -> on.put(Channel.WEBHOOK, webhook.host()));
    return on;
  }
}
