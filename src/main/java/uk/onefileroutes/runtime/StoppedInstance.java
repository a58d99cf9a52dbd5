package uk.onefileroutes.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.main.Main;
import uk.onefileroutes.config.Configuration;
import uk.onefileroutes.dryrun.DryRun;
import uk.onefileroutes.dryrun.DryRunReport;
import uk.onefileroutes.dryrun.DryRuns;
import uk.onefileroutes.dryrun.ExportComparison;
import uk.onefileroutes.dryrun.ExportDifference;
import uk.onefileroutes.feed.Listings;
import uk.onefileroutes.ledger.Approvals;
import uk.onefileroutes.ledger.AttemptLog;
import uk.onefileroutes.ledger.AuditLog;
import uk.onefileroutes.ledger.Backup;
import uk.onefileroutes.ledger.FileActions;
import uk.onefileroutes.ledger.Leavers;
import uk.onefileroutes.ledger.Ledger;
import uk.onefileroutes.ledger.LedgerException;
import uk.onefileroutes.ledger.LedgerLogin;
import uk.onefileroutes.ledger.Overview;
import uk.onefileroutes.ledger.Slots;
import uk.onefileroutes.management.AuditTrail;
import uk.onefileroutes.management.Caller;
import uk.onefileroutes.management.Check.Finding;
import uk.onefileroutes.management.LedgerOperations;
import uk.onefileroutes.management.Operations;
import uk.onefileroutes.management.Operations.PlanOutputs;
import uk.onefileroutes.management.StatusReader;
import uk.onefileroutes.pace.PaceTime;
import uk.onefileroutes.proof.Fact;
import uk.onefileroutes.proof.Findings;
import uk.onefileroutes.proof.Proof;
import uk.onefileroutes.proof.ProofReport;
import uk.onefileroutes.proof.Subject;
import uk.onefileroutes.shown.Causes;

/** What can be seen and done where no instance runs: by the ledger alone. For one thread. */
public final class StoppedInstance implements AutoCloseable {
  private final Ledger ledger;
  private final Backups backups;
  private final PaceTime time;

  private StoppedInstance(Ledger ledger, PaceTime time, Backups backups) {
    this.ledger = ledger;
    this.time = time;
    this.backups = backups;
  }

  /**
   * Of backups.
   *
   * @param backup how many
   * @param zone whose clocks their names are on
   */
  public record Keep(Configuration.Backup backup, ZoneId zone) {}

  /**
   * Opens the ledger; no instance can start while it is open.
   *
   * @param account one that the ledger knows or gets to know; empty: there are no accounts
   * @throws StartFailure if there is none, or an instance has it
   */
  public static StoppedInstance open(
      LedgerLogin place, Path data, String account, PaceTime time, Keep keep) throws StartFailure {
    boolean isEmbedded = place.equals(LedgerLogin.embedded(data));
    if (isEmbedded && !Files.exists(data.resolve("ledger.mv.db"))) {
      throw StartFailure.environment(
          "no instance runs, and %s holds no ledger; name the data folder with --data"
              .formatted(data),
          new IOException("no ledger"));
    }
    Ledger ledger =
        LedgerOpening.open(place, account.isEmpty() ? Configuration.DEFAULT_ACCOUNT : account);
    Backups backups = new Backups(data, keep.backup(), new Backup(ledger), time, keep.zone());
    return new StoppedInstance(ledger, time, backups);
  }

  /**
   * What can be asked and done; as long as this is open.
   *
   * @param account whose files and slots are meant; empty: there are no accounts
   */
  public Operations operations(String account) {
    Ledger view =
        account.isEmpty() || account.equals(ledger.account()) ? ledger : ledger.of(account);
    AuditLog audit = new AuditLog(ledger, account);
    return new LedgerOperations(
        new StatusReader(new Overview(view), null, List.of(), new Listings(time), time),
        new LedgerOperations.Store(
            new FileActions(view),
            new Slots(view),
            new AttemptLog(view),
            audit,
            new Leavers(view),
            new Approvals(view)),
        backups,
        time,
        new AuditTrail(audit, () -> Caller.ofProcess("command"), time));
  }

  @Override
  public void close() {
    ledger.close();
  }

  /**
   * Looks whether an instance could start and work: routes, folders, ledger, SFTP, and Onefile's
   * login, by one call under the pace that the last run left. Takes no file in and sends nothing.
   */
  public static List<Finding> check(Configuration configuration, PaceTime time) {
    List<Finding> findings = new ArrayList<>();
    Path routes = configuration.folders().routes();
    try {
      Properties settings = CamelSettings.of(configuration);
      List<String> faults = RouteCheck.faults(routes, settings);
      if (!faults.isEmpty()) {
        faults.forEach(fault -> findings.add(Finding.notOk("routes", fault)));
        return findings;
      }
      findings.add(Finding.ok("routes", routes.toString()));
      OwnerOnly.folder(configuration.folders().data());
      load(settings, configuration, "onefile", "errors");
      try (Ledger ledger =
          LedgerOpening.open(configuration.ledger(), configuration.accountName())) {
        findings.addAll(
            within(
                configuration,
                settings,
                ledger,
                time,
                beans -> new SelfCheck(configuration, beans).run()));
      }
    } catch (IOException | StartFailure | LedgerException e) {
      findings.add(Finding.notOk("start", String.valueOf(e.getMessage())));
    }
    return findings;
  }

