package uk.onefileroutes.management;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.CamelContext;
import uk.onefileroutes.alarm.AlarmCode;
import uk.onefileroutes.alarm.Alarms;

/** Whether alarms stand, beside our other figures. */
public final class AlarmMeters {
  private AlarmMeters() {}

  /** Adds one for each code, always there; does nothing where no metrics are served. */
  public static void addTo(CamelContext camel, Alarms alarms) {
    MeterRegistry registry = camel.getRegistry().findSingleByType(MeterRegistry.class);
    if (registry == null) {
      return;
    }
    for (AlarmCode code : AlarmCode.values()) {
      Gauge.builder("onefile.alarm", alarms, all -> all.stands(code) ? 1 : 0)
          .tag("code", code.name())
          .description("1 while an alarm with this code stands")
          .register(registry);
    }
  }
}
