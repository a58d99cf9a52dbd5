package uk.onefileroutes.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The searches for what one learner has: learning aims and unit summaries. A learner has those of
 * the people file, and those to which somebody was assigned. Thread safe.
 */
final class LearnerSearch {
  private static final Set<String> AIM_FILTERS =
      Set.of("UserID", "LearningAimCompletionStatus", "DateFrom", "DateTo");
  private static final Set<String> UNIT_FILTERS = Set.of("UserID");

  private final @Nullable People people;
  private final Assignments assignments;
  private final Variants.Pages pages;
  private final boolean namesAssignees;

  LearnerSearch(
      @Nullable People people,
      Assignments assignments,
      Variants.Pages pages,
      boolean namesAssignees) {
    this.people = people;
    this.assignments = assignments;
    this.pages = pages;
    this.namesAssignees = namesAssignees;
  }

  /** {@code POST LearningAim/Search/{page}/{size}}; pages from 1. */
  Reply aims(int page, int size, Payload body) throws Refused {
    body.allowOnly(AIM_FILTERS);
    int learner = body.id("UserID");
    State state = assignments.state();
    Person person = people == null ? null : people.byId(learner);
    Set<String> standards = has(person == null ? null : person.studies().standards());
    state.learningAims().keySet().stream()
        .filter(slot -> slot.learner() == learner)
        .forEach(slot -> standards.add(String.valueOf(slot.standard())));
    return Search.list(
        pages.of(page, size, standards.stream()).map(standard -> aim(learner, standard, state)));
  }

  /** {@code POST UnitSummary/Search/{page}/{size}}; pages from 1. */
  Reply units(int page, int size, Payload body) throws Refused {
    body.allowOnly(UNIT_FILTERS);
    int learner = body.id("UserID");
    State state = assignments.state();
    Person person = people == null ? null : people.byId(learner);
    Set<String> units = has(person == null ? null : person.studies().units());
    state.unitSummaries().keySet().stream()
        .filter(slot -> slot.learner() == learner)
        .forEach(slot -> units.add(slot.unit()));
    return Search.list(
        pages.of(page, size, units.stream()).map(unit -> summary(learner, unit, state)));
  }

  private static Set<String> has(@Nullable Set<String> owned) {
    return owned == null ? new LinkedHashSet<>() : new LinkedHashSet<>(owned);
  }

  private ObjectNode aim(int learner, String standard, State state) {
    ObjectNode aim = entry(learner, standard, "StandardID");
    if (namesAssignees) {
      aim.putNull("AssessorID").putNull("IQAID");
      state
          .learningAims()
          .forEach(
              (slot, assignee) -> {
                if (slot.learner() == learner && standard.equals(String.valueOf(slot.standard()))) {
                  aim.put(member(slot.role()), assignee);
                }
              });
    }
    return aim;
  }

  private ObjectNode summary(int learner, String unit, State state) {
    ObjectNode summary = entry(learner, unit, "UnitID");
    if (namesAssignees) {
      summary.putNull("AssessorID").putNull("IQAID");
      state
          .unitSummaries()
          .forEach(
              (slot, assignee) -> {
                if (slot.learner() == learner && unit.equals(slot.unit())) {
                  summary.put(member(slot.role()), assignee);
                }
              });
    }
    return summary;
  }

  private static ObjectNode entry(int learner, String of, String member) {
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put("ID", 1 + Math.floorMod(Objects.hash(learner, of), 1_000_000_000))
            .put("UserID", learner);
    if (of.matches("[1-9][0-9]{0,8}")) {
      node.put(member, Integer.parseInt(of));
    } else {
      node.put(member, of);
    }
    return node.put("Status", "In progress");
  }

  /** Without people the role is not known; then it counts as an assessor's. */
  private static String member(String role) {
    return role.equals("iqa") ? "IQAID" : "AssessorID";
  }
}
