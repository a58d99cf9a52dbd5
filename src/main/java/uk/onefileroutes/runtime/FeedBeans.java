package uk.onefileroutes.runtime;

import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.feed.Feed;
import uk.onefileroutes.feed.Listings;
import uk.onefileroutes.feed.Place;
import uk.onefileroutes.feed.ResultsPlace;
import uk.onefileroutes.feed.SftpServer;
import uk.onefileroutes.ledger.AcceptedFiles;
import uk.onefileroutes.pace.PaceTime;
import uk.onefileroutes.receive.PollListener;
import uk.onefileroutes.receive.PollWatch;
import uk.onefileroutes.receive.ReadyFilter;
import uk.onefileroutes.receive.RemoveAccepted;
import uk.onefileroutes.sftp.MoveAccepted;
import uk.onefileroutes.sftp.SftpResults;
import uk.onefileroutes.stage.Stage;

/**
 * What each feed has of its own: beans, named after it, and instances of the route templates.
 * Secrets are beans too, so that they stand in no URI and in no parameter.
 */
final class FeedBeans {
  private final AcceptedFiles files;
  private final Listings listings;
  private final PaceTime clock;
  private final ZoneId zone;
  private final Stage intake;

  FeedBeans(AcceptedFiles files, Listings listings, PaceTime clock, ZoneId zone, Stage intake) {
    this.files = files;
    this.listings = listings;
    this.clock = clock;
    this.zone = zone;
    this.intake = intake;
  }

  /** The beans of a feed, one of these, by the names that the templates use. */
  Map<String, Object> beans(Feed feed, List<Feed> feeds) {
    Map<String, Object> beans = new LinkedHashMap<>();
    String name = feed.name();
    ReadyFilter<Object> ready = new ReadyFilter<>(feed, feeds, listings, clock, clock::nanos);
    beans.put("ready-" + name, ready);
    PollListener listener = ready;
    if (feed.places().source() instanceof Place.Remote) {
      MoveAccepted move = new MoveAccepted(feed, ready, files, clock, zone);
      beans.put("moveAccepted-" + name, move);
      listener = ready.withFirst(move::finishEarlier);
    } else {
      beans.put("removeAccepted-" + name, new RemoveAccepted(feed, ready, files));
    }
    beans.put("watch-" + name, new PollWatch(feed, listings, Reasons::of, listener, intake));
    server(feed)
        .map(SftpServer::login)
        .ifPresent(
            login -> {
              putIfThere(beans, "password-" + name, login.password());
              putIfThere(beans, "passphrase-" + name, login.passphrase());
              putIfThere(
                  beans,
                  "keyFile-" + name,
                  login.keyFile() == null ? null : login.keyFile().toString());
            });
    return beans;
  }

  private static void putIfThere(Map<String, Object> beans, String name, @Nullable String secret) {
    if (secret != null) {
      beans.put(name, secret);
    }
  }

  /** Where a feed's answers go. */
  static ResultsPlace resultsPlace(Feed feed) {
    return feed.places().results() instanceof Place.Folder folder
        ? ResultsPlace.of(folder.path())
        : new SftpResults((Place.Remote) feed.places().results());
  }

  /**
   * Makes a feed an instance of the templates: one that receives, one that reports, one that
   * returns.
   */
  static void addRoutes(CamelContext context, Feed feed) {
    Feed.Places places = feed.places();
    builder(context, "receive", places.source(), feed)
        .parameter("poll", places.poll().toMillis())
        .add();
    addResultsRoutes(context, feed);
  }

  /** The same without one that receives. */
  static void addResultsRoutes(CamelContext context, Feed feed) {
    builder(context, "return", feed.places().results(), feed).add();
    TemplatedRouteBuilder.builder(context, "report-due")
        .routeId("report-due-" + feed.name())
        .parameter("feed", feed.name())
        .add();
  }

  private static TemplatedRouteBuilder builder(
      CamelContext context, String verb, Place place, Feed feed) {
    boolean isRemote = place instanceof Place.Remote;
    TemplatedRouteBuilder builder =
        TemplatedRouteBuilder.builder(context, verb + (isRemote ? "-sftp" : "-directory"))
            .routeId(verb + "-" + feed.name())
            .parameter("feed", feed.name());
    if (place instanceof Place.Remote remote) {
      SftpServer server = remote.server();
      builder
          .parameter("directory", remote.directory())
          .parameter("host", server.host())
          .parameter("port", server.port())
          .parameter("user", server.login().user())
          .parameter("knownHosts", server.knownHosts())
          .parameter("connectTimeout", server.connectTimeout().toMillis())
          .parameter("timeout", server.timeout().toMillis());
    } else {
      builder.parameter("directory", ((Place.Folder) place).path());
    }
    return builder;
  }

  private static Optional<SftpServer> server(Feed feed) {
    return Stream.of(feed.places().source(), feed.places().results())
        .filter(Place.Remote.class::isInstance)
        .map(place -> ((Place.Remote) place).server())
        .findFirst();
  }
}
