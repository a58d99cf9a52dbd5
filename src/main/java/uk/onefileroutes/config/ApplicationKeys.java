package uk.onefileroutes.config;

import java.io.IOException;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.alarm.AlarmChannels;
import uk.onefileroutes.delivery.RetrySchedule;
import uk.onefileroutes.feed.Holding;
import uk.onefileroutes.feed.HoldingKeys;
import uk.onefileroutes.feed.PlanRules;
import uk.onefileroutes.feed.TrustKeys;
import uk.onefileroutes.keys.Keys;
import uk.onefileroutes.keys.Secrets;
import uk.onefileroutes.ledger.LedgerLogin;
import uk.onefileroutes.ledger.Trust;
import uk.onefileroutes.onefile.AlreadyAssigned;
import uk.onefileroutes.onefile.PathUser;
import uk.onefileroutes.onefile.Session;
import uk.onefileroutes.retention.Retention;
import uk.onefileroutes.tls.Trusted;
import uk.onefileroutes.tls.UnusableStore;

/**
 * Reads the keys of {@code application.properties} and collects all faults in them. Use once, by
 * one thread.
 */
final class ApplicationKeys {
  /** Every key that there is, families aside; each stands in the shipped file and in the manual. */
  static final List<String> NAMES =
      List.of(
          "onefile.base-url",
          "onefile.customer-token",
          "onefile.customer-token-file",
          "onefile.trust-store",
          "onefile.trust-store-password",
          "onefile.trust-store-password-file",
          "onefile.organisation-id",
          "onefile.assign.path-user",
          "onefile.assign.assignee-field",
          "onefile.connect-timeout",
          "onefile.answer-timeout",
          "onefile.renew-after",
          "onefile.renew-on",
          "onefile.already-assigned.codes",
          "onefile.already-assigned.pattern",
          "directory.page-size",
          "directory.refresh.at",
          "delivery.calls-per-minute",
          "delivery.concurrency",
          "delivery.zone",
          "delivery.close-lead",
          "delivery.uncertain-additional",
          "delivery.retry.attempts",
          "delivery.retry.first",
          "delivery.retry.longest",
          "delivery.retry.within",
          "delivery.outage.pause",
          TrustKeys.RESEND,
          TrustKeys.TRUST_DAYS,
          HoldingKeys.INVALID,
          HoldingKeys.CHANGES,
          HoldingKeys.ALL_OR_NOTHING,
          HoldingKeys.FIRST_FILE,
          "ledger.url",
          "ledger.user",
          "ledger.password",
          "ledger.password-file",
          "ledger.backup.at",
          "ledger.backup.keep",
          "report.cut-off",
          "report.try-again",
          "disk.floor-mib",
          "retention.at",
          "retention.archive",
          "retention.results",
          "retention.rows",
          "retention.attempts",
          "retention.audit",
          "management.host",
          "management.names",
          "management.port",
          "management.user",
          "management.password",
          "management.password-file",
          ManagementKeys.KEY_STORE,
          "management.key-store-password",
          "management.key-store-password-file",
          "console.port",
          "log.format",
          "alarm.instance",
          "alarm.mail.to",
          "alarm.mail.from",
          "alarm.mail.host",
          "alarm.mail.port",
          "alarm.mail.security",
          "alarm.mail.user",
          "alarm.mail.password",
          "alarm.mail.password-file",
          "alarm.webhook.url",
          "alarm.webhook.url-file",
          "alarm.webhook.token",
          "alarm.webhook.token-file");

  /** Prefixes of keys that may have any name behind them. */
  static final List<String> FAMILIES = List.of(TimetableKeys.CLOSED, TimetableKeys.PLAN);

  private static final String USUAL_ASSIGNEE_FIELD = "UserID";
  private static final int USUAL_RENEW_ON = 401;
  private static final String LIVE = "wsapi.onefile.co.uk";
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Keys keys;
  private final Secrets secrets;
  private final Map<String, String> values;
  private final Path dataFolder;

  ApplicationKeys(KeySource source, Path dataFolder, List<String> faults) throws IOException {
    this(
        source.file().getFileName().toString(), source.values(NAMES, FAMILIES), dataFolder, faults);
    this.values.keySet().removeIf(key -> key.startsWith("camel."));
  }

  private ApplicationKeys(
      String file, Map<String, String> values, Path dataFolder, List<String> faults) {
    this.values = values;
    this.keys = new Keys(file, values, faults);
    this.secrets = new Secrets(keys);
    this.dataFolder = dataFolder;
  }

  /** Every key of the application. */
  static List<Keys.Described> described() {
    ApplicationKeys all = new ApplicationKeys("", Map.of(), Path.of(""), new ArrayList<>());
    List<Object> unused =
        List.of(
            all.farSide(),
            all.delivery(""),
            all.ledger(),
            all.rules(""),
            all.report(),
            all.backup(),
            all.retention(),
            all.diskFloorMib(),
            all.directory(),
            all.management(),
            all.logFormat(),
            all.alarms());
    return all.keys.described();
  }

