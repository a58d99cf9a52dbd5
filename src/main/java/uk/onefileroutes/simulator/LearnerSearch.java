package uk.onefileroutes.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The searches for what one learner has: learning aims and unit summaries. A learner has those of
 * the people file, and those to which somebody was assigned. Who is assigned is named by role; so
 * nobody is without people, whose roles are not known then. Thread safe.
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
    this.namesAssignees = namesAssignees && people != null;
  }

  /** Who is assigned in one of the learner's aims or units. */
  private record Held(String of, String role, int assignee) {}

  /** {@code POST LearningAim/Search/{page}/{size}}; pages from 1. */
  Reply aims(int page, int size, Payload body) throws Refused {
    body.allowOnly(AIM_FILTERS);
    int learner = body.id("UserID");
    List<Held> held = new ArrayList<>();
    assignments
        .state()
        .learningAims()
        .forEach(
            (slot, assignee) -> {
              if (slot.learner() == learner) {
                held.add(new Held(String.valueOf(slot.standard()), slot.role(), assignee));
              }
            });
    Stream<ObjectNode> all = entries(learner, "StandardID", studies(learner).standards(), held);
    return Search.list(pages.of(page, size, all));
  }

  /** {@code POST UnitSummary/Search/{page}/{size}}; pages from 1. */
  Reply units(int page, int size, Payload body) throws Refused {
    body.allowOnly(UNIT_FILTERS);
    int learner = body.id("UserID");
    List<Held> held = new ArrayList<>();
    assignments
        .state()
        .unitSummaries()
        .forEach(
            (slot, assignee) -> {
              if (slot.learner() == learner) {
                held.add(new Held(slot.unit(), slot.role(), assignee));
              }
            });
    Stream<ObjectNode> all = entries(learner, "UnitID", studies(learner).units(), held);
    return Search.list(pages.of(page, size, all));
  }

  private Person.Studies studies(int learner) {
    Person person = people == null ? null : people.byId(learner);
    return person == null ? Person.Studies.UNKNOWN : person.studies();
  }

  private Stream<ObjectNode> entries(
      int learner, String member, @Nullable Set<String> owned, List<Held> held) {
    Set<String> all = new LinkedHashSet<>(owned == null ? Set.of() : owned);
    held.forEach(each -> all.add(each.of));
    return all.stream()
        .map(
            of -> {
              ObjectNode entry = entry(learner, of, member);
              if (namesAssignees) {
                entry.putNull("AssessorID").putNull("IQAID");
                held.stream()
                    .filter(each -> each.of.equals(of))
                    .forEach(each -> entry.put(member(each.role), each.assignee));
              }
              return entry;
            });
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

  private static String member(String role) {
    return role.equals("iqa") ? "IQAID" : "AssessorID";
  }
}
