package uk.onefileroutes.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import uk.onefileroutes.keys.Key;
import uk.onefileroutes.keys.KeyFile;
import uk.onefileroutes.keys.Keys;

/**
 * The folder {@code config/accounts}: one Onefile customer per {@code <name>.properties}, whose
 * keys win over those of {@code application.properties}. Other files are left alone; without any
 * there are no accounts, and the application's keys are all there is.
 */
final class AccountFiles {
  private static final String FOLDER = "accounts";
  private static final String ENDING = ".properties";
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,32}");

  private AccountFiles() {}

  static Path folder(Folders folders) {
    return folders.config().resolve(FOLDER);
  }

  /** What people call an account's file. */
  static String shown(String account) {
    return FOLDER + "/" + account + ENDING;
  }

  /** The names of all accounts, sorted. */
  static List<String> names(Folders folders) throws IOException {
    Path folder = folder(folders);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(ENDING))
          .map(file -> file.substring(0, file.length() - ENDING.length()))
          .sorted()
          .toList();
    }
  }

  /** Finds fault with names that are none, or whose environment variables can't be told apart. */
  static void refuseNames(List<String> accounts, List<String> faults) {
    Map<String, String> variables = new TreeMap<>();
    for (String account : accounts) {
      if (!NAME.matcher(account).matches()) {
        faults.add(
            shown(account)
                + ": an account's name is 1 to 32 of a-z, 0-9 and -; rename the file, and what feeds"
                + " say in feed.account");
        continue;
      }
      for (String key : ApplicationKeys.OF_ACCOUNT.names()) {
        String variable = KeySource.variableOf(outside(account, key));
        String other = variables.putIfAbsent(variable, account);
        if (other != null) {
          faults.add(
              "%s: the environment variable %s would be of the account %s too; rename one of the files"
                  .formatted(shown(account), variable, other));
          break;
        }
      }
    }
  }

  /**
   * The keys of one account: its own, by its file or from outside, over those of the application.
   *
   * @param application the effective values of {@code application.properties}
   * @throws IOException if its file can't be read
   */
  static Keys keys(
      Folders folders, String account, Map<String, String> application, List<String> faults)
      throws IOException {
    String shown = shown(account);
    Map<String, String> own =
        KeyFile.read(folder(folders).resolve(account + ENDING), shown, faults);
    for (String key : ApplicationKeys.OF_ACCOUNT.names()) {
      KeySource.outside(outside(account, key)).ifPresent(value -> own.put(key, value));
    }
    for (String key : new TreeSet<>(own.keySet())) {
      boolean isOfAll = ApplicationKeys.TABLE.has(key) && !ApplicationKeys.OF_ACCOUNT.has(key);
      if (isOfAll || key.startsWith("camel.")) {
        faults.add(
            "%s: %s: is of the whole process; write it into application.properties"
                .formatted(shown, key));
        own.remove(key);
      }
    }
    Map<String, String> values = new HashMap<>(application);
    for (Key<?> key : ApplicationKeys.OF_ACCOUNT.keys()) {
      if (key.isSecret() && key.names().stream().anyMatch(own::containsKey)) {
        key.names().forEach(values::remove); // by value or by file: one of the two is replaced too
      }
    }
    values.putAll(own);
    return new Keys(shown, values, faults)
        .inheriting(ConfigurationReader.APPLICATION, name -> isInherited(name, own, application));
  }

  private static boolean isInherited(
      String name, Map<String, String> own, Map<String, String> application) {
    return application.containsKey(name) && !own.containsKey(name);
  }

  private static String outside(String account, String key) {
    return FOLDER + "." + account + "." + key;
  }

  /** Finds fault with accounts that would share one limit of Onefile's without knowing. */
  static void refuseShared(List<Configuration> accounts, List<String> faults) {
    Map<List<String>, String> first = new HashMap<>();
    for (Configuration each : new ArrayList<>(accounts)) {
      String token = each.onefile().customerToken().get();
      String account = each.accountName();
      String other =
          token.isEmpty()
              ? null
              : first.putIfAbsent(List.of(each.onefile().baseUrl(), token), account);
      if (other != null) {
        faults.add(
            "%s: onefile.customer-token: is that of the account %s at the same onefile.base-url, and both would share one limit; give each its own token, or make one account of them"
                .formatted(shown(account), other));
      }
    }
  }
}
