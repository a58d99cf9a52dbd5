package uk.onefileroutes.management;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.alarm.Alarms;
import uk.onefileroutes.alarm.Notices;
import uk.onefileroutes.management.Status.AlarmNow;

/** The MBean {@code onefile:type=Alarms}. Thread-safe. */
@ManagedResource(description = "What a person must know until it is over, and who is told")
public final class AlarmsControl {

  private final Alarms alarms;
  private final Operations operations;

  public AlarmsControl(Alarms alarms, Operations operations) {
    this.alarms = alarms;
    this.operations = operations;
  }

  /** The alarms that stand, as status shows them. */
  public static List<AlarmNow> now(Alarms alarms) {
    return alarms.standing().stream()
        .map(
            alarm ->
                new AlarmNow(
                    alarm.code().name(),
                    alarm.about().isEmpty() ? null : alarm.about(),
                    alarm.since().toString(),
                    alarm.message()))
        .toList();
  }

  @ManagedAttribute(description = "The alarms that stand, oldest first; since when, UTC")
  public List<Map<String, Object>> getAlarms() {
    return Json.table(now(alarms));
  }

  @ManagedAttribute(description = "How many alarms stand")
  public long getStandingAlarms() {
    return alarms.standing().size();
  }

  @ManagedAttribute(
      description =
          "The channels that are told: where they lead, what they are owed, why they fail")
  public List<Map<String, @Nullable Object>> getChannels() {
    return alarms.notices().channels().stream().map(AlarmsControl::row).toList();
  }

  private static Map<String, @Nullable Object> row(Notices.Standing channel) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("channel", channel.channel());
    row.put("to", channel.to());
    row.put("owed", channel.owed());
    row.put(
        "lastDeliveredAt",
        channel.lastDeliveredAt() == null ? null : channel.lastDeliveredAt().toString());
    row.put("failure", channel.failure());
    return row;
  }

  @ManagedOperation(
      description =
          "Sends a test notice by each channel. Whether it was delivered, Channels and log show")
  public String sendTest() {
    return Jmx.sentence(operations::testAlarms);
  }
}
