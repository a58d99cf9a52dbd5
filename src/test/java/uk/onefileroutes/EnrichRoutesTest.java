package uk.onefileroutes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.onefileroutes.assignment.Kind;
import uk.onefileroutes.assignment.Role;
import uk.onefileroutes.onefile.Enricher;
import uk.onefileroutes.onefile.PathUser;
import uk.onefileroutes.onefile.Request;

/** Requests where the path of Assign carries the assignee, which is the default. */
class EnrichRoutesTest extends EnrichRoutesSupport {
  @Override
  Enricher enricher() {
    return new Enricher(PathUser.ASSIGNEE, "UserID");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DEFAULT      | ASSESSOR | User/1001       | {\"DefaultAssessorID\":501}",
        "DEFAULT      | EMPLOYER | User/1001       | {\"DefaultEmployerID\":501}",
        "LEARNING_AIM | ASSESSOR | User/501/Assign | {\"LearnerID\":1001,\"Level\":3,\"StandardID\":31}",
        "LEARNING_AIM | IQA      | User/501/Assign | {\"LearnerID\":1001,\"Level\":3,\"StandardID\":31}",
        "UNIT_SUMMARY | ASSESSOR | User/501/Assign | {\"LearnerID\":1001,\"Level\":2,\"UnitID\":\"KS_COMM1\"}",
        "UNIT_SUMMARY | IQA      | User/501/Assign | {\"LearnerID\":1001,\"Level\":2,\"UnitID\":\"KS_COMM1\"}",
        "ADDITIONAL   | ASSESSOR | User/501/Assign | {\"LearnerID\":1001,\"Level\":1}",
        "ADDITIONAL   | IQA      | User/501/Assign | {\"LearnerID\":1001,\"Level\":1}",
        "ADDITIONAL   | EMPLOYER | User/501/Assign | {\"LearnerID\":1001,\"Level\":1}",
        "ADDITIONAL   | OBSERVER | User/501/Assign | {\"LearnerID\":1001,\"Level\":1}"
      })
  void everyCellOfTheMatrixBecomesItsRequest(Kind kind, Role role, String path, String payload) {
    assertThat(enriched(kind, role)).isEqualTo(new Request(path, payload));
  }

  @ParameterizedTest
  @CsvSource({
    "12,         12",
    "2147483647, 2147483647",
    "2147483648, 2147483648",
    "007,        \"007\"",
    "0,          \"0\"",
    "KS_COMM1,   \"KS_COMM1\"",
    "1e3,        \"1e3\"",
    "a.b/c-d,    \"a.b/c-d\""
  })
  void aUnitIdOfDigitsWithoutLeadingZeroIsSentAsANumber(String unit, String json) {
    assertThat(enriched(Kind.UNIT_SUMMARY, Role.ASSESSOR, null, unit).payload())
        .isEqualTo("{\"LearnerID\":1001,\"Level\":2,\"UnitID\":" + json + "}");
  }
}
