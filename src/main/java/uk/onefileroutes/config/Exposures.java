package uk.onefileroutes.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uk.onefileroutes.feed.FeedFiles;
import uk.onefileroutes.keys.KeyTable;
import uk.onefileroutes.keys.SecretFile;

/**
 * Secrets that were given where others may see them. The start continues, as it always did: unlike
 * a file that is there for a secret only, a file of keys is readable as it comes out of the zip.
 */
final class Exposures {
  private static final KeyTable FEEDS = FeedFiles.keys();

  private Exposures() {}

  static List<String> of(KeySource source, Folders folders) throws IOException {
    List<String> sentences = new ArrayList<>();
    inFile(source.file(), source.ownNames(), ApplicationKeys.TABLE, sentences);
    inFolder(ConfiguredFeeds.folder(folders), FEEDS, sentences);
    if (Files.isDirectory(AccountFiles.folder(folders))) {
      inFolder(AccountFiles.folder(folders), ApplicationKeys.TABLE, sentences);
    }
    String given =
        System.getProperties().stringPropertyNames().stream()
            .filter(
                key ->
                    ApplicationKeys.TABLE.isSecret(key)
                        || isSecretOf("feeds", FEEDS, key)
                        || isSecretOf("accounts", ApplicationKeys.TABLE, key))
            .sorted()
            .collect(Collectors.joining(", "));
    if (!given.isEmpty()) {
      sentences.add(
          given
              + " given by -D: everybody who may list the processes reads it; give it by the"
              + " environment or a file");
    }
    return List.copyOf(sentences);
  }

  private static boolean isSecretOf(String folder, KeyTable table, String key) {
    return key.startsWith(folder + ".")
        && table.isSecret(key.replaceFirst("^" + folder + "\\.[^.]*\\.", ""));
  }

  private static void inFolder(Path folder, KeyTable table, List<String> sentences)
      throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file :
          files.filter(each -> each.toString().endsWith(".properties")).sorted().toList()) {
        inFile(file, names(file), table, sentences);
      }
    }
  }

  private static void inFile(Path file, Set<String> names, KeyTable table, List<String> sentences) {
    String secrets = names.stream().filter(table::isSecret).collect(Collectors.joining(", "));
    if (!secrets.isEmpty()) {
      SecretFile.exposure(file)
          .ifPresent(
              exposure ->
                  sentences.add(
                      file.getFileName()
                          + " holds "
                          + secrets
                          + " and "
                          + exposure
                          + ", or give it by the environment"));
    }
  }

  private static Set<String> names(Path file) throws IOException {
    Properties keys = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      keys.load(reader);
    }
    return new TreeSet<>(keys.stringPropertyNames());
  }
}
