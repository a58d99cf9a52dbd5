package uk.onefileroutes.onefile;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import uk.onefileroutes.assignment.Assignment;
import uk.onefileroutes.assignment.Kind;
import uk.onefileroutes.assignment.Role;
import uk.onefileroutes.assignment.Verdict;

/**
 * Turns an assignment into Onefile's request: the payload as members in the order of Onefile's
 * guide "Assigning users to learners via the API", and the path. The routes marshal the one and ask
 * for the other. Stateless and thread-safe.
 */
public final class Enricher {
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]*");

  private final PathUser pathUser;
  private final String assigneeField;

  /**
   * @param pathUser whose id the path of Assign carries
   * @param assigneeField the member that carries the assignee where the path carries the learner;
   *     empty for none
   */
  public Enricher(PathUser pathUser, String assigneeField) {
    this.pathUser = pathUser;
    this.assigneeField = assigneeField;
  }

  /** {@code {"DefaultAssessorID": n}} or {@code {"DefaultEmployerID": n}}. */
  public Map<String, Object> defaultPayload(@Body Verdict.Valid row) {
    Assignment assignment = row.assignment();
    String member = assignment.role() == Role.EMPLOYER ? "DefaultEmployerID" : "DefaultAssessorID";
    return Map.of(member, assignment.assignee());
  }

  /** {@code {"LearnerID": n, "Level": 3, "StandardID": n}}. */
  public Map<String, Object> learningAimPayload(@Body Verdict.Valid row) {
    Map<String, Object> payload = assign(row.assignment(), 3);
    if (row.assignment().standard() != null) {
      payload.put("StandardID", row.assignment().standard());
    }
    return payload;
  }

  /**
   * {@code {"LearnerID": n, "Level": 2, "UnitID": n}}; a unit's id may be text, such as KS_COMM1.
   */
  public Map<String, Object> unitSummaryPayload(@Body Verdict.Valid row) {
    Map<String, Object> payload = assign(row.assignment(), 2);
    String unit = row.assignment().unit();
    if (unit != null) {
      // seen in working clients: a number where it is one, and "007" is none
      payload.put("UnitID", NUMBER.matcher(unit).matches() ? (Object) new BigInteger(unit) : unit);
    }
    return payload;
  }

  /** {@code {"LearnerID": n, "Level": 1}}. */
  public Map<String, Object> additionalPayload(@Body Verdict.Valid row) {
    return assign(row.assignment(), 1);
  }

  /** The request of a row whose payload is marshalled. */
  public Request request(@Body Verdict.Valid row, @Variable("payload") String payload) {
    Assignment assignment = row.assignment();
    if (assignment.kind() == Kind.DEFAULT) {
      return new Request("User/" + assignment.learner(), payload);
    }
    long user = pathUser == PathUser.ASSIGNEE ? assignment.assignee() : assignment.learner();
    return new Request("User/" + user + "/Assign", payload);
  }

  private Map<String, Object> assign(Assignment assignment, int level) {
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("LearnerID", assignment.learner());
    payload.put("Level", level);
    if (pathUser == PathUser.LEARNER && !assigneeField.isEmpty()) {
      payload.put(assigneeField, assignment.assignee());
    }
    return payload;
  }
}
