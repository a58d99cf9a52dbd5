package uk.onefileroutes.runtime;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckRegistry;
import uk.onefileroutes.config.Configuration;
import uk.onefileroutes.management.AlarmsControl;
import uk.onefileroutes.management.AuditControl;
import uk.onefileroutes.management.DeliveryControl;
import uk.onefileroutes.management.DirectoryControl;
import uk.onefileroutes.management.FeedsControl;
import uk.onefileroutes.management.FeedsHealth;
import uk.onefileroutes.management.FilesControl;
import uk.onefileroutes.management.InstanceOperations;
import uk.onefileroutes.management.Journal;
import uk.onefileroutes.management.LedgerHealth;
import uk.onefileroutes.management.LedgerOperations;
import uk.onefileroutes.management.MBeans;
import uk.onefileroutes.management.Meters;
import uk.onefileroutes.management.Operations;
import uk.onefileroutes.management.OperationsControl;
import uk.onefileroutes.management.PaceControl;
import uk.onefileroutes.management.PlanControl;
import uk.onefileroutes.management.ReadablePlaces;
import uk.onefileroutes.management.RetentionControl;
import uk.onefileroutes.management.SessionHealth;
import uk.onefileroutes.management.StagesHealth;
import uk.onefileroutes.management.StatusReader;
import uk.onefileroutes.management.VerificationControl;
import uk.onefileroutes.pace.PaceTime;
import uk.onefileroutes.pace.Timetable;

/** What an instance shows and is told from outside: MBeans, health, metrics. */
final class Controls {
  private Controls() {}

  /**
   * Adds all of it to Camel, which takes it away when it stops.
   *
   * @param whenChanged told of each timetable that a person sets
   */
  static void addTo(
      CamelContext camel,
      Configuration configuration,
      Parts parts,
      Consumer<Timetable> whenChanged,
      PaceTime time) {
    StatusReader status =
        new StatusReader(
            parts.overview,
            new StatusReader.Running(
                parts.pace,
                parts.session::since,
                () -> AlarmsControl.now(parts.alarms),
                parts.stages),
            configuration.feeds(),
            parts.listings,
            time);
    MBeans.register(camel, mbeans(configuration, parts, status, whenChanged, time));
    HealthCheckRegistry health = HealthCheckRegistry.get(camel);
    if (health != null) {
      health.register(new LedgerHealth(parts.overview, parts.disk));
      health.register(
          new SessionHealth(parts.session::since, parts.session::trouble, parts.pace, time));
      health.register(new StagesHealth(status));
      health.register(new FeedsHealth(configuration.feeds(), parts.listings, time));
    }
    Meters.addTo(
        camel,
        new Meters.Sources(
            status,
            parts.alarms,
            parts.files,
            parts.counts,
            parts.pace,
            configuration.folders().data()),
        time);
  }

  /** Each by the type in its name. */
  private static Map<String, Object> mbeans(
      Configuration configuration,
      Parts parts,
      StatusReader status,
      Consumer<Timetable> whenChanged,
      PaceTime time) {
    Journal journal = new Journal(parts.audit, time);
    Operations operations = operations(configuration, parts, status, journal, time);
    Map<String, Object> controls = new LinkedHashMap<>();
    controls.put("Operations", new OperationsControl(operations));
    controls.put("Delivery", new DeliveryControl(status, operations));
    controls.put(
        "Pace",
        new PaceControl(parts.pace, configuration.farSide().highestRate(), whenChanged, journal));
    controls.put("Files", new FilesControl(status, operations));
    controls.put("Verification", new VerificationControl(parts.verification, operations, journal));
    controls.put("Directory", new DirectoryControl(parts.directory, journal));
    controls.put("Retention", new RetentionControl(parts.retention, operations, journal));
    controls.put("Audit", new AuditControl(operations));
    controls.put("Plan", new PlanControl(operations));
    controls.put("Feeds", new FeedsControl(status));
    controls.put("Alarms", new AlarmsControl(parts.alarms, operations));
    return controls;
  }

  private static Operations operations(
      Configuration configuration,
      Parts parts,
      StatusReader status,
      Journal journal,
      PaceTime time) {
    return new InstanceOperations(
        new LedgerOperations(
            status,
            new LedgerOperations.Store(parts.actions, parts.slots, parts.history, parts.audit),
            parts.backups,
            time,
            journal),
        new InstanceOperations.Running(
            parts.guard,
            new SelfCheck(configuration, parts),
            parts.verification,
            parts.erasure,
            parts.alarms,
            parts.dryRuns,
            new ReadablePlaces(configuration.folders().data(), configuration.feeds())));
  }
}
