package uk.onefileroutes.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Variants as people write them, and what they make of answers. */
class VariantSpecTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "path-user",
        "path-user both",
        "lenient now",
        "page-size",
        "page-size 0",
        "page-size 100 cut",
        "bad-session x",
        "path-user learner UserID more"
      })
  void whatCannotBeReadSaysWhatCanBeWritten(String spec) {
    assertThatThrownBy(() -> VariantSpec.apply(SimulatorOptions.defaults(), spec))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("path-user learner [M]");
  }

  @Test
  void severalAddUp() {
    SimulatorOptions options = SimulatorOptions.defaults();
    for (String spec : new String[] {"path-user learner none", "rate-headers", "page-size 7"}) {
      options = VariantSpec.apply(options, spec);
    }

    assertThat(options.assigning().pathUser()).isEqualTo(SimulatorOptions.PathUser.LEARNER);
    assertThat(options.assigning().assigneeField()).isEmpty();
    assertThat(options.variants().hasRateHeaders()).isTrue();
    assertThat(options.variants().pages()).isEqualTo(new Variants.Pages(7, false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rate-headers | AssessorID\":5 | 300",
        "bare-aims    | Status         | ",
      })
  void anAimIsListedOnceSomebodyIsAssigned(String spec, String has, String limit) throws Exception {
    Path people =
        Files.writeString(
            folder.resolve("people.json"),
            """
            [{"ID":1,"Role":1,"OrganisationID":7},{"ID":5,"Role":5,"OrganisationID":7}]""");
    SimulatorOptions options =
        VariantSpec.apply(SimulatorOptions.defaults().withPeople(People.read(people)), spec);
    try (Simulator simulator = Simulator.start(options)) {
      Caller caller = Caller.of(simulator);
      assertThat(caller.post("/LearningAim/Search/1/50", "{\"UserID\":1}").statusCode())
          .isEqualTo(204);
      caller.post("/User/5/Assign", "{\"LearnerID\":1,\"Level\":3,\"StandardID\":12}");
      caller.post("/User/5/Assign", "{\"LearnerID\":1,\"Level\":2,\"UnitID\":\"KS_1\"}");

      var aims = caller.post("/LearningAim/Search/1/50", "{\"UserID\":1}");
      assertThat(aims.body()).contains("\"StandardID\":12", has);
      assertThat(aims.body().contains("AssessorID")).isEqualTo(!spec.equals("bare-aims"));
      assertThat(aims.headers().firstValue("X-RateLimit-Limit").orElse(null)).isEqualTo(limit);
      assertThat(caller.post("/UnitSummary/Search/1/50", "{\"UserID\":1}").body())
          .contains("\"UnitID\":\"KS_1\"");
      assertThat(caller.post("/UnitSummary/Search/2/50", "{\"UserID\":1}").statusCode())
          .isEqualTo(204);
      assertThat(caller.post("/LearningAim/Search/1/51", "{\"UserID\":1}").statusCode())
          .isEqualTo(400);
      assertThat(caller.post("/LearningAim/Search/1/50", "{\"LearnerID\":1}").statusCode())
          .isEqualTo(400);
    }
  }
}
