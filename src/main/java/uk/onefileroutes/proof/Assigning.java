package uk.onefileroutes.proof;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.Assignment;
import uk.onefileroutes.assignment.Kind;
import uk.onefileroutes.assignment.Role;
import uk.onefileroutes.assignment.Verdict;
import uk.onefileroutes.onefile.Enricher;
import uk.onefileroutes.onefile.LearnerList;
import uk.onefileroutes.onefile.Listing;
import uk.onefileroutes.onefile.OnefileCall;
import uk.onefileroutes.onefile.Request;

/**
 * The assignments of a proof: in each reading of {@code {id}}, with what can be read before and
 * after them. For one thread.
 */
final class Assigning {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_PAGES = 10;

  private final Asking asking;
  private final Subject subject;
  private final Observed observed;

  Assigning(Asking asking, Subject subject, Observed observed) {
    this.asking = asking;
    this.subject = subject;
    this.observed = observed;
  }

  /** Somebody who is assigned. */
  private record Assignee(Role role, long id) {
    String words() {
      return role.word() + " " + id;
    }
  }

  /**
   * Level 1 in both readings.
   *
   * @param field what would name the assignee where the path names the learner
   */
  void additional(String field) throws Stopped {
    Assignee assessor = new Assignee(Role.ASSESSOR, subject.assessor());
    Trial unused = trial(additional(assessor), assessor, Form.BY_ASSIGNEE);
    Set<String> fields = new LinkedHashSet<>(List.of(field));
    if (!field.isEmpty()) {
      fields.add("AssessorID"); // what other requests of Onefile call the assignee
    }
    for (String each : fields) {
      if (trial(additional(assessor), assessor, Form.byLearner(each)).seen().isYes()) {
        return;
      }
    }
  }

  /** Levels 3 and 2, where they are wanted: for the assessor, and then for the IQA. */
  void levels() throws Stopped {
    if (subject.standard() != null) {
      level(Kind.LEARNING_AIM);
    }
    if (subject.unit() != null) {
      level(Kind.UNIT_SUMMARY);
    }
  }

  private void level(Kind kind) throws Stopped {
    Assignee assessor = new Assignee(Role.ASSESSOR, subject.assessor());
    @Nullable Form good = null;
    for (Form form : accepted()) {
      Trial trial = trial(assignment(kind, assessor), assessor, form);
      if (trial.seen().isYes() && (good == null || trial.effect().isShown())) {
        good = form;
      }
      if (trial.effect().isShown()) {
        break;
      }
    }
    if (subject.iqa() != null && good != null) {
      Assignee iqa = new Assignee(Role.IQA, subject.iqa());
      Trial unused = trial(assignment(kind, iqa), iqa, good);
    }
  }

  /** The forms that were accepted so far, best first; all that were tried if none was. */
  private List<Form> accepted() {
    List<Form> accepted = forms(trial -> trial.seen().isYes());
    return accepted.isEmpty() ? forms(trial -> true) : accepted;
  }

  private List<Form> forms(Predicate<Trial> which) {
    return byWorth().filter(which).map(Trial::form).distinct().toList();
  }

  /** First what was seen to be done, by whatever trial of that form. */
  private Stream<Trial> byWorth() {
    List<Form> shown =
        observed.trials.stream()
            .filter(trial -> trial.effect().isShown())
            .map(Trial::form)
            .toList();
    return observed.trials.stream()
        .sorted(Comparator.comparing(trial -> shown.contains(trial.form()) ? 0 : 1));
  }

  /** Sends again what was accepted, once a level. */
  void repeats() throws Stopped {
    for (int level : new int[] {1, 3, 2}) {
      Optional<Trial> first =
          byWorth()
              .filter(trial -> trial.level() == level && trial.seen().isYes())
              .filter(trial -> trial.form().namesAssignee())
              .findFirst();
      if (first.isPresent()) {
        repeat(first.get());
      }
    }
  }

  private void repeat(Trial first) throws Stopped {
    Assignee assessor = new Assignee(Role.ASSESSOR, subject.assessor());
    Assignment assignment =
        switch (first.level()) {
          case 3 -> assignment(Kind.LEARNING_AIM, assessor);
          case 2 -> assignment(Kind.UNIT_SUMMARY, assessor);
          default -> additional(assessor);
        };
    Seen seen = asking.see(call(assignment, first.form()));
    observed.repeats.add(
        new Trial(first.level(), first.who(), first.form(), seen, Trial.Effect.UNREAD));
    asking.tell("repeated", "Level %d, the same again: %s.".formatted(first.level(), seen.words()));
  }

  /** An assignment of level 1 with somebody else as the assessor; nothing is read. */
  Seen additionalOf(long assignee) throws Stopped {
    Form form = accepted().isEmpty() ? Form.BY_ASSIGNEE : accepted().get(0);
    return asking.see(call(additional(new Assignee(Role.ASSESSOR, assignee)), form));
  }

  private Assignment additional(Assignee assignee) {
    return assignment(Kind.ADDITIONAL, assignee);
  }

