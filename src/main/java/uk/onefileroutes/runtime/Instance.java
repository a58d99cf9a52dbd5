package uk.onefileroutes.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.spi.ResourceAware;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.onefileroutes.alarm.Alarms;
import uk.onefileroutes.config.Configuration;
import uk.onefileroutes.derived.Parts;
import uk.onefileroutes.derived.Undos;
import uk.onefileroutes.dryrun.DryRuns;
import uk.onefileroutes.feed.Feed;
import uk.onefileroutes.feed.Listings;
import uk.onefileroutes.feed.Place;
import uk.onefileroutes.ledger.AcceptedFiles;
import uk.onefileroutes.ledger.CentreDirectory;
import uk.onefileroutes.ledger.FileActions;
import uk.onefileroutes.ledger.Ledger;
import uk.onefileroutes.ledger.LedgerException;
import uk.onefileroutes.pace.Pace;
import uk.onefileroutes.pace.PaceTime;
import uk.onefileroutes.ports.Access;
import uk.onefileroutes.shown.Causes;

/**
 * One instance of the bundle: ledger, beans and Camel with its routes. Start once, close once; both
 * from one thread.
 *
 * <p>Closing admits no more calls, waits up to 20 s for those in flight to be settled, and leaves
 * what is still unanswered to the next start.
 */
