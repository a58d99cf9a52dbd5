package uk.onefileroutes.feed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import uk.onefileroutes.keys.Key;
import uk.onefileroutes.keys.KeyFile;
import uk.onefileroutes.keys.KeyTable;
import uk.onefileroutes.ledger.Trust;

/**
 * The folder {@code config/feeds}: one feed per {@code <name>.properties}; other files are left
 * alone.
 */
public final class FeedFiles {
  private static final String ENDING = ".properties";

  private FeedFiles() {}

  /**
   * All feeds of a folder that are without fault, by name. Relative key files and files of host
   * keys lie under the folder above it. Every fault is added to {@code faults}, one line each.
   *
   * @param outside values from outside the files, which win: asked only for secrets, by names such
   *     as {@code feeds.hr.sftp.password}
   * @param otherwise what holds where a feed has no {@code plan.} key of its own
   * @throws IOException where the folder or a file in it can't be read
   */
  public static List<Feed> read(
      Path folder,
      Function<String, Optional<String>> outside,
      PlanRules otherwise,
      List<String> faults)
      throws IOException {
    return read(folder, outside, otherwise, name -> true, faults);
  }

  /**
   * The same of some feeds only.
   *
   * @param which their names
   */
  public static List<Feed> read(
      Path folder,
      Function<String, Optional<String>> outside,
      PlanRules otherwise,
      Predicate<String> which,
      List<String> faults)
      throws IOException {
    List<Feed> feeds = new ArrayList<>();
    for (Path file : files(folder)) {
      String fileName = file.getFileName().toString();
      String name = nameOf(file);
      if (!which.test(name)) {
        continue;
      }
      int before = faults.size();
      Map<String, String> keys = KeyFile.read(file, "feeds/" + fileName, faults);
      for (Key<String> secret : List.of(PlaceKeys.PASSWORD, PlaceKeys.PASSPHRASE)) {
        for (String key : secret.names()) {
          outside.apply("feeds." + name + "." + key).ifPresent(value -> keys.put(key, value));
        }
        keys.computeIfPresent(secret.name() + Key.FILE, (key, value) -> under(folder, value));
      }
      if (faults.size() == before || !keys.isEmpty()) {
        Feed.read(name, keys, otherwise, faults)
            .filter(feed -> faults.size() == before)
            .map(feed -> feed.withFilesUnder(folder.resolveSibling("")))
            .ifPresent(feeds::add);
      }
    }
    return feeds;
  }

  /** The account that each feed names; empty where it names none. Finds no fault. */
  public static Map<String, String> accounts(Path folder) throws IOException {
    Map<String, String> accounts = new TreeMap<>();
    for (Path file : files(folder)) {
      Map<String, String> keys = KeyFile.readLast(file, nameOf(file), new ArrayList<>());
      accounts.put(nameOf(file), keys.getOrDefault(FeedKeys.ACCOUNT.name(), "").strip());
    }
    return accounts;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> list = Files.list(folder)) {
      return list.filter(file -> file.getFileName().toString().endsWith(ENDING)).sorted().toList();
    }
  }

  private static String nameOf(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.length() - ENDING.length());
  }

  private static String under(Path folder, String file) {
    try {
      return file.isBlank() ? file : folder.resolveSibling(file.strip()).toString();
    } catch (InvalidPathException e) {
      return file; // found fault with where it is read
    }
  }

  /** The same with the default rules of what holds a file. */
  public static List<Feed> read(
      Path folder, Function<String, Optional<String>> outside, Trust trust, List<String> faults)
      throws IOException {
    return read(folder, outside, new PlanRules(trust, Holding.DEFAULT), faults);
  }

  /** Every key that a feed's file may have. */
  public static KeyTable keys() {
    return FeedKeys.TABLE;
  }

  /**
   * The feeds by which a file may be read: the one that is named; where none is, the only one there
   * is, or those that want a file of this name. One in the list is the answer.
   *
   * @param name of the feed; empty where none is named
   */
  public static List<Feed> meant(Collection<Feed> feeds, String name, String fileName) {
    if (!name.isEmpty()) {
      return feeds.stream().filter(feed -> feed.name().equals(name)).toList();
    }
    return feeds.size() == 1
        ? List.copyOf(feeds)
        : feeds.stream().filter(feed -> feed.places().includes(fileName)).toList();
  }
}
