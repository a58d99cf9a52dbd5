package uk.onefileroutes.simulator;

import com.fasterxml.jackson.databind.node.IntNode;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.simulator.Refused.Reason;
import uk.onefileroutes.simulator.SimulatorOptions.Assigning;
import uk.onefileroutes.simulator.SimulatorOptions.PathUser;

/** Judges the calls that assign, and keeps what is assigned. Thread safe. */
final class Assignments {
  private static final Set<Integer> ASSESSORS = Set.of(Person.TRAINEE_ASSESSOR, Person.ASSESSOR);
  private static final Set<Integer> EMPLOYERS = Set.of(Person.EMPLOYER);
  private static final Set<Integer> ASSESSORS_AND_IQAS =
      Set.of(Person.TRAINEE_ASSESSOR, Person.ASSESSOR, Person.IQA);
  private static final Set<Integer> ADDITIONAL =
      Set.of(
          Person.TRAINEE_ASSESSOR, Person.ASSESSOR, Person.IQA, Person.EMPLOYER, Person.OBSERVER);

  private final Assigning options;
  private final Variants variants;
  private final @Nullable People people;
  private final Map<Integer, Integer> defaultAssessors = new LinkedHashMap<>();
  private final Map<Integer, Integer> defaultEmployers = new LinkedHashMap<>();
  private final Map<State.AimSlot, Integer> learningAims = new LinkedHashMap<>();
  private final Map<State.UnitSlot, Integer> unitSummaries = new LinkedHashMap<>();
  private final Map<Integer, Set<Integer>> additional = new LinkedHashMap<>();
  private final Set<Integer> reset = new HashSet<>();
  private int lastAssignment;

  Assignments(Assigning options, Variants variants, @Nullable People people) {
    this.options = options;
    this.variants = variants;
    this.people = people;
    if (people != null) {
      defaultAssessors.putAll(people.defaultAssessors());
      defaultEmployers.putAll(people.defaultEmployers());
    }
  }

  /** {@code POST User/{learner}}: exactly one of the two defaults. */
  synchronized Reply setDefault(int learner, Payload body) throws Refused {
    body.allowOnly(Set.of("DefaultAssessorID", "DefaultEmployerID"));
    if (body.has("DefaultAssessorID") == body.has("DefaultEmployerID")) {
      throw new Refused(
          Reason.MEMBER, "Exactly one of DefaultAssessorID and DefaultEmployerID is needed");
    }
    boolean assessor = body.has("DefaultAssessorID");
    int assignee = body.id(assessor ? "DefaultAssessorID" : "DefaultEmployerID");
    judge(learner, assignee, assessor ? ASSESSORS : EMPLOYERS);
    put(assessor ? defaultAssessors : defaultEmployers, learner, assignee);
    if (variants.isFullUpdate()) {
      Integer unused = (assessor ? defaultEmployers : defaultAssessors).remove(learner);
      boolean unusedToo = reset.add(learner);
    }
    return Reply.none().asApplied();
  }

  /** {@code POST User/{id}/Assign}: levels 3, 2 and 1. */
  synchronized Reply assign(int pathUser, Payload body) throws Refused {
    boolean pathIsLearner = options.pathUser() == PathUser.LEARNER;
    String assigneeField = pathIsLearner ? options.assigneeField() : "";
    int level = body.id("Level");
    Set<String> allowed = allowed(level, assigneeField);
    if (!variants.isLenient()) {
      body.allowOnly(allowed);
    }
    int learner = body.id("LearnerID");
    if (variants.isLenient()
        && (pathIsLearner
            ? learner != pathUser || (!assigneeField.isEmpty() && !body.has(assigneeField))
            : learner == pathUser)) {
      return assigned(); // a yes that changes nothing
    }
    if (pathIsLearner && learner != pathUser) {
      throw new Refused(Reason.MEMBER, "LearnerID has to be the user of the path");
    }
    if (pathIsLearner && assigneeField.isEmpty()) {
      target(level, body);
      return assigned();
    }
    int assignee = pathIsLearner ? body.id(assigneeField) : pathUser;
    String target = target(level, body);
    Person person = judge(learner, assignee, level == 1 ? ADDITIONAL : ASSESSORS_AND_IQAS);
    demandOnLearner(level, learner, target);
    String role =
        person == null ? "user " + assignee : person.role() == Person.IQA ? "iqa" : "assessor";
    switch (level) {
      case 3 ->
          put(learningAims, new State.AimSlot(learner, Integer.parseInt(target), role), assignee);
      case 2 -> put(unitSummaries, new State.UnitSlot(learner, target, role), assignee);
      default -> add(learner, assignee);
    }
    return assigned().asApplied();
  }

