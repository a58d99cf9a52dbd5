package uk.onefileroutes.management;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.alarm.Alarms;
import uk.onefileroutes.alarm.Notices;
import uk.onefileroutes.ledger.ActionRefused;
import uk.onefileroutes.management.Journal.Deed;
import uk.onefileroutes.management.Journal.Done;
import uk.onefileroutes.management.Status.AlarmNow;

/** The MBean {@code onefile:type=Alarms}. Thread-safe. */
@ManagedResource(description = "What a person must know until it is over, and who is told")
public final class AlarmsControl {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<List<Map<String, Object>>> TABLE = new TypeReference<>() {};

  private final Alarms alarms;
  private final Journal journal;

  public AlarmsControl(Alarms alarms, Journal journal) {
    this.alarms = alarms;
    this.journal = journal;
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
    return JSON.convertValue(now(alarms), TABLE);
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
    return FilesControl.asked(
        () ->
            journal.keep(
                new Deed("test-alarms", "the channels", "nothing of a test is owed"),
                () -> {
                  String to =
                      alarms.test().stream()
                          .map(channel -> channel.word())
                          .collect(Collectors.joining(" and "));
                  if (to.isEmpty()) {
                    throw new ActionRefused(
                        "Nobody would be told: set alarm.mail.to or alarm.webhook.url, and restart.");
                  }
                  return new Done("sent a test notice by " + to, "a notice is owed by " + to);
                }));
  }
}
