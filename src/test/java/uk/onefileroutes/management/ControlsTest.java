package uk.onefileroutes.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.component.quartz.QuartzComponent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.quartz.Trigger;
import org.quartz.TriggerKey;
import uk.onefileroutes.pace.Rate;
import uk.onefileroutes.testing.TestBundle;
import uk.onefileroutes.testing.TestBundle.Setup;

/** The MBeans of a running bundle, asked as JMX asks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ControlsTest {
  private static final MBeanServer JMX = ManagementFactory.getPlatformMBeanServer();

  private TestBundle bundle;

  @BeforeAll
  void start() throws Exception {
    bundle =
        TestBundle.start(
            Setup.plain()
                .withKey("delivery.plan.nights", "2020-01-01 00:00-2020-01-02 00:00 at 10"));
  }

  @AfterAll
  void close() throws Exception {
    bundle.close();
  }

  private static ObjectName name(String type) throws Exception {
    return JMX.queryNames(new ObjectName("onefile:type=" + type + ",*"), null).iterator().next();
  }

  private static Object read(String type, String attribute) throws Exception {
    return JMX.getAttribute(name(type), attribute);
  }

  private static String tell(String type, String operation, String... arguments) throws Exception {
    String[] signature = new String[arguments.length];
    Arrays.fill(signature, String.class.getName());
    return (String) JMX.invoke(name(type), operation, arguments, signature);
  }

  @Test
  void eachAttributeAndOperationSaysWhatItIs() throws Exception {
    for (String type :
        List.of(
            "Delivery",
            "Pace",
            "Files",
            "Feeds",
            "Verification",
            "Audit",
            "Retention",
            "Directory")) {
      var info = JMX.getMBeanInfo(name(type));
      assertThat(info.getDescription()).isNotBlank();
      assertThat(info.getAttributes())
          .allSatisfy(
              attribute ->
                  assertThat(attribute.getDescription())
                      .isNotBlank()
                      .isNotEqualTo(attribute.getName()));
      assertThat(info.getOperations())
          .allSatisfy(
              operation ->
                  assertThat(operation.getDescription())
                      .isNotBlank()
                      .isNotEqualTo(operation.getName()));
    }
  }

  @Test
  void thePaceIsSetByHandAndGoesBack() throws Exception {
    assertThat(tell("Pace", "setPace", "30"))
        .isEqualTo("Set the pace from unlimited to 30 calls per minute.");
    assertThat(bundle.instance().pace().now().speed().rate()).isEqualTo(new Rate(30));
    assertThat(read("Pace", "CallsPerMinute")).isEqualTo("30");
    assertThat(read("Pace", "Source")).isEqualTo("by_hand");

    tell("Pace", "resetPace");
    assertThat(read("Pace", "Source")).isEqualTo("base");
    assertThat(bundle.instance().pace().now().speed().rate()).isEqualTo(Rate.UNLIMITED);
  }

  @Test
  void whatIsNoPaceIsRefusedInASentence() {
    assertThatThrownBy(() -> tell("Pace", "setPace", "fast"))
        .rootCause()
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"fast\" is not a number of calls per minute");
    assertThatThrownBy(() -> tell("Pace", "setClosed", "x", "at noon"))
        .rootCause()
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> tell("Pace", "setClosed", "a b", "daily 06:00-07:00"))
        .rootCause()
        .hasMessageContaining("A name is");
    assertThatThrownBy(() -> tell("Pace", "removePlan", "unheard-of"))
        .rootCause()
        .hasMessageContaining("no plan entry unheard-of");
  }

  @Test
  void planAndWindowsAreChangedWithTheTriggerOfTheNextEdge() throws Exception {
    tell("Pace", "setClosed", "tea", "daily 00:00-24:00");
    assertThat(read("Pace", "State")).isEqualTo("closed");
    assertThat(read("Pace", "ClosedWindows")).asString().contains("tea (daily 00:00-24:00)");

    tell("Pace", "setClosed", "tea", "2098-05-02 15:55-16:05");
    assertThat(nextEdge()).isEqualTo("2098-05-02T14:55:00Z closed.tea begins");
    tell("Pace", "setPlan", "office", "2098-05-01 08:00-18:00 at 120");
    assertThat(nextEdge()).isEqualTo("2098-05-01T07:00:00Z plan.office begins");

    tell("Pace", "removeClosed", "tea");
    tell("Pace", "setPlan", "office", "2098-05-02 15:00-18:00 at 120");
    assertThat(nextEdge()).isEqualTo("2098-05-02T14:00:00Z plan.office begins");
    tell("Pace", "removePlan", "office");
    assertThat(nextEdge()).doesNotContain("tea").doesNotContain("office");
    assertThat(read("Pace", "Plan")).asString().contains("nights").doesNotContain("office");
  }

  private String nextEdge() throws Exception {
    Trigger trigger =
        bundle
            .instance()
            .camel()
            .getComponent("quartz", QuartzComponent.class)
            .getScheduler()
            .getTrigger(new TriggerKey("next-edge", "pace"));
    return trigger.getNextFireTime().toInstant() + " " + trigger.getDescription();
  }

  @Test
  void aPauseHoldsAcrossARestartUntilItIsResumed() throws Exception {
    tell("Delivery", "pause", "audit");
    bundle.stopInstance();
    bundle.startInstance();
    assertThat(read("Pace", "State")).isEqualTo("paused");
    assertThat(read("Pace", "Reason")).isEqualTo("Paused by hand: audit.");
    bundle.drop("export.csv", "learner_id,kind,role,assignee_id\n501001,1,assessor,700001\n");
    TestBundle.await("the file is planned")
        .untilAsserted(() -> assertThat(read("Delivery", "OpenRequests")).isEqualTo(1L));
    assertThat(bundle.simulator().calls()).isEmpty();

    tell("Delivery", "resume");
    assertThat(bundle.awaitResults("export.csv")).content().contains(",sent,");

    bundle.stopInstance();
    bundle.startInstance();
    assertThat(read("Pace", "State")).isEqualTo("open");
    assertThatThrownBy(() -> tell("Delivery", "pause", " "))
        .rootCause()
        .hasMessageContaining("why");
  }

  @Test
  @SuppressWarnings("unchecked") // what the MBean promises
  void feedsSayWhenTheyWereLookedInto() throws Exception {
    TestBundle.await("a first look")
        .untilAsserted(
            () ->
                assertThat((List<Map<String, Object>>) read("Feeds", "Feeds"))
                    .singleElement()
                    .satisfies(
                        feed -> {
                          assertThat(feed.get("name")).isEqualTo("test");
                          assertThat(feed.get("lastListedAt")).isNotNull();
                          assertThat(feed.get("failure")).isNull();
                        }));
    assertThat(read("Feeds", "FailingFeeds")).isEqualTo(0L);
  }
}