public final class Instance implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Instance.class);
  private static final String RECEIVE = "receive-directory";
  private static final String RETURN = "return-directory";

  private final Ledger ledger;
  private final Main camel;
  private final Beans beans;
  private final Ports ports;
  private final PaceEdges edges;

  private Instance(Ledger ledger, Main camel, Beans beans, Ports ports, PaceEdges edges) {
    this.ledger = ledger;
    this.camel = camel;
    this.beans = beans;
    this.ports = ports;
    this.edges = edges;
  }

  /**
   * Starts an instance; returns when its routes run.
   *
   * @param time the time that it lives by
   * @throws StartFailure if it can't start; nothing is left running then
   */
  public static Instance start(Configuration configuration, PaceTime time) throws StartFailure {
    refuseBrokenRoutes(configuration);
    createFolders(configuration);
    Ledger ledger = LedgerOpening.open(configuration.ledger());
    Main camel = new Main();
    // the process that started us ends us; Camel's own hook, run at the same signal, could make the
    // thread
    // that closes wait for itself
    camel.setShutdownStrategy(new SimpleMainShutdownStrategy());
    Ports ports = new Ports(configuration.management());
    try {
      configuration.exposed().forEach(each -> LOG.warn("SECRET: {}", each));
      ports.warnIfOpenToAll();
      Access access = ports.access(configuration.folders().data());
      Beans beans = new Beans(configuration, ledger, time, () -> producer(camel));
      recover(beans, configuration.delivery().retry().within(), time);
      askForDirectories(configuration.feeds(), beans.directory);
      camel.setDefaultPropertyPlaceholderLocation("false");
      camel.setInitialProperties(CamelSettings.of(configuration));
      camel.addMainListener(new OwnKeysFirst());
      beans.beans().forEach(camel::bind);
      Triggers triggers = new Triggers(camel::getCamelContext);
      camel.bind("triggers", triggers);
      camel.bind("wake", new Wake(triggers));
      PaceEdges edges = new PaceEdges(beans.pace, beans.claims, time, triggers);
      camel.bind("paceEdges", edges);
      Duration longestWait = configuration.delivery().retry().longestDelay();
      camel.bind(
          "clockWatch",
          new ClockWatch(
              time,
              edges::scheduleAgain,
              now -> beans.ledgerClock.notAheadOf(now, longestWait),
              beans.clock::jumped));
      camel.addMainListener(ports.beforeRoutes());
      camel.init(); // loads the templates
      configuration.feeds().forEach(feed -> FeedBeans.addRoutes(camel.getCamelContext(), feed));
      FeedBeans.addResultsRoutes(camel.getCamelContext(), configuration.applied());
      ports.openManagement(access);
      camel.start();
      edges.schedule(configuration.delivery().timetable());
      Controls.addTo(camel.getCamelContext(), configuration, beans, edges::schedule, time);
      ports.openConsole(access);
      LOG.info(
          "Started: {} to {}, data in {}",
          configuration.feeds().stream().map(feed -> "feed " + feed.name()).toList(),
          configuration.onefile().baseUrl(),
          configuration.folders().data());
      return new Instance(ledger, camel, beans, ports, edges);
    } catch (LedgerException | IOException | Ports.Taken e) {
      camel.stop();
      ports.close();
      ledger.close();
      throw StartFailure.environment(String.valueOf(e.getMessage()), e);
    } catch (RuntimeException e) { // whatever Camel makes of a broken route
      String reason = fileOf(camel, e) + Reasons.of(e);
      camel.stop();
      ports.close();
      ledger.close();
      throw StartFailure.routes(reason, e);
    }
  }

  /** Camel, for those who look at routes. */
  public CamelContext camel() {
    return camel.getCamelContext();
  }

  /** The files of the ledger, for those who look at progress. */
  public AcceptedFiles files() {
    return beans.files;
  }

  /** The password that was generated at this start, to be shown once; empty where none was. */
  public Optional<String> newPassword() {
    return ports.newPassword();
  }

  /** What people do with files. */
  public FileActions actions() {
    return beans.actions;
  }

  /** How files are undone. */
  public Undos undos() {
    return beans.undos;
  }

  /** How parts of held files are released. */
  public Parts parts() {
    return beans.parts;
  }

  /** What would happen with files, for those who look at that. */
  public DryRuns dryRuns() {
    return beans.dryRuns;
  }

  /** When drop folders were last looked into, for those who look at that. */
  public Listings listings() {
    return beans.listings;
  }

  /** What a person must know, for those who look at that. */
  public Alarms alarms() {
    return beans.alarms;
  }

  /** The pace, for those who look at it or change it. */
  public Pace pace() {
    return beans.pace;
  }

  /** Its edges in Quartz, for those who change the timetable. */
  public PaceEdges edges() {
    return edges;
  }

  @Override
  public void close() {
    // first, so that nobody waits for admission, or reads a long file, when Camel stops
    beans.pace.stop();
    beans.planner.queue().stop();
    camel.stop();
    ports.close(); // until here they tell how it stops
    ledger.close();
  }

  /** Takes up what an earlier run left: spool, pauses, lost answers, cancels, half-made lines. */
  private static void recover(Beans beans, Duration longestWait, PaceTime time) throws IOException {
    int ahead = beans.ledgerClock.notAheadOf(time.instant(), longestWait);
    if (ahead > 0) {
      LOG.warn(
          "{} requests waited for a time that is far ahead of this machine's clock; they are due"
              + " now. Was the clock put back?",
          ahead);
    }
    beans.intake.start();
    beans.dryRuns.start();
    beans.guard.restore();
    beans.alarms.restore();
    int orphans = beans.settler.settleOrphans();
    if (orphans > 0) {
      LOG.warn(
          "{} requests were on their way when the last run ended; their answers are lost", orphans);
    }
    beans.planner.completeHalfDone();
  }

  /** A feed that names references will need them: its first file should not have to wait. */
  private static void askForDirectories(List<Feed> feeds, CentreDirectory directory) {
    for (Feed feed : feeds) {
      Integer organisation = feed.mapping().organisation();
      if (organisation != null && feed.mapping().firstReference().isPresent()) {
        directory.askOnce(organisation, feed.mapping().hasTitles());
      }
    }
  }

  private static void refuseBrokenRoutes(Configuration configuration) throws StartFailure {
    Path folder = configuration.folders().routes();
    try {
      List<String> faults = RouteCheck.faults(folder, CamelSettings.of(configuration));
      if (!faults.isEmpty()) {
        throw StartFailure.routes(
            "%s in the routes of %s%n  %s"
                .formatted(
                    faults.size() == 1 ? "one fault" : faults.size() + " faults",
                    folder,
                    String.join(System.lineSeparator() + "  ", faults)),
            null);
      }
    } catch (IOException e) {
      throw StartFailure.environment("can't read the routes: " + Causes.words(e), e);
    }
  }

  /** Camel names the route that it could not build, but not always the file. */
  private static String fileOf(Main camel, Throwable failure) {
    FailedToCreateRouteException route = Causes.find(failure, FailedToCreateRouteException.class);
    if (route == null || !(camel.getCamelContext() instanceof ModelCamelContext model)) {
      return "";
    }
    String id = String.valueOf(route.getRouteId());
    ResourceAware source = model.getRouteDefinition(id);
    if (source == null || source.getResource() == null) { // made for a feed
      source = model.getRouteTemplateDefinition(id.startsWith("receive-") ? RECEIVE : RETURN);
    }
    return source == null || source.getResource() == null
        ? ""
        : Path.of(source.getResource().getLocation()).getFileName() + ": ";
  }

  private static void createFolders(Configuration configuration) throws StartFailure {
    try {
      Path data = configuration.folders().data();
      OwnerOnly.folder(data);
      // a group that the data folder is opened to has no business with these
      OwnerOnly.folder(data.resolve("spool"));
      OwnerOnly.folder(data.resolve("dryrun"));
      for (Feed feed : configuration.feeds()) {
        if (feed.places().source() instanceof Place.Folder drop && drop.path().startsWith(data)) {
          Files.createDirectories(drop.path());
        }
      }
    } catch (IOException e) {
      throw StartFailure.environment("can't create the folder " + Causes.words(e), e);
    }
  }

  private static ProducerTemplate producer(Main camel) {
    return camel.getCamelContext().createProducerTemplate();
  }
}
