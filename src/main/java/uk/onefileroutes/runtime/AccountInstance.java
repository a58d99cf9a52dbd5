package uk.onefileroutes.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.spi.ResourceAware;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.onefileroutes.config.Configuration;
import uk.onefileroutes.feed.Feed;
import uk.onefileroutes.ledger.CentreDirectory;
import uk.onefileroutes.ledger.Ledger;
import uk.onefileroutes.pace.PaceTime;
import uk.onefileroutes.shown.Causes;

/**
 * What an instance has for one account: beans, and Camel with the routes. The routes know nothing
 * of accounts; each has a context of its own. Prepared once, run once, closed once.
 */
final class AccountInstance {
  private static final Logger LOG = LoggerFactory.getLogger(Instance.class);
  private static final String RECEIVE = "receive-directory";
  private static final String RETURN = "return-directory";

  private final Configuration configuration;
  private final PaceTime time;
  private final Main camel = new Main();
  private final Beans beans;
  private final PaceEdges edges;

  /**
   * Wires it; nothing runs yet.
   *
   * @param ledger as the account sees it
   * @param backups of the ledger as a whole
   */
  AccountInstance(Configuration configuration, Ledger ledger, Backups backups, PaceTime time) {
    this.configuration = configuration;
    this.time = time;
    // the process that started us ends us; Camel's own hook, run at the same signal, could make the
    // thread that closes wait for itself
    camel.setShutdownStrategy(new SimpleMainShutdownStrategy());
    beans =
        new Beans(
            configuration,
            ledger,
            backups,
            time,
            () -> camel.getCamelContext().createProducerTemplate());
    Triggers triggers = new Triggers(camel::getCamelContext);
    edges = new PaceEdges(beans.pace, beans.claims, time, triggers);
    beans.beans().forEach(camel::bind);
    camel.bind("triggers", triggers);
    camel.bind("wake", new Wake(triggers));
    camel.bind("paceEdges", edges);
    Duration longestWait = configuration.delivery().retry().longestDelay();
    camel.bind(
        "clockWatch",
        new ClockWatch(
            time,
            edges::scheduleAgain,
            now -> beans.ledgerClock.notAheadOf(now, longestWait),
            beans.clock::jumped));
  }

  /**
   * Takes up what an earlier run left, and loads the routes.
   *
   * @param isFirst whether it also does what is done once a process
   */
  void prepare(Ports ports, boolean isFirst) throws IOException {
    recover();
    askForDirectories();
    camel.setDefaultPropertyPlaceholderLocation("false");
    Properties settings = CamelSettings.of(configuration);
    if (!isFirst) {
      CamelSettings.exclude(settings, "backup-ledger");
    }
    camel.setInitialProperties(settings);
    camel.addMainListener(new OwnKeysFirst());
    camel.addMainListener(ports.beforeRoutes(configuration.account().orElse("")));
    camel.init(); // loads the templates
    configuration.feeds().forEach(feed -> FeedBeans.addRoutes(camel.getCamelContext(), feed));
    FeedBeans.addResultsRoutes(camel.getCamelContext(), configuration.applied());
  }

  /** Starts the routes. */
  void run() {
    camel.start();
    edges.schedule(configuration.delivery().timetable());
    Controls.addTo(camel.getCamelContext(), configuration, beans, edges::schedule, time);
  }

  /** Tells the log that it runs, when all that belongs to it is open. */
  void sayStarted() {
    LOG.info(
        "Started{}: {} to {}, data in {}",
        configuration.account().map(name -> " account " + name).orElse(""),
        configuration.feeds().stream().map(feed -> "feed " + feed.name()).toList(),
        configuration.onefile().baseUrl(),
        configuration.folders().data());
  }

  CamelContext camel() {
    return camel.getCamelContext();
  }

  Beans beans() {
    return beans;
  }

  PaceEdges edges() {
    return edges;
  }

  /** First, so that nobody waits for admission, or reads a long file, when Camel stops. */
  void quieten() {
    beans.pace.stop();
    beans.planner.queue().stop();
  }

  /** Waits up to 20 s for calls in flight. Also where it was not run, or not even prepared. */
  void stop() {
    camel.stop();
  }

  /** Spool, pauses, lost answers, cancels, half-made lines. */
  private void recover() throws IOException {
    Duration longestWait = configuration.delivery().retry().within();
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
  private void askForDirectories() {
    CentreDirectory directory = beans.directory;
    for (Feed feed : configuration.feeds()) {
      Integer organisation = feed.mapping().organisation();
      if (organisation != null && feed.mapping().firstReference().isPresent()) {
        directory.askOnce(organisation, feed.mapping().hasTitles());
      }
    }
  }

  /**
   * The file of the route that failed to be built, with a colon; empty where it is not known. Camel
   * names the route that it could not build, but not always the file.
   */
  String fileOf(Throwable failure) {
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

  /** Stops several at the same time: each may wait for calls in flight. */
  static void stopAll(List<AccountInstance> accounts) {
    accounts.forEach(AccountInstance::quieten);
    List<Thread> others =
        accounts.stream()
            .skip(1)
            .map(
                account ->
                    new Thread(account::stop, "closing " + account.configuration.accountName()))
            .toList();
    others.forEach(Thread::start);
    accounts.stream().limit(1).forEach(AccountInstance::stop);
    for (Thread other : others) {
      try {
        other.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // it is left behind, as the process ends
      }
    }
  }
}
