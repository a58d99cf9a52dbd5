package uk.onefileroutes.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.onefileroutes.keys.Key;
import uk.onefileroutes.keys.KeyTable;
import uk.onefileroutes.keys.Type;

/** Variables that Kubernetes sets for services are not taken for keys; StartIT shows it whole. */
class ServiceLinksTest {
  private static final KeyTable TABLE = Configuration.keys();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tcp://10.0.0.1:8080",
        "udp://10.0.0.1:53",
        "sctp://10.0.0.1:9",
        "tcp://[fd00::1]:1"
      })
  void anAddressOfAServiceIsNoNumberOfAPort(String address) {
    assertThat(ServiceLinks.isOne("management.port", address)).isTrue();
    assertThat(
            ServiceLinks.ignored(
                Map.of("MANAGEMENT_PORT", address, "ALARM_MAIL_PORT", address), TABLE))
        .hasValueSatisfying(
            said ->
                assertThat(said)
                    .startsWith("ALARM_MAIL_PORT, MANAGEMENT_PORT: ignored")
                    .contains("enableServiceLinks: false")
                    .doesNotContain("10.0", "fd00"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"8080", "off", "", "tcp", "tcp:8080", "http://10.0.0.1:80", "x tcp://y"})
  void anyOtherValueIsJudgedAsEver(String value) {
    assertThat(ServiceLinks.isOne("management.port", value)).isFalse();
    assertThat(ServiceLinks.ignored(Map.of("MANAGEMENT_PORT", value), TABLE)).isEmpty();
  }

  @Test
  void anAddressInAnyOtherKeyIsJudgedAsEver() {
    assertThat(ServiceLinks.isOne("management.host", "tcp://10.0.0.1:1")).isFalse();
    assertThat(ServiceLinks.isOne("delivery.plan.x-port", "tcp://10.0.0.1:1")).isFalse();
  }

  @Test
  void whatElseKubernetesSetsForAServiceIsNoKey() {
    Map<String, String> console =
        Map.of(
            "CONSOLE_SERVICE_HOST", "10.0.0.1",
            "CONSOLE_SERVICE_PORT", "8081",
            "CONSOLE_SERVICE_PORT_HTTP", "8081",
            "CONSOLE_PORT_8081_TCP", "tcp://10.0.0.1:8081",
            "CONSOLE_PORT_8081_TCP_PROTO", "tcp",
            "CONSOLE_PORT_8081_TCP_PORT", "8081",
            "CONSOLE_PORT_8081_TCP_ADDR", "10.0.0.1",
            "ONEFILE_PORT", "tcp://10.0.0.1:443");
    List<String> keys = TABLE.names().stream().map(KeySource::variableOf).toList();
    assertThat(keys).doesNotContainAnyElementsOf(console.keySet());
    assertThat(ServiceLinks.ignored(console, TABLE)).isEmpty();
  }

  /** By their names alone they are told from others. */
  @Test
  void everyKeyOfAPortIsANumber() {
    assertThat(TABLE.keys())
        .filteredOn(key -> key.name().endsWith(".port"))
        .hasSize(3)
        .extracting(Key::type)
        .extracting(Type::kind)
        .containsOnly(Type.Kind.NUMBER);
  }
}
