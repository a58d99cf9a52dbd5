package uk.onefileroutes.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import uk.onefileroutes.ledger.LedgerLogin;

/**
 * Judges the URL of a ledger. A setting of the database can run SQL, open a port, write elsewhere
 * or give up durability, so those that a ledger may have are named and all others are refused.
 * Stateless.
 */
final class LedgerUrl {
  private static final String JDBC = "jdbc:h2:";
  private static final String ANOTHER =
      "; write jdbc:h2:plain:<path>;WRITE_DELAY=0, or remove the key for the one in the data folder";
  private static final Pattern SERVER = Pattern.compile("(tcp|ssl):.*");
  private static final Pattern FILE_PREFIXES = Pattern.compile("^" + LedgerLogin.FILE_PREFIXES);
  // two letters at least: one is a drive
  private static final Pattern OTHER_KIND = Pattern.compile("[A-Za-z][A-Za-z0-9]+:.*");
  private static final Pattern IN_MEMORY =
      Pattern.compile("(?i)(|\\.|mem:.*)|tcp:.*/mem:.*|ssl:.*/mem:.*");
  // H2 takes "\;" for a part of a value; no value that is accepted here has a backslash
  private static final Pattern BETWEEN_SETTINGS = Pattern.compile("(?<!\\\\);");

  private static final String DURABLE = "WRITE_DELAY";
  private static final Set<String> LOGIN = Set.of("USER", "PASSWORD");
  private static final List<Setting> ALLOWED =
      List.of(
          new Setting(DURABLE, "0", "0"),
          new Setting("DB_CLOSE_ON_EXIT", "(?i)false", "FALSE"),
          new Setting("LOCK_TIMEOUT", "[1-9]\\d{0,8}", "30000"),
          new Setting("CACHE_SIZE", "[1-9]\\d{0,8}", "16384"),
          new Setting("QUERY_CACHE_SIZE", "[1-9]\\d{0,8}", "256"),
          new Setting("TRACE_LEVEL_FILE", "0", "0"));

  /**
   * @param values what it may be, a pattern
   * @param example one of these
   */
  private record Setting(String name, String values, String example) {
    String written() {
      return name + "=" + example;
    }
  }

  private LedgerUrl() {}

  /**
   * All that is wrong with it, each with its remedy; nothing of it but names of settings is
   * repeated, as a password may be anywhere in it.
   *
   * @param url as it is configured
   */
  static List<String> faults(String url) {
    if (url.startsWith(PostgresUrl.JDBC)) {
      return PostgresUrl.faults(url);
    }
    if (!url.startsWith(JDBC)) {
      return List.of("neither H2 nor PostgreSQL" + ANOTHER + "; or " + PostgresUrl.EXAMPLE);
    }
    List<String> faults = new ArrayList<>();
    String[] parts = url.substring(JDBC.length()).split(";", 2); // here a backslash escapes nothing
    String place = parts[0];
    String settings = parts.length > 1 ? parts[1] : "";
    boolean isServer = SERVER.matcher(place).matches();
    String name = isServer ? place : FILE_PREFIXES.matcher(place).replaceFirst("");
    if (IN_MEMORY.matcher(name).matches()) {
      faults.add("only in memory, so that each answer would be forgotten" + ANOTHER);
    } else if (!isServer && OTHER_KIND.matcher(name).matches()) {
      faults.add("neither a file nor a server of H2" + ANOTHER);
    }
    boolean isDurable = isServer; // how a server writes is set there
    for (String setting : BETWEEN_SETTINGS.split(settings, -1)) {
      if (!setting.isEmpty()) {
        String upper = setting.toUpperCase(Locale.ROOT);
        isDurable |= upper.startsWith(DURABLE + "=");
        judge(setting, faults);
      }
    }
    if (!isDurable) {
      faults.add(
          "without WRITE_DELAY=0 H2 may lose the last answers in a crash; add ;WRITE_DELAY=0");
    }
    return faults;
  }

  private static void judge(String setting, List<String> faults) {
    int equals = setting.indexOf('=');
    if (equals < 0) {
      faults.add("a setting after ; has no value; write it as NAME=VALUE, or remove it");
      return;
    }
    String name = setting.substring(0, equals).toUpperCase(Locale.ROOT);
    String value = setting.substring(equals + 1);
    if (LOGIN.contains(name.strip())) {
      faults.add(
          "the setting "
              + name
              + " is a key of its own; write ledger.user and ledger.password-file");
      return;
    }
    Setting allowed =
        ALLOWED.stream().filter(each -> each.name.equals(name)).findFirst().orElse(null);
    if (allowed == null) {
      faults.add(
          "the setting %s is not one that a ledger may have; remove it. It may have %s"
              .formatted(
                  name, ALLOWED.stream().map(Setting::written).collect(Collectors.joining(", "))));
    } else if (!value.matches(allowed.values)) {
      faults.add(
          "the setting " + name + " has a value that it may not have; write " + allowed.written());
    }
  }
}