  synchronized @Nullable Integer defaultAssessor(int learner) {
    return defaultAssessors.get(learner);
  }

  synchronized @Nullable Integer defaultEmployer(int learner) {
    return defaultEmployers.get(learner);
  }

  /** Whether all that a change of this learner did not name is empty since. */
  synchronized boolean isReset(int learner) {
    return reset.contains(learner);
  }

  synchronized State state() {
    Map<Integer, Set<Integer>> assignees = new LinkedHashMap<>();
    additional.forEach(
        (learner, ids) ->
            assignees.put(learner, Collections.unmodifiableSet(new LinkedHashSet<>(ids))));
    return new State(
        copy(defaultAssessors),
        copy(defaultEmployers),
        copy(learningAims),
        copy(unitSummaries),
        Collections.unmodifiableMap(assignees));
  }

  private static Set<String> allowed(int level, String assigneeField) throws Refused {
    Set<String> names = new LinkedHashSet<>(Set.of("LearnerID", "Level"));
    switch (level) {
      case 3 -> names.add("StandardID");
      case 2 -> names.add("UnitID");
      case 1 -> {}
      default -> throw new Refused(Reason.MEMBER, "Level has to be 1, 2 or 3");
    }
    if (!assigneeField.isEmpty()) {
      names.add(assigneeField);
    }
    return names;
  }

  private static String target(int level, Payload body) throws Refused {
    return switch (level) {
      case 3 -> String.valueOf(body.id("StandardID"));
      case 2 -> body.unitId();
      default -> "";
    };
  }

  /** The assignee, or null where nobody is known and therefore everybody is right. */
  private @Nullable Person judge(int learner, int assignee, Set<Integer> roles) throws Refused {
    if (assignee == learner) {
      throw new Refused(Reason.SELF_ASSIGNMENT, "A learner cannot be assigned to themselves");
    }
    if (people == null) {
      return null;
    }
    if (existing(people, learner).role() != Person.LEARNER) {
      throw new Refused(Reason.NOT_A_LEARNER, "User " + learner + " is not a learner");
    }
    Person person = existing(people, assignee);
    if (!roles.contains(person.role())) {
      throw new Refused(
          Reason.WRONG_ROLE,
          "User " + assignee + " with role " + person.role() + " cannot be this");
    }
    if (person.archived() && variants.isArchivedRefused()) {
      throw new Refused(Reason.ARCHIVED, "User " + assignee + " is archived");
    }
    return person;
  }

  private static Person existing(People people, int id) throws Refused {
    Person person = people.byId(id);
    if (person == null) {
      throw new Refused(Reason.UNKNOWN_USER, "User " + id + " not found");
    }
    return person;
  }

  private void demandOnLearner(int level, int learner, String target) throws Refused {
    Person person = people == null ? null : people.byId(learner);
    if (person == null || level == 1) {
      return;
    }
    Set<String> has = level == 3 ? person.studies().standards() : person.studies().units();
    if (has != null && !has.contains(target)) {
      String what = level == 3 ? "standard " : "unit ";
      throw new Refused(
          Reason.NOT_ON_LEARNER, "Learner " + learner + " does not have " + what + target);
    }
  }

  private void add(int learner, int assignee) throws Refused {
    boolean added = additional.computeIfAbsent(learner, id -> new LinkedHashSet<>()).add(assignee);
    if (!added && options.repeatedAdditionalRefused()) {
      throw new Refused(
          Reason.ALREADY_ASSIGNED, "User " + assignee + " is already assigned to " + learner);
    }
  }

  private Reply assigned() {
    return Reply.json(IntNode.valueOf(++lastAssignment));
  }

  private static <K> void put(Map<K, Integer> map, K slot, int assignee) {
    map.remove(slot);
    map.put(slot, assignee);
  }

  private static <K> Map<K, Integer> copy(Map<K, Integer> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
