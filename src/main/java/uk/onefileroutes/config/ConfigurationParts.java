package uk.onefileroutes.config;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.feed.Feed;
import uk.onefileroutes.feed.FeedFiles;
import uk.onefileroutes.feed.PlanKeys;
import uk.onefileroutes.keys.Key;
import uk.onefileroutes.keys.KeyTable;
import uk.onefileroutes.keys.KeyTable.Topic;
import uk.onefileroutes.keys.Keys;
import uk.onefileroutes.ledger.LedgerLogin;

/**
 * Parts of the configuration, for commands that need no more of it: each is read and judged alone,
 * so that a fault in other keys, or a secret that this user may not read, stops no command.
 */
public final class ConfigurationParts {
  /** Where the ledger is by default. */
  public static final String EMBEDDED = "embedded";

  private ConfigurationParts() {}

  /**
   * Only where a running instance is talked to: those who ask it need not know its secrets.
   *
   * @throws ConfigurationFault with all faults in these keys; others are not read
   */
  public static PortAccess management(Folders folders) throws ConfigurationFault {
    return part(folders, ManagementKeys::management, ManagementKeys.TOPIC);
  }

  /**
   * Only where the ledger is.
   *
   * @throws ConfigurationFault with all faults in these keys; others are not read
   */
  public static LedgerLogin ledger(Folders folders) throws ConfigurationFault {
    return part(folders, keys -> StorageKeys.ledger(keys, folders.data()), StorageKeys.TOPIC);
  }

  /**
   * Another ledger that a command line names, judged as its keys are.
   *
   * @param to a URL of PostgreSQL, or {@value #EMBEDDED} for the file in the data folder
   * @param user empty for the one by default
   * @param passwordFile null for none
   * @throws ConfigurationFault with all that is wrong with it
   */
  public static LedgerLogin otherLedger(
      Folders folders, String to, String user, @Nullable String passwordFile)
      throws ConfigurationFault {
    if (to.equals(EMBEDDED)) {
      return LedgerLogin.embedded(folders.data());
    }
    if (!to.startsWith(PostgresUrl.JDBC)) {
      throw new ConfigurationFault(
          List.of("--to: neither %s nor %s".formatted(EMBEDDED, PostgresUrl.EXAMPLE)));
    }
    Map<String, String> values = new TreeMap<>();
    values.put(StorageKeys.URL.name(), to);
    if (!user.isEmpty()) {
      values.put(StorageKeys.USER.name(), user);
    }
    if (passwordFile != null) {
      values.put(StorageKeys.PASSWORD.name() + Key.FILE, passwordFile);
    }
    List<String> faults = new ArrayList<>();
    LedgerLogin login =
        StorageKeys.ledger(
            new Keys("--to, --user, --password-file, as keys", values, faults), folders.data());
    ConfigurationReader.throwIfAny(faults);
    return login;
  }

  /**
   * Only how the ledger is backed up.
   *
   * @throws ConfigurationFault with all faults in these keys; others are not read
   */
  public static Configuration.Backup backup(Folders folders) throws ConfigurationFault {
    return part(folders, StorageKeys::backup, StorageKeys.TOPIC);
  }

  /**
   * Only whose clocks people read.
   *
   * @throws ConfigurationFault with all faults in these keys; others are not read
   */
  public static ZoneId zone(Folders folders) throws ConfigurationFault {
    return part(folders, keys -> keys.get(DeliveryKeys.ZONE), DeliveryKeys.TOPIC);
  }

  /**
   * Only how the log is written, for before anything logs; empty where nobody says. Whether it is a
   * right value is judged with the other keys.
   */
  public static String logFormat(Folders folders) {
    try {
      return ConfigurationReader.source(folders, new ArrayList<>())
          .value(ManagementKeys.LOG_FORMAT.name())
          .orElse("")
          .strip();
    } catch (IOException | IllegalArgumentException e) {
      return ""; // found fault with by who reads all of it
    }
  }