  private Assignment assignment(Kind kind, Assignee assignee) {
    return new Assignment(
        subject.learner(),
        kind,
        assignee.role(),
        assignee.id(),
        kind == Kind.LEARNING_AIM ? subject.standard() : null,
        kind == Kind.UNIT_SUMMARY ? subject.unit() : null);
  }

  private Trial trial(Assignment assignment, Assignee assignee, Form form) throws Stopped {
    int level = level(assignment);
    Reading before = read(assignment);
    Seen seen = asking.see(call(assignment, form));
    Reading after = read(assignment);
    Members.Change change = before.members().to(after.members());
    List<String> naming = new ArrayList<>(after.members().naming(assignee.id()));
    List<String> named = before.members().naming(assignee.id());
    naming.removeAll(named);
    Trial trial =
        new Trial(
            level,
            assignee.words(),
            form,
            seen,
            new Trial.Effect(after.isTelling(), !named.isEmpty(), naming, change));
    observed.trials.add(trial);
    asking.tell("level " + level, sentence(trial, before, after));
    return trial;
  }

  private static String sentence(Trial trial, Reading before, Reading after) {
    String what = "%s, %s: %s.".formatted(trial.who(), trial.form().words(), trial.seen().words());
    if (after.members().isEmpty()) {
      return what + " Nothing of it can be read: " + after.why() + ".";
    }
    List<String> naming = trial.effect().naming();
    String read = before.members().isEmpty() ? "is there now" : trial.effect().change().words();
    return "%s %s: %s%s."
        .formatted(
            what,
            after.why(),
            read,
            naming.isEmpty() ? "" : "; named as assignee by " + Members.list(naming));
  }

  private static int level(Assignment assignment) {
    return switch (assignment.kind()) {
      case LEARNING_AIM -> 3;
      case UNIT_SUMMARY -> 2;
      case ADDITIONAL, DEFAULT -> 1;
    };
  }

  /**
   * What can be read of an assignment.
   *
   * @param isTelling whether a member says who is assigned
   * @param why what was read, or why nothing was
   */
  private record Reading(Members members, boolean isTelling, String why) {}

  private Reading read(Assignment assignment) throws Stopped {
    return switch (assignment.kind()) {
      case LEARNING_AIM ->
          entry(LearnerList.AIMS, String.valueOf(subject.standard()), assignment.role());
      case UNIT_SUMMARY ->
          entry(LearnerList.UNITS, String.valueOf(subject.unit()), assignment.role());
      case ADDITIONAL, DEFAULT -> {
        OnefileCall call = asking.ask(OnefileCall.get("User/" + subject.learner()));
        Seen seen = Seen.of(call);
        yield seen.isYes()
            ? new Reading(Members.of(call.text()), false, "The learner's account")
            : new Reading(Members.NONE, false, seen.words());
      }
    };
  }

  /** The learner's aim or unit, from as many pages as it takes. */
  private Reading entry(LearnerList list, String id, Role role) throws Stopped {
    for (int page = 1; page <= MAX_PAGES; page++) {
      OnefileCall call = asking.ask(list.page(subject.learner(), page));
      Seen seen = Seen.of(call);
      List<JsonNode> entries =
          seen.isYes() ? Listing.of(seen.status(), call.text()).orElse(null) : null;
      if (entries == null) {
        return new Reading(Members.NONE, false, list.path() + " answers " + seen.words());
      }
      for (JsonNode entry : entries) {
        if (list.idOf(entry).equals(id)) {
          boolean isTelling = LearnerList.assignee(entry, role).isPresent();
          return new Reading(
              Members.of(entry),
              isTelling,
              "In %s, which %s member for the %s"
                  .formatted(list.path(), isTelling ? "has a" : "has no", role.word()));
        }
      }
      if (entries.size() < LearnerList.PAGE_SIZE) {
        break;
      }
    }
    return new Reading(Members.NONE, false, list.path() + " lists no such entry of this learner");
  }

  private static OnefileCall call(Assignment assignment, Form form) {
    Enricher enricher = new Enricher(form.pathUser(), form.field());
    Verdict.Valid row = new Verdict.Valid(1, 0, assignment, "");
    Map<String, Object> payload =
        switch (assignment.kind()) {
          case DEFAULT -> enricher.defaultPayload(row);
          case LEARNING_AIM -> enricher.learningAimPayload(row);
          case UNIT_SUMMARY -> enricher.unitSummaryPayload(row);
          case ADDITIONAL -> enricher.additionalPayload(row);
        };
    Request request = enricher.request(row, json(payload));
    return OnefileCall.assignment(request.path(), request.payload(), () -> true);
  }

  /** A default with this assessor or employer. */
  static OnefileCall defaultOf(long learner, Role role, long assignee) {
    return call(
        new Assignment(learner, Kind.DEFAULT, role, assignee, null, null), Form.BY_ASSIGNEE);
  }

  private static String json(Map<String, Object> payload) {
    try {
      return JSON.writeValueAsString(payload);
    } catch (JsonProcessingException e) { // numbers and plain texts can be written
      throw new IllegalStateException(e);
    }
  }
}
