package uk.onefileroutes.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelContext;
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
import uk.onefileroutes.ledger.FileActions;
import uk.onefileroutes.ledger.Ledger;
import uk.onefileroutes.ledger.LedgerException;
import uk.onefileroutes.pace.Pace;
import uk.onefileroutes.pace.PaceTime;
import uk.onefileroutes.ports.Access;
import uk.onefileroutes.shown.Causes;

/**
 * One instance of the bundle: the ledger, the ports, and for each account its beans and Camel with
 * its routes. Start once, close once; both from one thread.
 *
 * <p>Closing admits no more calls, waits up to 20 s for those in flight to be settled, and leaves
 * what is still unanswered to the next start.
 */
public final class Instance implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Instance.class);

  private final Ledger ledger;
  private final Ports ports;
  private final List<AccountInstance> accounts = new ArrayList<>();

  private Instance(Ledger ledger, Ports ports) {
    this.ledger = ledger;
    this.ports = ports;
  }

  /**
   * Starts an instance without accounts, or with one; returns when its routes run.
   *
   * @param time the time that it lives by
   * @throws StartFailure if it can't start; nothing is left running then
   */
  public static Instance start(Configuration configuration, PaceTime time) throws StartFailure {
    return start(List.of(configuration), time);
  }

  /**
   * Starts an instance; returns when the routes of all accounts run.
   *
   * @param configurations one an account, as {@link Configuration#readAll} reads them
   * @param time the time that it lives by
   * @throws StartFailure if an account can't start; nothing is left running then
   */
  public static Instance start(List<Configuration> configurations, PaceTime time)
      throws StartFailure {
    Configuration process = configurations.get(0);
    refuseBrokenRoutes(process);
    for (Configuration configuration : configurations) {
      createFolders(configuration);
    }
    Ledger ledger = LedgerOpening.open(process.ledger(), process.accountName());
    Instance instance = new Instance(ledger, new Ports(process.management()));
    try {
      LedgerAccounts.refuseForgotten(
          ledger, configurations.stream().map(Configuration::accountName).toList());
      instance.start(process, configurations, time);
      return instance;
    } catch (LedgerException | IOException | Ports.Taken e) {
      instance.close();
      throw StartFailure.environment(String.valueOf(e.getMessage()), e);
    } catch (StartFailure e) {
      instance.close();
      throw e;
    } catch (RuntimeException e) { // whatever Camel makes of a broken route
      String reason = instance.fileOf(e) + Reasons.of(e);
      instance.close();
      throw StartFailure.routes(reason, e);
    }
  }

  private void start(Configuration process, List<Configuration> configurations, PaceTime time)
      throws IOException {
    process.exposed().forEach(each -> LOG.warn("SECRET: {}", each));
    ports.warnIfOpenToAll();
    Access access = ports.access(process.folders().data());
    Backups backups = Backups.of(process, ledger, time);
    for (Configuration configuration : configurations) {
      String name = configuration.accountName();
      Ledger view = name.equals(ledger.account()) ? ledger : ledger.of(name);
      accounts.add(new AccountInstance(configuration, view, backups, time));
    }
    // of all, before any routes run: they share spool and folders
    for (AccountInstance account : accounts) {
      account.prepare(ports, account == accounts.get(0));
    }
    ports.openManagement(access);
    accounts.forEach(AccountInstance::run);
    ports.openConsole(access);
    accounts.forEach(AccountInstance::sayStarted);
  }

  private String fileOf(Throwable failure) {
    return accounts.stream()
        .map(account -> account.fileOf(failure))
        .filter(file -> !file.isEmpty())
        .findFirst()
        .orElse("");
  }

  /** The first account, by name: the only one where there are no accounts. */
  private Beans first() {
    return accounts.get(0).beans();
  }

  /** Camel of the first account, for those who look at routes. */
  public CamelContext camel() {
    return accounts.get(0).camel();
  }

  /** The files of the first account, for those who look at progress. */
  public AcceptedFiles files() {
    return first().files;
  }

  /** The password that was generated at this start, to be shown once; empty where none was. */
  public Optional<String> newPassword() {
    return ports.newPassword();
  }

  /** What people do with files of the first account. */
  public FileActions actions() {
    return first().actions;
  }

  /** How files of the first account are undone. */
  public Undos undos() {
    return first().undos;
  }

  /** How parts of held files of the first account are released. */
  public Parts parts() {
    return first().parts;
  }

  /** What would happen with files of the first account, for those who look at that. */
  public DryRuns dryRuns() {
    return first().dryRuns;
  }

  /** When drop folders of the first account were last looked into, for those who look at that. */
  public Listings listings() {
    return first().listings;
  }

  /** What a person must know of the first account, for those who look at that. */
  public Alarms alarms() {
    return first().alarms;
  }

  /** The pace of the first account, for those who look at it or change it. */
  public Pace pace() {
    return first().pace;
  }

  /** Its edges in Quartz, for those who change the timetable. */
  public PaceEdges edges() {
    return accounts.get(0).edges();
  }

  @Override
  public void close() {
    AccountInstance.stopAll(accounts);
    ports.close(); // until here they tell how it stops
    ledger.close();
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
}