  /**
   * Only the feed by which a file is read, as far as keys of {@code application.properties} hold
   * for it.
   *
   * @param name of the feed; empty: the only one, or the only one that wants the file's name
   * @throws ConfigurationFault with all faults in feeds and these keys, or where it can't be said
   *     which feed is meant
   */
  public static Feed feed(Folders folders, String name, Path file) throws ConfigurationFault {
    List<Feed> feeds = feeds(folders);
    List<Feed> meant = FeedFiles.meant(feeds, name, String.valueOf(file.getFileName()));
    if (meant.size() != 1) {
      throw new ConfigurationFault(
          List.of(
              "say by which feed with --feed: "
                  + feeds.stream().map(Feed::name).collect(Collectors.joining(", "))));
    }
    return meant.get(0);
  }

  private static List<Feed> feeds(Folders folders) throws ConfigurationFault {
    List<String> faults = new ArrayList<>();
    List<Feed> feeds = new ArrayList<>();
    KeyTable table = new KeyTable(OnefileKeys.TOPIC, PlanKeys.TOPIC);
    try {
      KeySource source = ConfigurationReader.source(folders, faults);
      List<String> accounts = AccountFiles.names(folders);
      if (accounts.isEmpty()) {
        feeds.addAll(feeds(folders, null, ConfigurationReader.keys(source, table, faults), faults));
      }
      for (String account : accounts) {
        Map<String, String> application = ConfigurationReader.values(source, table);
        Keys keys = AccountFiles.keys(folders, account, application, faults);
        feeds.addAll(feeds(folders, account, keys, faults));
      }
      ConfiguredFeeds.refuseSharedSources(feeds, faults);
    } catch (IOException e) {
      faults.add(ConfigurationReader.unreadable(e));
    }
    ConfigurationReader.throwIfAny(faults);
    return feeds;
  }

  private static List<Feed> feeds(
      Folders folders, @Nullable String account, Keys keys, List<String> faults)
      throws IOException {
    Integer organisation = OnefileKeys.directory(keys).organisation();
    ConfiguredFeeds.Otherwise otherwise =
        new ConfiguredFeeds.Otherwise(ApplicationKeys.rules(keys, ""), organisation);
    return ConfiguredFeeds.read(folders, account, otherwise, faults);
  }

  /**
   * Only which accounts there are, by name; none where the application's keys are all there is.
   *
   * @throws ConfigurationFault if that can't be seen
   */
  public static List<String> accounts(Folders folders) throws ConfigurationFault {
    try {
      return AccountFiles.names(folders);
    } catch (IOException e) {
      throw new ConfigurationFault(List.of(ConfigurationReader.unreadable(e)));
    }
  }

  /**
   * Only the account that a feed names; empty where it names none, or there is no such feed.
   *
   * @throws ConfigurationFault if that can't be seen
   */
  public static String accountOf(Folders folders, String feed) throws ConfigurationFault {
    try {
      return FeedFiles.accounts(ConfiguredFeeds.folder(folders)).getOrDefault(feed, "");
    } catch (IOException e) {
      throw new ConfigurationFault(List.of(ConfigurationReader.unreadable(e)));
    }
  }

  /** What is said to who did not name one of several accounts. */
  public static String whichAccount(Folders folders) throws ConfigurationFault {
    return "Say which account with --account: " + String.join(", ", accounts(folders)) + ".";
  }

  private static <T> T part(Folders folders, Function<Keys, T> part, Topic... topics)
      throws ConfigurationFault {
    List<String> faults = new ArrayList<>();
    try {
      T read =
          part.apply(
              ConfigurationReader.keys(
                  ConfigurationReader.source(folders, faults), new KeyTable(topics), faults));
      ConfigurationReader.throwIfAny(faults);
      return read;
    } catch (IOException e) {
      throw new ConfigurationFault(List.of(ConfigurationReader.unreadable(e)));
    }
  }
}
