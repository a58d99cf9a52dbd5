package uk.onefileroutes.management;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.onefileroutes.testing.PortsFixture.login;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import uk.onefileroutes.ports.ManagementServer;
import uk.onefileroutes.simulator.ArmedFault;
import uk.onefileroutes.simulator.Fault;
import uk.onefileroutes.simulator.Selection;
import uk.onefileroutes.simulator.Simulator;
import uk.onefileroutes.testing.PortsFixture;
import uk.onefileroutes.testing.TestBundle;

/** What readiness knows beside ledger and feeds. */
class ReadinessTest {
  private static final String FILE =
      "learner_id,role,kind,assignee_id\n1,assessor,default,2\n2,assessor,default,2\n";

  @Test
  void withoutASessionItIsNotReadyUnlessAWindowIsClosed() throws Exception {
    try (PortsFixture ports = PortsFixture.start(TestBundle.Setup.plain())) {
      assertThat(ready(ports).statusCode()).as("no session was needed yet").isEqualTo(200);
      ArmedFault refused =
          ports
              .bundle
              .simulator()
              .faults()
              .add(
                  Fault.answer(401)
                      .on(Selection.all().under(Simulator.BASE_PATH + "/Authentication")));
      ports.bundle.drop("export.csv", FILE);
      TestBundle.await("not ready").until(() -> ready(ports).statusCode() == 503);
      assertThat(ready(ports).body())
          .contains("No session with Onefile: Onefile does not accept the customer token");
      assertThat(ports.get(ports.management + "/observe/health/live", login()).statusCode())
          .isEqualTo(200);

      tell(ports, "Pace", "setClosed", "announced", "daily 00:00-24:00");
      TestBundle.await("closed").until(() -> ready(ports).statusCode() == 200);
      tell(ports, "Pace", "removeClosed", "announced");
      refused.remove();
      tell(ports, "Delivery", "resume");
      ports.bundle.awaitAnswer("export.csv");
      assertThat(ready(ports).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aDiskWithLittleRoomIsNotReady() throws Exception {
    try (PortsFixture ports =
        PortsFixture.start(TestBundle.Setup.plain().withKey("disk.floor-mib", "1048576"))) {
      TestBundle.await("the alarm")
          .until(
              () ->
                  ports
                      .get(ports.management + "/observe/metrics", login())
                      .body()
                      .contains("onefile_alarm{code=\"DISK\"} 1"));
      HttpResponse<String> ready = ready(ports);
      assertThat(ready.statusCode()).isEqualTo(503);
      assertThat(ready.body()).contains("MiB are free on the disk", "less than disk.floor-mib");
    }
  }

  private static HttpResponse<String> ready(PortsFixture ports) throws Exception {
    return ports.get(ports.management + "/observe/health/ready", login());
  }

  private static void tell(PortsFixture ports, String mbean, String operation, String... arguments)
      throws Exception {
    ports.jolokia(
        ports.management + ManagementServer.MBEANS,
        PortsFixture.exec("onefile:type=" + mbean, operation, List.of(arguments)));
  }
}
