package uk.onefileroutes.runtime;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckRegistry;
import uk.onefileroutes.config.Configuration;
import uk.onefileroutes.management.AlarmsControl;
import uk.onefileroutes.management.AuditControl;
import uk.onefileroutes.management.AuditTrail;
import uk.onefileroutes.management.DeliveryControl;
import uk.onefileroutes.management.DirectoryControl;
import uk.onefileroutes.management.FeedsControl;
import uk.onefileroutes.management.FeedsHealth;
import uk.onefileroutes.management.FilesControl;
import uk.onefileroutes.management.InstanceOperations;
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
      Beans beans,
      Consumer<Timetable> whenChanged,
      PaceTime time) {
    StatusReader status =
        new StatusReader(
            beans.overview,
            new StatusReader.Running(
                beans.pace,
                beans.session::since,
                () -> AlarmsControl.now(beans.alarms),
                beans.stages),
            configuration.feeds(),
            beans.listings,
            time);
    MBeans.register(
        camel,
        configuration.account().orElse(""),
        mbeans(configuration, beans, status, whenChanged, time));
    HealthCheckRegistry health = HealthCheckRegistry.get(camel);
    if (health != null) {
      health.register(new LedgerHealth(beans.overview, beans.disk));
      health.register(
          new SessionHealth(beans.session::since, beans.session::trouble, beans.pace, time));
      health.register(new StagesHealth(status));
      health.register(new FeedsHealth(configuration.feeds(), beans.listings));
    }
    Meters.addTo(
        camel,
        new Meters.Sources(
            status,
            beans.alarms,
            beans.files,
            beans.counts,
            beans.pace,
            configuration.folders().data()),
        time);
  }

  /** Each by the type in its name. */
  private static Map<String, Object> mbeans(
      Configuration configuration,
      Beans beans,
      StatusReader status,
      Consumer<Timetable> whenChanged,
      PaceTime time) {
    AuditTrail trail = new AuditTrail(beans.audit, time);
    Operations operations = operations(configuration, beans, status, trail, time);
    Map<String, Object> controls = new LinkedHashMap<>();
    controls.put("Operations", new OperationsControl(operations));
    controls.put("Delivery", new DeliveryControl(status, operations));
    controls.put(
        "Pace",
        new PaceControl(beans.pace, configuration.onefile().highestRate(), whenChanged, trail));
    controls.put("Files", new FilesControl(status, operations));
    controls.put("Verification", new VerificationControl(beans.verification, operations, trail));
    controls.put("Directory", new DirectoryControl(beans.directory, operations, trail));
    controls.put("Retention", new RetentionControl(beans.retention, operations, trail));
    controls.put("Audit", new AuditControl(operations));
    controls.put("Plan", new PlanControl(operations));
    controls.put("Feeds", new FeedsControl(status));
    controls.put("Alarms", new AlarmsControl(beans.alarms, operations));
    return controls;
  }

  private static Operations operations(
      Configuration configuration,
      Beans beans,
      StatusReader status,
      AuditTrail trail,
      PaceTime time) {
    return new InstanceOperations(
        new LedgerOperations(
            status,
            new LedgerOperations.Store(
                beans.actions,
                beans.slots,
                beans.history,
                beans.audit,
                beans.leavers,
                beans.approvals),
            beans.backups,
            time,
            trail),
        new InstanceOperations.Running(
            beans.guard,
            new SelfCheck(configuration, beans),
            beans.verification,
            beans.erasure,
            beans.alarms,
            new InstanceOperations.Plans(
                beans.dryRuns,
                new ReadablePlaces(configuration.folders().data(), configuration.feeds()),
                beans.undos,
                beans.parts,
                beans.appliedRows::enter)));
  }
}
