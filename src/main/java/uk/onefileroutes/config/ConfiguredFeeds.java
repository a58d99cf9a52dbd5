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
   * All feeds, with absolute folders.
   *
   * @param rules what holds where a feed does not say it itself
   * @param organisation the centre of those that name none; null: none
   */
  static List<Feed> read(
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
            .map(feed -> feed.under(folders.data()).withDefaultOrganisation(organisation))
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

  private static String noOrganisation(Feed feed, String key) {
    return "feeds/%s.properties: %s: there is no centre to look this up in; set organisation-id here, or onefile.organisation-id"
        .formatted(feed.name(), key);
  }
}
