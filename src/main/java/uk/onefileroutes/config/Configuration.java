package uk.onefileroutes.config;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.alarm.AlarmChannels;
import uk.onefileroutes.delivery.RetrySchedule;
import uk.onefileroutes.feed.Feed;
import uk.onefileroutes.feed.FeedFiles;
import uk.onefileroutes.feed.Place;
import uk.onefileroutes.feed.PlanRules;
import uk.onefileroutes.feed.SftpServer;
import uk.onefileroutes.keys.Keys;
import uk.onefileroutes.keys.SecretFile;
import uk.onefileroutes.ledger.LedgerLogin;
import uk.onefileroutes.onefile.AlreadyAssigned;
import uk.onefileroutes.onefile.PathUser;
import uk.onefileroutes.pace.Rate;
import uk.onefileroutes.pace.Timetable;
import uk.onefileroutes.retention.Retention;
import uk.onefileroutes.tls.ServerKey;
import uk.onefileroutes.tls.Trusted;

/**
 * Everything an instance is started with, judged and complete. Immutable.
 *
 * @param diskFloorMib how much must be free on the disk of the data folder
 * @param feeds with absolute folders
 * @param camel keys of Camel's own in the user's file
 * @param exposed secrets that others may see where they were given; a sentence each
 */
public record Configuration(
    Folders folders,
    FarSide farSide,
    Delivery delivery,
    LedgerLogin ledger,
    Report report,
    Backup backup,
    Retention.Ages retention,
    long diskFloorMib,
    Directory directory,
    Management management,
    AlarmChannels alarms,
    List<Feed> feeds,
    Properties camel,
    List<String> exposed) {
  private static final String APPLICATION = "application.properties";

  /**
   * Where Onefile is and how it wants to be asked.
   *
   * @param baseUrl with the version, without a trailing slash
   * @param customerToken read anew at each login
   * @param trusted whose certificates are believed to be its
   * @param connectTimeout for reaching it
   * @param answerTimeout for an answer
   * @param renewSessionAfter the age at which a session is replaced by a login, unasked
   */
  public record FarSide(
      String baseUrl,
      Supplier<String> customerToken,
      Trusted trusted,
      PathUser pathUser,
      String assigneeField,
      Duration connectTimeout,
      Duration answerTimeout,
      Duration renewSessionAfter) {
    private static final Rate ONEFILES_LIMIT = new Rate(300);

    /** The highest pace that may be set: Onefile's documented limit, unless it is not Onefile. */
    public Rate highestRate() {
      return highestRateOf(baseUrl);
    }

    static Rate highestRateOf(String baseUrl) {
      try {
        String host = String.valueOf(URI.create(baseUrl).getHost()).toLowerCase(Locale.ROOT);
        return host.equals("onefile.co.uk") || host.endsWith(".onefile.co.uk")
            ? ONEFILES_LIMIT
            : Rate.UNLIMITED;
      } catch (IllegalArgumentException e) {
        return Rate.UNLIMITED; // found fault with already
      }
    }
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
   * Where it is looked at and told what to do.
   *
   * @param host the address of both ports
   * @param names by which they are reached besides
   * @param port of health, metrics and commands; empty: not served
   * @param consolePort of Hawtio; empty: not served
   * @param user the one login for all of it
   * @param password empty: one is generated into the data folder
   * @param key of both ports, for TLS; empty: not encrypted
   */
  public record Management(
      String host,
      List<String> names,
      OptionalInt port,
      OptionalInt consolePort,
      String user,
      Optional<String> password,
      Optional<ServerKey> key) {
    /** Nothing is served. */
    public static final Management OFF =
        new Management(
            "127.0.0.1",
            List.of(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            "admin",
            Optional.empty(),
            Optional.empty());

    /** Without the password. */
    @Override
    public String toString() {
      return "%s:%s,%s".formatted(host, port, consolePort);
    }
  }

  /**
   * How it is sent.
   *
   * @param renewOn statuses that mean that the session is not accepted
   * @param outagePause the first pause of an outage, and after a refused login
   */
  public record Delivery(
      Timetable timetable,
      int concurrency,
      RetrySchedule retry,
      boolean blockUncertainAdditional,
      Set<Integer> renewOn,
      AlreadyAssigned alreadyAssigned,
      Duration outagePause) {

    /** The zone in which people read and plan times. */
    public ZoneId zone() {
      return timetable.zone();
    }
  }

  /**
   * Reads and judges the configuration.
   *
   * @throws ConfigurationFault with all faults at once
   */
  public static Configuration read(Folders folders) throws ConfigurationFault {
    List<String> faults = new ArrayList<>();
    try {
      if (!Files.isDirectory(folders.routes())) {
        faults.add(
            folders.routes() + ": no such folder; name the folder of the routes with --routes");
      }
      KeySource source = KeySource.of(folders.config().resolve(APPLICATION));
      ApplicationKeys keys = new ApplicationKeys(source, folders.data(), faults);
      FarSide farSide = keys.farSide();
      Delivery delivery = keys.delivery(farSide.baseUrl());
      LedgerLogin ledger = keys.ledger();
      Report report = keys.report();
      Backup backup = keys.backup();
      Retention.Ages retention = keys.retention();
      long diskFloorMib = keys.diskFloorMib();
      Directory directory = keys.directory();
      Management management = keys.management();
      AlarmChannels alarms = keys.alarms();
      PlanRules rules = keys.rules(farSide.baseUrl());
      String unused = keys.logFormat();
      keys.refuseUnknown();
      List<Feed> feeds = feeds(folders, rules, directory.organisation(), faults);
      if (!faults.isEmpty()) {
        throw new ConfigurationFault(faults);
      }
      return new Configuration(
          folders,
          farSide,
          delivery,
          ledger,
          report,
          backup,
          retention,
          diskFloorMib,
          directory,
          management,
          alarms,
          feeds,
          source.camelKeys(),
          Exposures.of(source, folders.config().resolve("feeds")));
    } catch (IOException e) {
      faults.add(unreadable(e));
      throw new ConfigurationFault(faults);
    }
  }

  /**
   * Only where a running instance is talked to: those who ask it need not know its secrets.
   *
   * @throws ConfigurationFault with all faults in these keys; others are not looked at
   */
  public static Management managementOf(Folders folders) throws ConfigurationFault {
    return part(folders, ApplicationKeys::management);
  }

  /**
   * Only where the ledger is.
   *
   * @throws ConfigurationFault with all faults in these keys; others are not looked at
   */
  public static LedgerLogin ledgerOf(Folders folders) throws ConfigurationFault {
    return part(folders, ApplicationKeys::ledger);
  }

  /**
   * Only how the ledger is backed up.
   *
   * @throws ConfigurationFault with all faults in these keys; others are not looked at
   */
  public static Backup backupOf(Folders folders) throws ConfigurationFault {
    return part(folders, ApplicationKeys::backup);
  }

  /**
   * Only whose clocks people read.
   *
   * @throws ConfigurationFault with all faults in these keys; others are not looked at
   */
  public static ZoneId zoneOf(Folders folders) throws ConfigurationFault {
    return part(folders, ApplicationKeys::zone);
  }

  /** Every key of {@code application.properties}; those of feeds: {@link FeedFiles}. */
  public static List<Keys.Described> describedKeys() {
    return ApplicationKeys.described();
  }

  /**
   * Only the feed by which a file is read, as far as keys of {@code application.properties} hold
   * for it.
   *
   * @param name of the feed; empty: the only one, or the only one that wants the file's name
   * @throws ConfigurationFault with all faults in feeds and these keys, or where it can't be said
   *     which feed is meant
   */
  public static Feed feedOf(Folders folders, String name, Path file) throws ConfigurationFault {
    List<String> faults = new ArrayList<>();
    List<Feed> feeds =
        part(
            folders,
            keys -> {
              Integer organisation = keys.directory().organisation();
              try {
                return feeds(folders, keys.rules(""), organisation, faults);
              } catch (IOException e) {
                faults.add(unreadable(e));
                return List.of();
              }
            });
    if (!faults.isEmpty()) {
      throw new ConfigurationFault(faults);
    }
    List<Feed> meant = FeedFiles.meant(feeds, name, String.valueOf(file.getFileName()));
    if (meant.size() != 1) {
      throw new ConfigurationFault(
          List.of(
              "say by which feed with --feed: "
                  + feeds.stream().map(Feed::name).collect(Collectors.joining(", "))));
    }
    return meant.get(0);
  }

  private static <T> T part(Folders folders, Function<ApplicationKeys, T> part)
      throws ConfigurationFault {
    List<String> faults = new ArrayList<>();
    try {
      KeySource source = KeySource.of(folders.config().resolve(APPLICATION));
      T read = part.apply(new ApplicationKeys(source, folders.data(), faults));
      if (!faults.isEmpty()) {
        throw new ConfigurationFault(faults);
      }
      return read;
    } catch (IOException e) {
      throw new ConfigurationFault(List.of(unreadable(e)));
    }
  }

  private static String unreadable(IOException e) {
    return e.getMessage() + ": can't be read; check that it is there and its permissions";
  }

  private static String noOrganisation(Feed feed, String key) {
    return "feeds/%s.properties: %s: there is no centre to look this up in; set organisation-id here, or onefile.organisation-id"
        .formatted(feed.name(), key);
  }

  private static List<Feed> feeds(
      Folders folders, PlanRules rules, @Nullable Integer organisation, List<String> faults)
      throws IOException {
    Path folder = folders.config().resolve("feeds");
    if (!Files.isDirectory(folder)) {
      faults.add(
          folder
              + ": no such folder; put the feeds there, or name the folder of the configuration with --config");
      return List.of();
    }
    int before = faults.size();
    List<Feed> feeds =
        FeedFiles.read(folder, KeySource::outside, rules, faults).stream()
            .map(feed -> feed.under(folders.data()).withUsualOrganisation(organisation))
            .toList();
    if (feeds.isEmpty() && faults.size() == before) {
      faults.add(folder + ": no feed; a feed is a file such as inbox.properties");
    }
    Map<List<Object>, String> wanted = new HashMap<>();
    for (Feed feed : feeds) {
      if (feed.mapping().organisation() == null) {
        feed.mapping().firstReference().ifPresent(key -> faults.add(noOrganisation(feed, key)));
      }
      Feed.Places places = feed.places();
      String other =
          wanted.putIfAbsent(List.of(places.source().toString(), places.include()), feed.name());
      if (other != null) {
        faults.add(
            "feeds/%s.properties: %s=%s: the feed %s takes the same files; give each its own folder, or include"
                .formatted(
                    feed.name(),
                    places.source() instanceof Place.Folder ? "directory" : "sftp.directory",
                    places.source(),
                    other));
      }
      if (places.source() instanceof Place.Folder drop
          && !drop.path().startsWith(folders.data())
          && !Files.isDirectory(drop.path())) {
        faults.add(
            "feeds/%s.properties: directory=%s: no such folder; create it, or mount it before the start"
                .formatted(feed.name(), drop));
      }
      Stream.of(places.source(), places.results())
          .flatMap(
              place -> place instanceof Place.Remote remote ? Stream.of(remote) : Stream.empty())
          .findFirst()
          .ifPresent(remote -> refuseMissingFiles(feed, remote.server(), faults));
    }
    return feeds;
  }

  private static void refuseMissingFiles(Feed feed, SftpServer server, List<String> faults) {
    if (!Files.isReadable(server.knownHosts())) {
      faults.add(
          ("feeds/%s.properties: sftp.known-hosts=%s: no such file, or no right to read it; put the"
                  + " host key there, as printed by: ssh-keyscan -p %d %s; and compare its"
                  + " fingerprint with what the operator of the server says")
              .formatted(feed.name(), server.knownHosts(), server.port(), server.host()));
    }
    Path key = server.login().keyFile();
    if (key != null && !Files.isReadable(key)) {
      faults.add(
          "feeds/%s.properties: sftp.key-file=%s: no such file, or no right to read it; put the private key there, or correct the path"
              .formatted(feed.name(), key));
    } else if (key != null) {
      SecretFile.exposure(key)
          .ifPresent(
              exposure ->
                  faults.add(
                      "feeds/%s.properties: sftp.key-file=%s: %s"
                          .formatted(feed.name(), key, exposure)));
    }
  }
}