  /**
   * What would happen with a file; as {@code DryRuns.run}. Sends nothing. Where there is no ledger
   * yet, against an empty one, which is deleted.
   */
  public static DryRunReport plan(
      Configuration configuration, PaceTime time, String file, String feed, PlanOutputs outputs)
      throws StartFailure {
    DryRun.Wanted wanted = new DryRun.Wanted(outputs.rows(), outputs.requests());
    return withDryRuns(configuration, time, dryRuns -> dryRuns.run(file, feed, wanted));
  }

  /** How an export differs from another one; as {@code ExportComparison}, and as {@link #plan}. */
  public static ExportDifference compare(
      Configuration configuration, PaceTime time, String file, String against, String feed)
      throws StartFailure {
    return withDryRuns(
        configuration, time, dryRuns -> new ExportComparison(dryRuns).of(file, against, feed));
  }

  /** What is asked of dry runs. */
  @FunctionalInterface
  private interface Planned<T> {
    T by(DryRuns dryRuns) throws IOException;
  }

  private static <T> T withDryRuns(Configuration configuration, PaceTime time, Planned<T> planned)
      throws StartFailure {
    Path dryRuns = configuration.folders().data().resolve("dryrun");
    Path none = dryRuns.resolve("no-ledger-" + UUID.randomUUID());
    try {
      boolean isThere = configuration.ledger().file().map(Files::exists).orElse(true);
      Properties settings = settings(configuration);
      OwnerOnly.folder(configuration.folders().data());
      OwnerOnly.folder(dryRuns);
      LedgerLogin login =
          isThere ? configuration.ledger() : LedgerLogin.embedded(Files.createDirectories(none));
      load(settings, configuration, "dryrun", "plan", "enrich", "errors");
      // these plan in earnest
      settings.setProperty("camel.main.routeFilterExcludePattern", "plan-next,plan-file");
      try (Ledger ledger = LedgerOpening.open(login, configuration.accountName())) {
        Work<T, IOException> work =
            beans -> {
              beans.guard.restore();
              return planned.by(beans.dryRuns);
            };
        return within(configuration, settings, ledger, time, work);
      } finally {
        DryRun.delete(none);
      }
    } catch (LedgerException | IllegalStateException e) { // their sentences are ours
      throw StartFailure.environment(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw StartFailure.environment(Causes.words(e), e);
    }
  }

  /**
   * Tries at Onefile what its guide leaves open, in the pace that the last run left. Changes
   * assignments there; the ledger keeps nothing but pauses that Onefile asks for.
   *
   * @param told each fact when it is found
   * @throws StartFailure if it can't begin; nothing was sent then
   */
  public static ProofReport prove(
      Configuration configuration, PaceTime time, Subject subject, Consumer<Fact> told)
      throws StartFailure {
    try {
      Properties settings = settings(configuration);
      OwnerOnly.folder(configuration.folders().data());
      load(settings, configuration, "onefile", "errors");
      try (Ledger ledger =
          LedgerOpening.open(configuration.ledger(), configuration.accountName())) {
        return within(
            configuration,
            settings,
            ledger,
            time,
            beans -> {
              beans.guard.restore();
              return new Proof(
                      subject,
                      new Proof.Setup(
                          configuration.onefile().baseUrl(),
                          configuration.directory().organisation(),
                          new Findings.Present(
                              configuration.onefile().form().assigneeField(),
                              configuration.delivery().answers().renewOn())),
                      new ProofRoad(beans, beans.producer.get()),
                      told,
                      time)
                  .run();
            });
      }
    } catch (LedgerException e) { // its sentences are ours
      throw StartFailure.environment(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw StartFailure.environment(Causes.words(e), e);
    }
  }

  /**
   * What Camel is started with.
   *
   * @throws StartFailure where a route is broken
   */
  private static Properties settings(Configuration configuration) throws StartFailure, IOException {
    Properties settings = CamelSettings.of(configuration);
    List<String> faults = RouteCheck.faults(configuration.folders().routes(), settings);
    if (!faults.isEmpty()) {
      throw StartFailure.routes(String.join(System.lineSeparator(), faults), null);
    }
    return settings;
  }

  /** Only these files of routes. */
  private static void load(Properties settings, Configuration configuration, String... names) {
    settings.setProperty(
        "camel.main.routesIncludePattern",
        Stream.of(names)
            .map(name -> "file:" + configuration.folders().routes() + "/" + name + ".camel.yaml")
            .collect(Collectors.joining(",")));
  }

  /** What is done with the beans of an instance. */
  @FunctionalInterface
  private interface Work<T, E extends Exception> {
    T by(Beans beans) throws E;
  }

  /** Works while Camel runs with these settings; it ends with the work. */
  private static <T, E extends Exception> T within(
      Configuration configuration,
      Properties settings,
      Ledger ledger,
      PaceTime time,
      Work<T, E> work)
      throws E {
    Main camel = new Main();
    try {
      Beans beans =
          new Beans(
              configuration,
              ledger,
              Backups.of(configuration, ledger, time),
              time,
              () -> camel.getCamelContext().createProducerTemplate());
      camel.setDefaultPropertyPlaceholderLocation("false");
      camel.setInitialProperties(settings);
      camel.addMainListener(new OwnKeysFirst());
      beans.beans().forEach(camel::bind);
      camel.start();
      return work.by(beans);
    } finally {
      camel.stop();
    }
  }
}
