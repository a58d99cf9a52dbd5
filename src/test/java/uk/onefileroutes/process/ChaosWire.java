package uk.onefileroutes.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import uk.onefileroutes.process.ChaosRow.Ask;
import uk.onefileroutes.process.ChaosRow.Slot;
import uk.onefileroutes.simulator.Call;

/** Reads a request back into what it asks for; the assignee is in the path. */
final class ChaosWire {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ChaosWire() {}

  static Ask ask(Call call) {
    try {
      JsonNode body = JSON.readTree(call.body());
      String[] path = call.path().split("/", -1);
      if (!path[path.length - 1].equals("Assign")) {
        int learner = Integer.parseInt(path[path.length - 1]);
        boolean assessor = body.has("DefaultAssessorID");
        return new Ask(
            new Slot(learner, assessor ? "default/assessor" : "default/employer"),
            body.path(assessor ? "DefaultAssessorID" : "DefaultEmployerID").intValue());
      }
      int assignee = Integer.parseInt(path[path.length - 2]);
      String role = ChaosPeople.IQAS.contains(assignee) ? "iqa" : "assessor";
      String what =
          switch (body.path("Level").intValue()) {
            case 3 -> "learning-aim/" + body.path("StandardID").asText() + "/" + role;
            case 2 -> "unit-summary/" + body.path("UnitID").asText() + "/" + role;
            default -> "additional/" + assignee;
          };
      return new Ask(new Slot(body.path("LearnerID").intValue(), what), assignee);
    } catch (JsonProcessingException e) {
      throw new AssertionError(call + " has no JSON body", e);
    }
  }
}
