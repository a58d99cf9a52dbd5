package uk.onefileroutes.assignment;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.shown.Shown;

/**
 * Judges whether Onefile can be asked for an assignment: the matrix of kinds and roles of Onefile's
 * guide "Assigning users to learners via the API". Names every fault of a row at once, so that its
 * sender fixes it once. Stateless and thread-safe.
 */
public final class Judge {
  private static final int SHOWN_LENGTH = 40;

  private final Vocabulary vocabulary;

  public Judge(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** Judges one requested assignment; never throws for anything a sender can write. */
  public Verdict judge(RequestedAssignment requested) {
    if (requested.isIgnored()) {
      return new Verdict.Ignored(requested.row(), requested.part(), Code.IGNORED);
    }
    RequestedAssignment.Words words = requested.words();
    if (words == null) {
      return requested.faults().isEmpty()
          ? new Verdict.Ignored(requested.row(), requested.part(), Code.NOTHING_ASKED)
          : new Verdict.Invalid(requested.row(), requested.part(), requested.faults());
    }
    List<Fault> faults = new ArrayList<>(requested.faults());
    RequestedAssignment.References references = words.references();
    RequestedAssignment.Found found = requested.found();
    List<Fault> ofLearner = new ArrayList<>();
    Long learner =
        references.learner() == null
            ? id("learner_id", words.learner(), ofLearner)
            : found(found.learner());
    ofLearner.forEach(fault -> faults.add(fault.ofRow()));
    Kind kind = kind(words, faults);
    Role role = role(words.role(), faults);
    Long assignee =
        references.assignee() == null
            ? id("assignee_id", words.assignee(), faults)
            : found(found.assignee());
    faults.addAll(found.faults());
    if (kind != null && role != null && !allowed(kind).contains(role)) {
      faults.add(new Fault(Code.ROLE_NOT_ALLOWED, notAllowed(kind, role)));
    }
    if (learner != null && learner.equals(assignee)) {
      faults.add(
          new Fault(
              Code.SELF_ASSIGNMENT,
              "The learner can't be assigned to themselves: both ids are the same."));
    }
    Long standard = kind == Kind.LEARNING_AIM ? standard(words, found, faults) : null;
    String unit = kind == Kind.UNIT_SUMMARY ? unit(words, found, faults) : null;
    LocalDate from = from(words.effectiveFrom(), faults);
    if (!faults.isEmpty() || learner == null || kind == null || role == null || assignee == null) {
      return new Verdict.Invalid(
          requested.row(), requested.part(), named(faults, requested.by()), learner);
    }
    Assignment assignment = new Assignment(learner, kind, role, assignee, standard, unit);
    return new Verdict.Valid(
        requested.row(), requested.part(), assignment, warning(kind, words), from);
  }

  /** The day from which on it holds; null where none is said, or with a fault. */
  private static @Nullable LocalDate from(@Nullable String text, List<Fault> faults) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    LocalDate day = WrittenDates.parse(text);
    if (day == null) {
      faults.add(
          new Fault(
                  Code.NOT_A_DATE,
                  "effective_from \"%s\" is not a day; write it as 2026-09-01."
                      .formatted(shown(text)))
              .ofRow());
    }
    return day;
  }

  /** The roles that Onefile lets be assigned by a kind. */
  public static Set<Role> allowed(Kind kind) {
    return switch (kind) {
      case DEFAULT -> Set.of(Role.ASSESSOR, Role.EMPLOYER);
      case LEARNING_AIM, UNIT_SUMMARY -> Set.of(Role.ASSESSOR, Role.IQA);
      case ADDITIONAL -> Set.of(Role.ASSESSOR, Role.IQA, Role.EMPLOYER, Role.OBSERVER);
    };
  }

  private static String notAllowed(Kind kind, Role role) {
    return switch (kind) {
      case DEFAULT ->
          "Onefile has a default assessor and a default employer, no default " + role.word() + ".";
      case LEARNING_AIM ->
          "Only an assessor or an iqa can be assigned to a learning aim, no " + role.word() + ".";
      case UNIT_SUMMARY ->
          "Only an assessor or an iqa can be assigned to a unit summary, no " + role.word() + ".";
      case ADDITIONAL -> "No additional " + role.word() + " can be assigned.";
    };
  }

  private @Nullable Kind kind(RequestedAssignment.Words words, List<Fault> faults) {
    Kind byKind = kind("kind", words.kind(), faults);
    Kind byLevel = kind("level", words.level(), faults);
    if (isEmpty(words.kind()) && isEmpty(words.level())) {
      faults.add(new Fault(Code.MISSING_VALUE, "kind (or level) is empty."));
    }
    if (byKind != null && byLevel != null && byKind != byLevel) {
      faults.add(
          new Fault(
              Code.KIND_CONFLICT,
              "kind says "
                  + byKind.word()
                  + " and level says "
                  + byLevel.word()
                  + "; give one, or both alike."));
      return null;
    }
    return byKind != null ? byKind : byLevel;
  }

