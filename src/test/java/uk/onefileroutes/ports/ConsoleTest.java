package uk.onefileroutes.ports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import javax.management.ObjectName;
import org.apache.camel.Route;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import uk.onefileroutes.testing.Browser;
import uk.onefileroutes.testing.PortsFixture;
import uk.onefileroutes.testing.TestBundle;

/** Hawtio as the process serves it, in a real browser, with the mouse and the keyboard. */
@TestMethodOrder(
    MethodOrderer.OrderAnnotation.class) // one visit: who is not logged in sees nothing
class ConsoleTest {
  private static final String ROWS =
      """
      learner_id,kind,role,assignee_id
      501001,default,assessor,70000%1$d
      501002,default,assessor,70000%1$d
      501003,default,assessor,70000%1$d
      """;

  @TempDir static Path profile;
  private static PortsFixture ports;
  private static Browser browser;

  @BeforeAll
  static void start() throws Exception {
    Browser.assumeInstalled();
    ports =
        PortsFixture.start(
            TestBundle.Setup.plain().withKey("delivery.closed.far", "2099-05-02 06:55-07:35"));
    browser = Browser.start(profile);
  }

  @AfterAll
  static void stop() throws Exception {
    if (browser != null) {
      browser.close();
    }
    if (ports != null) {
      ports.close();
    }
  }

  @Test
  @Order(1)
  void aWrongLoginIsRefusedAndTheRightOneAccepted() throws Exception {
    browser.go(ports.console + "/");
    browser.awaitText("Log in to your account");
    logIn("wrong");
    browser.awaitText("Invalid login credentials");
    browser.picture("console-wrong-login");
    assertThat(browser.text()).doesNotContain("Quartz");

    browser.go(ports.console + "/");
    logIn(PortsFixture.PASSWORD);
    browser.awaitText("Onefile Assignment Routes", PortsFixture.USER, "Camel", "JMX", "Quartz");
    assertThat(browser.text()).doesNotContain("Runtime", "JVM Diagnostics", "Connect");
  }

  @Test
  @Order(2)
  void routesHaveTheirDiagramsWithLiveCounters() throws Exception {
    ports.bundle.drop("first.csv", ROWS.formatted(1));
    ports.bundle.awaitResults("first.csv");
    ModelCamelContext camel = (ModelCamelContext) ports.bundle.instance().camel();
    List<String> routes = camel.getRoutes().stream().map(Route::getRouteId).toList();
    assertThat(routes).contains("receive-test", "deliver");

    browser.go(ports.console + "/camel/routeDiagram");
    for (String route : routes) {
      browser.click(treeNode(route));
      List<String> steps =
          camel.getRouteDefinition(route).getOutputs().stream()
              .filter(
                  step -> !step.getShortName().equals("marshal")) // no picture of Hawtio's has it
              .map(ProcessorDefinition::getId)
              .map("(ID: %s)"::formatted)
              .toList();
      assertThat(steps).isNotEmpty();
      browser.awaitText(steps.toArray(String[]::new));
      browser.picture("console-route-" + route);
    }

    browser.click(treeNode("call-onefile"));
    browser.awaitText("(ID: to-send-to-onefile)");
    // the console draws a figure only when it changes while the diagram is there
    ports.bundle.drop("second.csv", ROWS.formatted(3));
    ports.bundle.awaitResults("second.csv");
    Browser.await("a counter of 6 calls")
        .untilAsserted(
            () -> {
              JsonNode node =
                  browser.script(
                      "return [...document.querySelectorAll('.react-flow__node')]"
                          + ".map(node => node.innerText)"
                          + ".find(text => text.includes('(ID: to-send-to-onefile)'))");
              assertThat(node.asText().lines().map(String::strip)).contains("6");
            });
    browser.go(ports.console + "/camel/routes");
    browser.awaitText(routes.toArray(String[]::new));
    browser.picture("console-routes");
    browser.go(ports.console + "/camel/exchanges");
    browser.awaitText("Inflight Exchanges", "Blocked Exchanges");
    browser.picture("console-exchanges");
  }

  @Test
  @Order(3)
  void quartzShowsWhenThePaceChanges() throws Exception {
    browser.go(ports.console + "/quartz/triggers");
    browser.awaitText("pace", "next-edge", "2099-05-02T05:55:00.000Z");
    browser.picture("console-quartz-triggers");
  }

  @Test
  @Order(4)
  void deliveryIsPausedAndResumedByClicking() throws Exception {
    int callsBefore = ports.bundle.simulator().calls().size();
    operation("Delivery", "pause(String)");
    browser.type("//input[starts-with(@id, 'operation-pause(')]", "looking at it");
    execute("pause(java.lang.String)");
    browser.awaitText("Paused delivery: looking at it");
    browser.picture("console-paused");
    mbean("Pace", "Attributes");
    browser.awaitText("paused", "looking at it");
    browser.picture("console-pace");

    ports.bundle.drop("held-back.csv", ROWS.formatted(2));
    ObjectName delivery = new ObjectName("onefile:type=Delivery");
    Browser.await("work to do").until(() -> attribute(delivery, "OpenRequests").equals(3L));
    long ticks = ticks();
    Browser.await("ticks that find work and may not do it").until(() -> ticks() >= ticks + 4);
    assertThat(attribute(delivery, "OpenRequests")).isEqualTo(3L);
    assertThat(ports.bundle.simulator().calls()).hasSize(callsBefore);

    operation("Delivery", "resume()");
    execute("resume()");
    browser.awaitText("Resumed delivery");
    browser.picture("console-resumed");
    ports.bundle.awaitResults("held-back.csv");
    assertThat(ports.bundle.simulator().calls()).hasSizeGreaterThanOrEqualTo(callsBefore + 3);
  }

  private static void logIn(String password) {
    browser.type("//input[@id='pf-login-username-id']", PortsFixture.USER);
    browser.type("//input[@id='pf-login-password-id']", password);
    browser.click("//button[@type='submit']");
  }

  private static String treeNode(String name) {
    return "//button[contains(@class, 'tree-view__node-text') and normalize-space()='"
        + name
        + "']";
  }

  /** Goes to a tab of an MBean of ours, through the tree. */
  private static void mbean(String name, String tab) {
    browser.go(ports.console + "/jmx");
    browser.click("//li[@id='onefile-folder']//button[contains(@class, 'node-toggle')]");
    browser.click("//li[@id='onefile-folder']" + treeNode(name));
    browser.click("//nav//a[normalize-space()='" + tab + "']");
  }

  /** Opens the form of an operation of an MBean of ours. */
  private static void operation(String mbean, String signature) {
    mbean(mbean, "Operations");
    browser.click(
        "//li[contains(@class, 'data-list__item')][.//b[text()='"
            + signature
            + "']]//button[@aria-label='Details']");
  }

  private static void execute(String operation) {
    browser.click("//section[@id='operation-execute-" + operation + "']//button[@type='submit']");
  }

  private static long ticks() throws Exception {
    String camel = ports.bundle.instance().camel().getName();
    return (long)
        attribute(
            new ObjectName(
                "org.apache.camel:context=%s,type=routes,name=\"deliver\"".formatted(camel)),
            "ExchangesCompleted");
  }

  private static Object attribute(ObjectName mbean, String name) throws Exception {
    return ManagementFactory.getPlatformMBeanServer().getAttribute(mbean, name);
  }
}
