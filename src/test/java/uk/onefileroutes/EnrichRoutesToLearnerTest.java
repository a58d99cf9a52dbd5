package uk.onefileroutes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.onefileroutes.assignment.Kind;
import uk.onefileroutes.assignment.Role;
import uk.onefileroutes.onefile.Enricher;
import uk.onefileroutes.onefile.PathUser;
import uk.onefileroutes.onefile.Request;

/** Requests where the path of Assign carries the learner, and a field the assignee. */
class EnrichRoutesToLearnerTest extends EnrichRoutesSupport {
  @Override
  Enricher enricher() {
    return new Enricher(PathUser.LEARNER, "AssigneeID");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DEFAULT      | ASSESSOR | User/1001        | {\"DefaultAssessorID\":501}",
        "DEFAULT      | EMPLOYER | User/1001        | {\"DefaultEmployerID\":501}",
        "LEARNING_AIM | ASSESSOR | User/1001/Assign | {\"LearnerID\":1001,\"Level\":3,\"AssigneeID\":501,\"StandardID\":31}",
        "LEARNING_AIM | IQA      | User/1001/Assign | {\"LearnerID\":1001,\"Level\":3,\"AssigneeID\":501,\"StandardID\":31}",
        "UNIT_SUMMARY | ASSESSOR | User/1001/Assign | {\"LearnerID\":1001,\"Level\":2,\"AssigneeID\":501,\"UnitID\":\"KS_COMM1\"}",
        "UNIT_SUMMARY | IQA      | User/1001/Assign | {\"LearnerID\":1001,\"Level\":2,\"AssigneeID\":501,\"UnitID\":\"KS_COMM1\"}",
        "ADDITIONAL   | ASSESSOR | User/1001/Assign | {\"LearnerID\":1001,\"Level\":1,\"AssigneeID\":501}",
        "ADDITIONAL   | IQA      | User/1001/Assign | {\"LearnerID\":1001,\"Level\":1,\"AssigneeID\":501}",
        "ADDITIONAL   | EMPLOYER | User/1001/Assign | {\"LearnerID\":1001,\"Level\":1,\"AssigneeID\":501}",
        "ADDITIONAL   | OBSERVER | User/1001/Assign | {\"LearnerID\":1001,\"Level\":1,\"AssigneeID\":501}"
      })
  void everyCellOfTheMatrixBecomesItsRequest(Kind kind, Role role, String path, String payload) {
    assertThat(enriched(kind, role)).isEqualTo(new Request(path, payload));
  }
}