  private @Nullable Kind kind(String column, @Nullable String word, List<Fault> faults) {
    if (word == null || word.isEmpty()) {
      return null;
    }
    Kind kind = vocabulary.kind(word);
    if (kind == null) {
      faults.add(
          new Fault(
              Code.UNKNOWN_KIND,
              "%s \"%s\" %s."
                  .formatted(
                      column,
                      shown(word),
                      Ids.unseen(word)
                          .orElse(
                              "is none of default, 3 (learning aim), 2 (unit summary), 1"
                                  + " (additional)"))));
    }
    return kind;
  }

  private @Nullable Role role(@Nullable String word, List<Fault> faults) {
    if (word == null || word.isEmpty()) {
      faults.add(new Fault(Code.MISSING_VALUE, "role is empty."));
      return null;
    }
    Role role = vocabulary.role(word);
    if (role == null) {
      faults.add(
          new Fault(
              Code.UNKNOWN_ROLE,
              "role \"%s\" %s."
                  .formatted(
                      shown(word),
                      Ids.unseen(word)
                          .orElse(
                              "is none of assessor, iqa, employer, observer or their known"
                                  + " synonyms"))));
    }
    return role;
  }

  private static @Nullable Long id(String column, @Nullable String text, List<Fault> faults) {
    if (text == null || text.isEmpty()) {
      // no such column, or a cell without a value
      String what = text == null ? column + ", or what stands in its place," : column;
      faults.add(new Fault(Code.MISSING_VALUE, what + " is empty."));
      return null;
    }
    Long id = Ids.parse(text);
    if (id == null) {
      faults.add(notAnId(column, text, Ids.complaint(text)));
    }
    return id;
  }

  /** Of what is not found the directory's fault tells. */
  private static @Nullable Long found(@Nullable String id) {
    return id == null ? null : Ids.parse(id);
  }

  /** Where several cells of a row ask, each fault says which, unless it is the row's. */
  private static List<Fault> named(List<Fault> faults, @Nullable String by) {
    if (by == null) {
      return List.copyOf(faults);
    }
    String name = shown(by) + ": ";
    return faults.stream()
        .map(
            fault ->
                fault.isOfRow() || fault.message().startsWith(name)
                    ? fault
                    : new Fault(fault.code(), name + fault.message()))
        .toList();
  }

  private static @Nullable Long standard(
      RequestedAssignment.Words words, RequestedAssignment.Found found, List<Fault> faults) {
    if (words.references().standard() != null) {
      return found(found.standard());
    }
    String text = words.standard();
    if (text == null || text.isEmpty()) {
      faults.add(new Fault(Code.STANDARD_REQUIRED, "A learning aim (level 3) needs standard_id."));
      return null;
    }
    return id("standard_id", text, faults);
  }

  private static @Nullable String unit(
      RequestedAssignment.Words words, RequestedAssignment.Found found, List<Fault> faults) {
    if (words.references().unit() != null) {
      return found.unit();
    }
    String text = words.unit();
    if (text == null || text.isEmpty()) {
      faults.add(new Fault(Code.UNIT_REQUIRED, "A unit summary (level 2) needs unit_id."));
      return null;
    }
    if (Ids.isTooLongForUnit(text)) {
      faults.add(
          new Fault(
              Code.TOO_LONG,
              "unit_id has " + text.length() + " characters; at most 64 are allowed."));
      return null;
    }
    Optional<String> complaint = Ids.unitComplaint(text);
    if (complaint.isPresent()) {
      faults.add(notAnId("unit_id", text, complaint.get()));
      return null;
    }
    return text;
  }

  private static Fault notAnId(String column, String text, String complaint) {
    return new Fault(Code.NOT_AN_ID, "%s \"%s\" %s.".formatted(column, shown(text), complaint));
  }

  private static String warning(Kind kind, RequestedAssignment.Words words) {
    List<String> unused = new ArrayList<>();
    RequestedAssignment.References references = words.references();
    if (kind != Kind.LEARNING_AIM) {
      addIfThere("standard_id", words.standard(), references.standard(), unused);
    }
    if (kind != Kind.UNIT_SUMMARY) {
      addIfThere("unit_id", words.unit(), references.unit(), unused);
    }
    return unused.isEmpty()
        ? ""
        : String.join(" and ", unused) + " not used: " + kind.word() + " has no need of it.";
  }

  private static void addIfThere(
      String column,
      @Nullable String id,
      RequestedAssignment.@Nullable Reference instead,
      List<String> names) {
    if (instead != null) {
      names.add(instead.header());
    } else if (!isEmpty(id)) {
      names.add(column);
    }
  }

  private static boolean isEmpty(@Nullable String word) {
    return word == null || word.isEmpty();
  }

  /**
   * A sender's word as a message may show it: bounded, and without characters that break a line.
   */
  private static String shown(String word) {
    return Shown.line(word, SHOWN_LENGTH);
  }
}
