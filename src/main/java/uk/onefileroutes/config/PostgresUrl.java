package uk.onefileroutes.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Judges the URL of a ledger in PostgreSQL. A parameter of the driver can load a class, write a
 * file or set the server's session up otherwise, so those that a ledger may have are named and all
 * others are refused. Stateless.
 */
final class PostgresUrl {
  static final String JDBC = "jdbc:postgresql:";
  static final String EXAMPLE = JDBC + "//<host>:<port>/<database>?sslmode=verify-full";

  private static final Pattern PLACE =
      Pattern.compile(
          "//(?<hosts>HOST(?:,HOST)*)/[\\w.%~-]+"
              .replace("HOST", "(?:[\\w.-]+|\\[[0-9a-fA-F:]+\\])(?::[1-9]\\d{0,4})?"));
  private static final Pattern LOOPBACK =
      Pattern.compile("(?:(?:localhost|127\\.0\\.0\\.1|\\[::1\\])(?::\\d+)?,?)+");
  private static final String ENCRYPTION = "sslmode";
  private static final Set<String> LOGIN = Set.of("user", "password", "sslpassword");
  private static final String SECONDS = "\\d{1,6}";
  private static final String FILE = "[^&=]+";

  /** What each may be, a pattern. */
  private static final Map<String, String> ALLOWED =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(ENCRYPTION, "disable|allow|prefer|require|verify-ca|verify-full"),
              Map.entry("sslrootcert", FILE),
              Map.entry("sslcert", FILE),
              Map.entry("sslkey", FILE),
              Map.entry("sslNegotiation", "postgres|direct"),
              Map.entry("channelBinding", "disable|prefer|require"),
              Map.entry("targetServerType", "primary"),
              Map.entry("connectTimeout", SECONDS),
              Map.entry("loginTimeout", SECONDS),
              Map.entry("socketTimeout", SECONDS),
              Map.entry("tcpKeepAlive", "true|false"),
              Map.entry("prepareThreshold", SECONDS),
              Map.entry("currentSchema", "\\w+")));

  private PostgresUrl() {}

  /**
   * All that is wrong with it, each with its remedy; nothing of it but names of parameters is
   * repeated, as a password may be anywhere in it.
   */
  static List<String> faults(String url) {
    List<String> faults = new ArrayList<>();
    String[] parts = url.substring(JDBC.length()).split("\\?", 2);
    Matcher place = PLACE.matcher(parts[0]);
    boolean isPlace = place.matches();
    if (!isPlace) {
      faults.add("host and database of PostgreSQL can't be read from it; write " + EXAMPLE);
    }
    boolean saysEncryption = false;
    for (String parameter : (parts.length > 1 ? parts[1] : "").split("&", -1)) {
      if (!parameter.isEmpty()) {
        saysEncryption |= parameter.startsWith(ENCRYPTION + "=");
        judge(parameter, faults);
      }
    }
    if (isPlace && !saysEncryption && !LOOPBACK.matcher(place.group("hosts")).matches()) {
      faults.add(
          "whether the way to another machine is encrypted is not said; add sslmode=verify-full,"
              + " with sslrootcert=<file> where the certificate is your own, or sslmode=disable in a"
              + " network that nobody else is in");
    }
    return faults;
  }

  private static void judge(String parameter, List<String> faults) {
    int equals = parameter.indexOf('=');
    if (equals < 0) {
      faults.add("a parameter after ? has no value; write it as name=value, or remove it");
      return;
    }
    String name = parameter.substring(0, equals);
    if (LOGIN.contains(name)) {
      faults.add(
          name.equals("sslpassword")
              ? "the parameter sslpassword would stand in the configuration; use a key file without one, that only the user of this process can read"
              : "the parameter "
                  + name
                  + " is a key of its own; write ledger.user and ledger.password-file");
      return;
    }
    String values = ALLOWED.get(name);
    if (values == null) {
      faults.add(
          "the parameter %s is not one that a ledger may have; remove it. It may have %s"
              .formatted(
                  name.matches("\\w+") ? name : "there", String.join(", ", ALLOWED.keySet())));
    } else if (!parameter.substring(equals + 1).matches(values)) {
      faults.add(
          "the parameter %s has a value that it may not have; write one of %s"
              .formatted(name, words(values)));
    }
  }

  private static String words(String values) {
    return switch (values) {
      case SECONDS -> "0 to 999999";
      case FILE -> "the paths of files";
      case "\\w+" -> "letters, digits and _";
      default -> values.replace("|", ", ");
    };
  }
}
