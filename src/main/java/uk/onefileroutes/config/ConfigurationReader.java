package uk.onefileroutes.config;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.feed.Feed;
import uk.onefileroutes.feed.FeedFiles;
import uk.onefileroutes.feed.PlanRules;
import uk.onefileroutes.keys.KeyTable;
import uk.onefileroutes.keys.Keys;

/** Reads the files of the configuration: the application's, those of accounts and of feeds. */
final class ConfigurationReader {
  static final String APPLICATION = "application.properties";

  private final Folders folders;
  private final List<String> faults = new ArrayList<>();

  private ConfigurationReader(Folders folders) {
    this.folders = folders;
  }

  /**
   * One configuration an account, by name; a single one without a name where there are no accounts.
   *
   * @throws ConfigurationFault with the faults of all files at once
   */
  static List<Configuration> read(Folders folders) throws ConfigurationFault {
    ConfigurationReader reader = new ConfigurationReader(folders);
    try {
      return reader.all();
    } catch (IOException e) {
      reader.faults.add(unreadable(e));
      throw new ConfigurationFault(reader.faults);
    }
  }

  private List<Configuration> all() throws IOException, ConfigurationFault {
    if (!Files.isDirectory(folders.routes())) {
      faults.add(
          folders.routes() + ": no such folder; name the folder of the routes with --routes");
    }
    KeySource source = source(folders, faults);
    List<String> names = AccountFiles.names(folders);
    List<Configuration> read = new ArrayList<>();
    if (names.isEmpty()) {
      Keys keys = keys(source, ApplicationKeys.TABLE, faults);
      read.add(configuration(null, keys, source));
      refuseUnknownAccounts(names);
    } else {
      AccountFiles.refuseNames(names, faults);
      Map<String, String> application = values(source, ApplicationKeys.TABLE);
      for (String name : names) {
        read.add(
            configuration(name, AccountFiles.keys(folders, name, application, faults), source));
      }
      refuseUnknownAccounts(names);
      AccountFiles.refuseShared(read, faults);
    }
    ConfiguredFeeds.refuseSharedSources(
        read.stream().flatMap(each -> each.feeds().stream()).toList(), faults);
    throwIfAny(new ArrayList<>(new LinkedHashSet<>(faults)));
    List<String> exposed = Exposures.of(source, folders);
    read.forEach(each -> each.exposed(exposed));
    return List.copyOf(read);
  }

  private Configuration configuration(@Nullable String account, Keys keys, KeySource source)
      throws IOException {
    return new Configuration(
        folders,
        account,
        keys,
        (rules, organisation) ->
            ConfiguredFeeds.read(
                folders, account, new ConfiguredFeeds.Otherwise(rules, organisation), faults),
        source.camelKeys());
  }

  /** A feed names an account that there is; without accounts none. */
  private void refuseUnknownAccounts(List<String> accounts) throws IOException {
    if (!Files.isDirectory(ConfiguredFeeds.folder(folders))) {
      return; // found fault with already
    }
    Map<String, String> named = new TreeMap<>(FeedFiles.accounts(ConfiguredFeeds.folder(folders)));
    named.values().removeIf(accounts::contains);
    String known = String.join(", ", accounts);
    Set<String> without = named.keySet();
    named.forEach(
        (feed, account) -> {
          String key = "feeds/" + feed + ".properties: feed.account";
          if (account.isEmpty() && !accounts.isEmpty()) {
            faults.add(key + ": missing; write whose files these are, one of: " + known);
          } else if (!account.isEmpty()) {
            faults.add(
                "%s=%s: there is no %s; %s"
                    .formatted(
                        key,
                        account,
                        AccountFiles.shown(account),
                        accounts.isEmpty()
                            ? "add that file, or remove the key"
                            : "write one of: " + known));
          }
        });
    if (!accounts.isEmpty() && !without.isEmpty()) { // for whatever else is wrong in them
      List<Feed> unused =
          FeedFiles.read(
              ConfiguredFeeds.folder(folders),
              KeySource::outside,
              PlanRules.DEFAULT,
              without::contains,
              faults);
    }
  }

  static KeySource source(Folders folders, List<String> faults) throws IOException {
    return KeySource.of(folders.config().resolve(APPLICATION), faults);
  }

  static Keys keys(KeySource source, KeyTable table, List<String> faults) {
    return new Keys(APPLICATION, values(source, table), faults);
  }

  static Map<String, String> values(KeySource source, KeyTable table) {
    return source.values(table.names(), table.families()).entrySet().stream()
        .filter(entry -> !entry.getKey().startsWith("camel."))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  static void throwIfAny(List<String> faults) throws ConfigurationFault {
    if (!faults.isEmpty()) {
      throw new ConfigurationFault(faults);
    }
  }

  static String unreadable(IOException e) {
    return e.getMessage() + ": can't be read; check that it is there and its permissions";
  }
}
