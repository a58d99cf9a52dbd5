package uk.onefileroutes.config;

import java.io.IOException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.alarm.AlarmChannels;
import uk.onefileroutes.delivery.RetrySchedule;
import uk.onefileroutes.feed.AppliedFeed;
import uk.onefileroutes.feed.Feed;
import uk.onefileroutes.feed.FeedFiles;
import uk.onefileroutes.feed.PlanRules;
import uk.onefileroutes.keys.KeyTable;
import uk.onefileroutes.keys.Keys;
import uk.onefileroutes.ledger.LedgerLogin;
import uk.onefileroutes.onefile.AlreadyAssigned;
import uk.onefileroutes.pace.Timetable;
import uk.onefileroutes.retention.Retention;
import uk.onefileroutes.verification.Verification;

/** Everything that an account is served with, judged and complete. Does not change. */
public final class Configuration {
  /** The account of the ledger where there are no accounts. */
  public static final String DEFAULT_ACCOUNT = "onefile";

  private final Folders folders;
  private final @Nullable String account;
  private final OnefileAccess onefile;
  private final Delivery delivery;
  private final LedgerLogin ledger;
  private final Report report;
  private final Backup backup;
  private final Retention.Ages retention;
  private final long diskFloorMib;
  private final Directory directory;
  private final Verification.Schedule verification;
  private final PortAccess management;
  private final AlarmChannels alarms;
  private final List<Feed> feeds;
  private final Feed applied;
  private final Properties camel;
  private List<String> exposed =
      List.of(); // known once there is no fault, before anybody sees this

  Configuration(
      Folders folders, @Nullable String account, Keys keys, FeedReader feeds, Properties camel)
      throws IOException {
    this.folders = folders;
    this.account = account;
    this.onefile = OnefileKeys.onefile(keys);
    this.delivery = DeliveryKeys.delivery(keys, onefile.baseUrl());
    this.ledger = StorageKeys.ledger(keys, folders.data());
    this.report = DeliveryKeys.report(keys);
    this.backup = StorageKeys.backup(keys);
    this.retention = StorageKeys.retention(keys);
    this.diskFloorMib = keys.get(StorageKeys.DISK_FLOOR);
    this.directory = OnefileKeys.directory(keys);
    this.verification = VerifyKeys.schedule(keys);
    this.management = ManagementKeys.management(keys, folders.config());
    this.alarms = AlarmKeys.channels(keys).of(account);
    PlanRules rules = ApplicationKeys.rules(keys, onefile.baseUrl());
    String unused = keys.get(ManagementKeys.LOG_FORMAT); // used long before, where logging begins
    keys.refuseUnknown(ApplicationKeys.TABLE);
    this.feeds = feeds.read(rules, directory.organisation());
    this.applied =
        AppliedFeed.of(
            folders.data(), account == null ? "" : account, rules, directory.organisation());
    this.camel = camel;
    if (alarms.mail().isEmpty()) {
      feeds().stream()
          .filter(feed -> !feed.places().mailTo().isEmpty())
          .findFirst()
          .ifPresent(
              feed ->
                  keys.fault(
                      AlarmKeys.TO
                          + ": missing; the feed "
                          + feed.name()
                          + " has results.mail.to, and its mails go through the server of"
                          + " alarm.mail.host: set alarm.mail.to, .from and .host, or remove it"));
    }
  }

  /** Reads the feeds, by what holds for all of them. */
  interface FeedReader {
    List<Feed> read(PlanRules rules, @Nullable Integer organisation) throws IOException;
  }

  /**
   * When senders get an answer.
   *
   * @param cutOff after this long, although rows are open
   * @param tryAgain the wait after one that could not be written
   */
  public record Report(Duration cutOff, Duration tryAgain) {}

  /**
   * When the embedded ledger is backed up.
   *
   * @param at each night, on the clocks of {@link Delivery#zone}; empty: never
   * @param keep how many backups are kept
   */
  public record Backup(Optional<LocalTime> at, int keep) {
    /** None by itself. */
    public static final Backup NEVER = new Backup(Optional.empty(), 7);
  }

  /**
   * How references are turned into ids.
   *
   * @param organisation the centre in which they are looked up, where a feed names no other; null:
   *     none
   * @param pageSize accounts asked for at a time
   * @param refreshAt each night, on the clocks of {@link Delivery#zone}; empty: only for a file
   */
  public record Directory(
      @Nullable Integer organisation, int pageSize, Optional<LocalTime> refreshAt) {
    /** No centre; read only for a file. */
    public static final Directory NONE = new Directory(null, 50, Optional.empty());
  }

