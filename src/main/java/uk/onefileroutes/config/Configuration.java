package uk.onefileroutes.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import uk.onefileroutes.delivery.AlreadyAssigned;
import uk.onefileroutes.delivery.RetrySchedule;
import uk.onefileroutes.feed.Feed;
import uk.onefileroutes.feed.FeedFiles;
import uk.onefileroutes.feed.Place;
import uk.onefileroutes.feed.SftpServer;
import uk.onefileroutes.ledger.LedgerPlace;
import uk.onefileroutes.onefile.PathUser;
import uk.onefileroutes.pace.Timetable;

/**
 * Everything an instance is started with, judged and complete. Immutable.
 *
 * @param reportCutOff after this long a file gets an answer though rows are open
 * @param reportTryAgain after this long an answer that could not be written is tried again
 * @param feeds with absolute folders
 * @param camel keys of Camel's own in the user's file
 */
public record Configuration(
    Folders folders,
    FarSide farSide,
    Delivery delivery,
    LedgerPlace ledger,
    Duration reportCutOff,
    Duration reportTryAgain,
    List<Feed> feeds,
    Properties camel) {
  static final Duration REPORT_TRY_AGAIN = Duration.ofSeconds(30);

  /** With the usual wait before an answer that could not be written is tried again. */
  public Configuration(
      Folders folders,
      FarSide farSide,
      Delivery delivery,
      LedgerPlace ledger,
      Duration reportCutOff,
      List<Feed> feeds,
      Properties camel) {
    this(folders, farSide, delivery, ledger, reportCutOff, REPORT_TRY_AGAIN, feeds, camel);
  }

  /**
   * Where Onefile is and how it wants to be asked.
   *
   * @param baseUrl with the version, without a trailing slash
   * @param customerToken read anew at each login
   * @param connectTimeout for reaching it
   * @param answerTimeout for an answer
   */
  public record FarSide(
      String baseUrl,
      Supplier<String> customerToken,
      PathUser pathUser,
      String assigneeField,
      Duration connectTimeout,
      Duration answerTimeout) {}

  /**
   * How it is sent.
   *
   * @param renewOn statuses that mean that the session is not accepted
   * @param outagePause the first pause of an outage
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
      KeySource source = KeySource.of(folders.config().resolve("application.properties"));
      ApplicationKeys keys = new ApplicationKeys(source, folders.data(), faults);
      FarSide farSide = keys.farSide();
      Delivery delivery = keys.delivery(farSide.baseUrl());
      LedgerPlace ledger = keys.ledger();
      Duration cutOff = keys.reportCutOff();
      Duration tryAgain = keys.reportTryAgain();
      keys.refuseUnknown();
      List<Feed> feeds = feeds(folders, faults);
      if (!faults.isEmpty()) {
        throw new ConfigurationFault(faults);
      }
      return new Configuration(
          folders, farSide, delivery, ledger, cutOff, tryAgain, feeds, source.camelKeys());
    } catch (IOException e) {
      faults.add(e.getMessage() + ": can't be read; check that it is there and its permissions");
      throw new ConfigurationFault(faults);
    }
  }

  private static List<Feed> feeds(Folders folders, List<String> faults) throws IOException {
    Path folder = folders.config().resolve("feeds");
    if (!Files.isDirectory(folder)) {
      faults.add(
          folder
              + ": no such folder; put the feeds there, or name the folder of the configuration with --config");
      return List.of();
    }
    int before = faults.size();
    List<Feed> feeds =
        FeedFiles.read(folder, KeySource::outside, faults).stream()
            .map(feed -> feed.under(folders.data()))
            .toList();
    if (feeds.isEmpty() && faults.size() == before) {
      faults.add(folder + ": no feed; a feed is a file such as inbox.properties");
    }
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
    }
  }
}
