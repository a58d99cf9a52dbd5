package uk.onefileroutes.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uk.onefileroutes.simulator.Fault.Spoilt.Body;

/** Bodies as a plain client sees them. */
@Timeout(60)
class SpoiltBodyTest {
  private static final String TO_FIVE = "{\"DefaultAssessorID\":5}";

  private Simulator simulator;
  private Caller caller;

  @BeforeEach
  void start() throws Exception {
    simulator = Simulator.start(SimulatorOptions.defaults());
    caller = Caller.of(simulator);
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"TRUNCATED", "CHUNKS_CUT"})
  void aBodyIsCutAfterTheCallWasApplied(Body body) throws Exception {
    simulator.faults().add(Fault.spoilt(body).on(Selection.users().next(1)));
    assertThatThrownBy(() -> caller.post("/User/1", TO_FIVE)).isInstanceOf(IOException.class);
    assertThat(simulator.state().defaultAssessors()).containsEntry(1, 5);
    assertThat(caller.post("/User/1", TO_FIVE).statusCode()).isEqualTo(204);
  }

  @Test
  void aChunkedBodyIsComplete() throws Exception {
    simulator.faults().add(Fault.spoilt(Body.CHUNKED));
    HttpResponse<String> answer = caller.post("/User/1", TO_FIVE);
    assertThat(answer.headers().firstValue("Transfer-Encoding")).hasValue("chunked");
    assertThat(answer.body()).isEqualTo("12345");
  }

  @Test
  void aBigBodyHasTenMegabytes() throws Exception {
    simulator.faults().add(Fault.spoilt(Body.BIG).withoutApplying());
    assertThat(caller.post("/User/1", TO_FIVE).body()).hasSize(10 * 1024 * 1024);
    assertThat(simulator.state().defaultAssessors()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"ENDLESS", "DRIPPING"})
  void aBodyGoesOnUntilTheFaultIsRemoved(Body body) throws Exception {
    ArmedFault fault = simulator.faults().add(Fault.spoilt(body));
    HttpResponse<InputStream> answer =
        Caller.HTTP.send(
            caller.request("/User/1").POST(BodyPublishers.ofString(TO_FIVE)).build(),
            BodyHandlers.ofInputStream());
    try (InputStream stream = answer.body()) {
      assertThat(stream.readNBytes(body == Body.ENDLESS ? 1_000_000 : 3)).containsOnly('1');
      fault.remove();
      assertThatThrownBy(stream::readAllBytes).isInstanceOf(IOException.class);
    }
  }
}