  /**
   * How it is sent.
   *
   * @param outagePause the first pause of an outage, and after a refused login
   * @param checksAims whether a learner's aims are asked for before level 3 is sent
   */
  public record Delivery(
      Timetable timetable,
      int concurrency,
      RetrySchedule retry,
      AnswerRules answers,
      Duration outagePause,
      boolean checksAims) {

    /** The zone in which people read and plan times. */
    public ZoneId zone() {
      return timetable.zone();
    }
  }

  /**
   * What answers mean.
   *
   * @param blockUncertainAdditional whether an additional assignment whose answer was lost is
   *     blocked rather than sent again
   * @param renewOn statuses that mean that the session is not accepted
   * @param alreadyAssigned which errors mean that it is so already
   */
  public record AnswerRules(
      boolean blockUncertainAdditional, Set<Integer> renewOn, AlreadyAssigned alreadyAssigned) {}

  /**
   * Reads and judges the configuration: one for each account, by name; where there are no accounts,
   * a single one. Keys of the whole process are the same in each.
   *
   * @throws ConfigurationFault with all faults of all files at once
   */
  public static List<Configuration> readAll(Folders folders) throws ConfigurationFault {
    return ConfigurationReader.read(folders);
  }

  /**
   * Reads and judges the configuration where there are no accounts, or one.
   *
   * @throws ConfigurationFault with all faults at once, or where there are several accounts
   */
  public static Configuration read(Folders folders) throws ConfigurationFault {
    List<Configuration> all = readAll(folders);
    if (all.size() > 1) {
      throw new ConfigurationFault(List.of(ConfigurationParts.whichAccount(folders)));
    }
    return all.get(0);
  }

  /**
   * A configuration that stands in no file.
   *
   * @param keys of {@code application.properties}; those that are missing have their defaults
   * @throws ConfigurationFault with all faults at once
   */
  public static Configuration of(Folders folders, Map<String, String> keys, List<Feed> feeds)
      throws ConfigurationFault {
    List<String> faults = new ArrayList<>();
    try {
      Configuration read =
          new Configuration(
              folders,
              null,
              new Keys(ConfigurationReader.APPLICATION, keys, faults),
              (rules, organisation) -> List.copyOf(feeds),
              new Properties());
      ConfigurationReader.throwIfAny(faults);
      return read;
    } catch (IOException e) { // no file is read
      throw new IllegalStateException(e);
    }
  }

  /** Every key of {@code application.properties}; those of feeds: {@link FeedFiles#keys}. */
  public static KeyTable keys() {
    return ApplicationKeys.TABLE;
  }

  public Folders folders() {
    return folders;
  }

  /** The account that this is of; empty where there are no accounts. */
  public Optional<String> account() {
    return Optional.ofNullable(account);
  }

  /** The same for the ledger, where one account is meant in any case. */
  public String accountName() {
    return account == null ? DEFAULT_ACCOUNT : account;
  }

  public OnefileAccess onefile() {
    return onefile;
  }

  public Delivery delivery() {
    return delivery;
  }

  public LedgerLogin ledger() {
    return ledger;
  }

  public Report report() {
    return report;
  }

  public Backup backup() {
    return backup;
  }

  public Retention.Ages retention() {
    return retention;
  }

  /** How much must be free on the disk of the data folder. */
  public long diskFloorMib() {
    return diskFloorMib;
  }

  public Directory directory() {
    return directory;
  }

  public Verification.Schedule verification() {
    return verification;
  }

  public PortAccess management() {
    return management;
  }

  public AlarmChannels alarms() {
    return alarms;
  }

  /** With absolute folders. */
  public List<Feed> feeds() {
    return feeds;
  }

  /** The built-in feed of the command {@code apply}; not among {@link #feeds}. */
  public Feed applied() {
    return applied;
  }

  /** Keys of Camel's own in the user's file. */
  public Properties camel() {
    return camel;
  }

  /** Secrets that others may see where they were given; a sentence each. */
  public List<String> exposed() {
    return exposed;
  }

  void exposed(List<String> sentences) {
    this.exposed = sentences;
  }
}