  Configuration.FarSide farSide() {
    return new Configuration.FarSide(
        baseUrl(),
        customerToken(),
        trusted(),
        keys.oneOf(
            "onefile.assign.path-user",
            Map.of("assignee", PathUser.ASSIGNEE, "learner", PathUser.LEARNER),
            "assignee"),
        assigneeField(),
        keys.duration(
            "onefile.connect-timeout", Duration.ofSeconds(10), SECOND, Duration.ofMinutes(5)),
        keys.duration(
            "onefile.answer-timeout", Duration.ofSeconds(90), SECOND, Duration.ofMinutes(15)),
        keys.duration("onefile.renew-after", Session.RENEW_AFTER, SECOND, DAY));
  }

  Configuration.Delivery delivery(String baseUrl) {
    return new Configuration.Delivery(
        new TimetableKeys(keys, baseUrl).timetable(),
        (int) keys.number("delivery.concurrency", 8, 1, 64),
        new RetrySchedule(
            (int) keys.number("delivery.retry.attempts", 6, 1, 50),
            keys.duration(
                "delivery.retry.first", Duration.ofSeconds(2), Duration.ofMillis(10), DAY),
            keys.duration(
                "delivery.retry.longest", Duration.ofMinutes(15), Duration.ofMillis(10), DAY),
            keys.duration("delivery.retry.within", DAY, SECOND, Duration.ofDays(30))),
        keys.oneOf(
            "delivery.uncertain-additional", Map.of("repeat", false, "block", true), "repeat"),
        renewOn(),
        alreadyAssigned(),
        keys.duration(
            "delivery.outage.pause", Duration.ofSeconds(30), Duration.ofMillis(100), DAY));
  }

  LedgerLogin ledger() {
    String url = keys.value("ledger.url");
    String user = keys.value("ledger.user", "ledger");
    String password = secrets.read("ledger.password");
    if (url == null || url.isEmpty()) {
      return LedgerLogin.embedded(dataFolder);
    }
    // without its value: a password in it may be written in ways that are not recognised
    LedgerUrl.faults(url).forEach(fault -> keys.fault("ledger.url: " + fault));
    return new LedgerLogin(url, user, password == null ? "" : password);
  }

  /** What holds for feeds that don't say it themselves. */
  PlanRules rules(String baseUrl) {
    Holding usual = Holding.USUAL.withFirstFile(isLive(baseUrl));
    return PlanRules.read(keys, new PlanRules(Trust.FOR_EVER, usual));
  }

  /** Where people are assigned in earnest. */
  private static boolean isLive(String baseUrl) {
    try {
      return LIVE.equalsIgnoreCase(URI.create(baseUrl).getHost());
    } catch (IllegalArgumentException e) {
      return false; // found fault with already
    }
  }

  Configuration.Report report() {
    return new Configuration.Report(
        keys.duration("report.cut-off", DAY, SECOND, Duration.ofDays(30)),
        keys.duration("report.try-again", Duration.ofSeconds(30), Duration.ofMillis(100), DAY));
  }

  Configuration.Backup backup() {
    return new Configuration.Backup(
        timeOrNever("ledger.backup.at", LocalTime.of(2, 30)),
        (int) keys.number("ledger.backup.keep", 7, 1, 1000));
  }

  long diskFloorMib() {
    return keys.number("disk.floor-mib", 200, 0, 1 << 20);
  }

  Retention.Ages retention() {
    Duration quarter = Duration.ofDays(90);
    Duration archive = age("retention.archive", quarter);
    Duration rows = age("retention.rows", Duration.ofDays(400));
    if (rows.compareTo(archive) < 0) {
      keys.fault(
          "retention.rows",
          "shorter than retention.archive",
          "keep rows at least as long as the files that they came in");
    }
    return new Retention.Ages(
        timeOrNever("retention.at", LocalTime.of(3, 30)),
        archive,
        age("retention.results", quarter),
        rows,
        age("retention.attempts", quarter),
        age("retention.audit", Duration.ofDays(730)));
  }

  private Duration age(String key, Duration usual) {
    return keys.duration(key, usual, DAY, Duration.ofDays(36500));
  }

  Configuration.Directory directory() {
    int organisation = (int) keys.number("onefile.organisation-id", 0, 1, Integer.MAX_VALUE);
    return new Configuration.Directory(
        organisation == 0 ? null : Integer.valueOf(organisation),
        (int) keys.number("directory.page-size", 50, 1, 500),
        timeOrNever("directory.refresh.at", LocalTime.of(5, 0)));
  }

  private Optional<LocalTime> timeOrNever(String key, LocalTime usual) {
    String value = keys.value(key);
    keys.describe(
        new Keys.Described(
            key, Keys.Kind.TIME_OF_DAY, usual.toString(), null, null, List.of("never")));
    if ("never".equals(value)) {
      return Optional.empty();
    }
    if (value == null || value.isEmpty()) {
      return Optional.of(usual);
    }
    if (!value.matches("([01]\\d|2[0-3]):[0-5]\\d")) {
      keys.fault(key, "not a time of day", "write such as " + usual + ", or never");
      return Optional.of(usual);
    }
    return Optional.of(LocalTime.parse(value));
  }

