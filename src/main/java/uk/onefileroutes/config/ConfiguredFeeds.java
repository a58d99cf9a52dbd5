package uk.onefileroutes.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.feed.Feed;
import uk.onefileroutes.feed.FeedFiles;
import uk.onefileroutes.feed.Place;
import uk.onefileroutes.feed.PlanRules;
import uk.onefileroutes.feed.SftpServer;
import uk.onefileroutes.keys.SecretFile;

/** The feeds of the configuration, with what is only seen where all of them are known. */
final class ConfiguredFeeds {
  private ConfiguredFeeds() {}

  /**
   * What holds where a feed does not say it itself.
   *
   * @param organisation the centre of those that name none; null: none
   */
  record Otherwise(PlanRules rules, @Nullable Integer organisation) {}

  static Path folder(Folders folders) {
    return folders.config().resolve("feeds");
  }

  /**
   * All feeds of an account, with absolute folders.
   *
   * @param account null: there are no accounts, and all feeds are meant
   */
  static List<Feed> read(
      Folders folders, @Nullable String account, Otherwise otherwise, List<String> faults)
      throws IOException {
    Path folder = folder(folders);
    if (!Files.isDirectory(folder)) {
      faults.add(
          folder
              + ": no such folder; put the feeds there, or name the folder of the configuration with --config");
      return List.of();
    }
    int before = faults.size();
    Map<String, String> accounts = FeedFiles.accounts(folder);
    List<Feed> feeds =
        FeedFiles.read(
                folder,
                KeySource::outside,
                otherwise.rules,
                name -> account == null || account.equals(accounts.get(name)),
                faults)
            .stream()
            .map(feed -> feed.under(folders.data()).withDefaultOrganisation(otherwise.organisation))
            .toList();
    if (feeds.isEmpty() && faults.size() == before) {
      faults.add(
          account == null
              ? folder + ": no feed; a feed is a file such as inbox.properties"
              : "%s: no feed is of this account; write feed.account=%s into the file of one"
                  .formatted(AccountFiles.shown(account), account));
    }
    for (Feed feed : feeds) {
      if (feed.mapping().organisation() == null) {
        feed.mapping().firstReference().ifPresent(key -> faults.add(noOrganisation(feed, key)));
      }
      Feed.Places places = feed.places();
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

  /** Finds fault with feeds, of whichever accounts, that take the same files. */
  static void refuseSharedSources(List<Feed> feeds, List<String> faults) {
    Map<List<Object>, String> wanted = new HashMap<>();
    for (Feed feed : feeds) {
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
    }
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

  private static String noOrganisation(Feed feed, String key) {
    return "feeds/%s.properties: %s: there is no centre to look this up in; set organisation-id here, or onefile.organisation-id"
        .formatted(feed.name(), key);
  }
}