  /** Whose clocks people read. */
  ZoneId zone() {
    return new TimetableKeys(keys, "").zone();
  }

  Configuration.Management management() {
    return new ManagementKeys(keys, secrets).management();
  }

  /** How the log is written; read again, before anything else, where logging begins. */
  String logFormat() {
    return keys.oneOf("log.format", Map.of("text", "text", "json", "json"), "text");
  }

  AlarmChannels alarms() {
    return new AlarmKeys(keys, secrets).channels();
  }

  void refuseUnknown() {
    keys.refuseUnknown();
  }

  private String baseUrl() {
    String key = "onefile.base-url";
    String url = keys.value(key);
    if (url == null) {
      keys.fault(
          key
              + ": missing; write https://wsapi2.onefile.co.uk/api/v2.1 for Practice,"
              + " https://wsapi.onefile.co.uk/api/v2.1 for Live");
      return "";
    }
    try {
      URI uri = URI.create(url);
      String host = uri.getHost();
      if (host == null || uri.getQuery() != null || uri.getUserInfo() != null) {
        keys.fault(key, "not a plain URL", "write it as https://host/api/v2.1");
      } else if (!"https".equals(uri.getScheme()) && !isLoopback(uri.getScheme(), host)) {
        keys.fault(key, "not https", "write https; http is for the loopback only");
      } else if (!String.valueOf(uri.getPath()).endsWith("/api/v2.1")) {
        keys.fault(key, "does not end in /api/v2.1", "add the version, without a slash behind it");
      }
    } catch (IllegalArgumentException e) {
      keys.fault(key, "not a URL", "write it as https://host/api/v2.1");
    }
    return url;
  }

  private static boolean isLoopback(@Nullable String scheme, String host) {
    return "http".equals(scheme)
        && (host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]"));
  }

  private Supplier<String> customerToken() {
    Supplier<String> token = secrets.reread("onefile.customer-token");
    if (token == null) {
      keys.fault(
          "onefile.customer-token: missing; set it in the environment as ONEFILE_CUSTOMER_TOKEN,"
              + " or name a file with onefile.customer-token-file");
      return () -> "";
    }
    return token;
  }

  private Trusted trusted() {
    String key = "onefile.trust-store";
    String file = keys.value(key);
    String password = secrets.read(key + "-password");
    if (file == null || file.isEmpty()) {
      if (password != null) {
        keys.fault(key + "-password: there is no " + key + "; add that or remove this");
      }
      return Trusted.BY_JAVA;
    }
    try {
      return Trusted.in(Path.of(file), password == null ? "" : password);
    } catch (UnusableStore | InvalidPathException e) {
      keys.fault(key + "=" + file + ": " + e.getMessage());
      return Trusted.BY_JAVA;
    }
  }

  private String assigneeField() {
    String key = "onefile.assign.assignee-field";
    keys.describe(
        new Keys.Described(key, Keys.Kind.TEXT, USUAL_ASSIGNEE_FIELD, null, null, List.of()));
    if (values.containsKey(key) && keys.untouched(key).isBlank()) {
      keys.knows(key); // empty on purpose: exactly the documented body
      return "";
    }
    String field = keys.value(key);
    if (field != null && !field.matches("[A-Za-z][A-Za-z0-9_]{0,63}")) {
      keys.fault(key, "not the name of a member", "write letters and digits, such as UserID");
    }
    return field == null ? USUAL_ASSIGNEE_FIELD : field;
  }

  private Set<Integer> renewOn() {
    String key = "onefile.renew-on";
    Set<Integer> statuses = numbers(key, 400, 499);
    keys.describe(
        new Keys.Described(key, Keys.Kind.NUMBERS, "" + USUAL_RENEW_ON, "400", "499", List.of()));
    return statuses.isEmpty() ? Set.of(USUAL_RENEW_ON) : statuses;
  }

  private AlreadyAssigned alreadyAssigned() {
    Set<Integer> codes =
        numbers("onefile.already-assigned.codes", Integer.MIN_VALUE, Integer.MAX_VALUE);
    String key = "onefile.already-assigned.pattern";
    String text = keys.value(key);
    Pattern pattern = null;
    if (text != null && !text.isEmpty()) {
      try {
        pattern = Pattern.compile(text);
      } catch (PatternSyntaxException e) {
        keys.fault(key, "not a regular expression: " + e.getDescription(), "mend it");
      }
    }
    return new AlreadyAssigned(codes, pattern);
  }

  private Set<Integer> numbers(String key, int floor, int ceiling) {
    String value = keys.value(key);
    Set<Integer> numbers = new HashSet<>();
    if (value != null && !value.isEmpty()) {
      for (String part : value.split(",", -1)) {
        try {
          int number = Integer.parseInt(part.strip());
          if (number < floor || number > ceiling) {
            keys.fault(key, number + " is not from " + floor + " to " + ceiling, "mend it");
          }
          numbers.add(number);
        } catch (NumberFormatException e) {
          keys.fault(key, "not whole numbers with commas between them", "mend it");
        }
      }
    }
    return numbers;
  }
}
