package uk.onefileroutes.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.Code;
import uk.onefileroutes.assignment.Fault;
import uk.onefileroutes.assignment.Ids;
import uk.onefileroutes.assignment.Kind;
import uk.onefileroutes.assignment.RequestedAssignment;
import uk.onefileroutes.assignment.Role;
import uk.onefileroutes.assignment.Vocabulary;
import uk.onefileroutes.ledger.CentreDirectory.Hit;
import uk.onefileroutes.ledger.Lookup;
import uk.onefileroutes.shown.Shown;

/**
 * Decides by the directory's answers which ids a row's references mean, and whether accounts that
 * it knows have the role that they need. Exactly one account must match; one that is archived is
 * none. Pure.
 */
final class ReferenceJudge {
  private final Vocabulary words;
  private final DirectoryAnswers answers;
  private final @Nullable String unavailable;

  /**
   * @param unavailable why nothing can be looked up, a sentence; null where it can
   */
  ReferenceJudge(Vocabulary words, DirectoryAnswers answers, @Nullable String unavailable) {
    this.words = words;
    this.answers = answers;
    this.unavailable = unavailable;
  }

  /** Ids in the place of references, and what is wrong with the row's. */
  RequestedAssignment.Found found(RequestedAssignment.Words row) {
    List<Fault> ofLearner = new ArrayList<>();
    List<Fault> faults = new ArrayList<>();
    RequestedAssignment.References references = row.references();
    Kind kind = kind(words, row);
    Role role = row.role() == null ? null : words.role(row.role());
    String learner = user(references.learner(), Needed.LEARNER, ofLearner);
    check("learner_id", row.learner(), Needed.LEARNER, ofLearner);
    agree("learner_id", row.learner(), references.others().learner(), ofLearner);
    ofLearner.forEach(fault -> faults.add(fault.ofRow()));
    String assignee = role == null ? null : user(references.assignee(), Needed.of(role), faults);
    if (role != null) {
      check("assignee_id", row.assignee(), Needed.of(role), faults);
    }
    agree("assignee_id", row.assignee(), references.others().assignee(), faults);
    String standard =
        kind == Kind.LEARNING_AIM ? title(references.standard(), "standards", faults) : null;
    String unit = kind == Kind.UNIT_SUMMARY ? title(references.unit(), "units", faults) : null;
    return new RequestedAssignment.Found(learner, assignee, standard, unit, List.copyOf(faults));
  }

  /** What an account has to be, and how that is called. */
  private enum Needed {
    LEARNER("a learner", "learners", 1),
    ASSESSOR("an assessor", "assessors", 4, 5), // a trainee assessor is one
    IQA("an iqa", "iqas", 10),
    EMPLOYER("an employer", "employers", 40),
    OBSERVER("an observer", "observers", 45);

    private final String one;
    private final String several;

    @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable set of numbers
    private final Set<Integer> roles;

    Needed(String one, String several, Integer... roles) {
      this.one = one;
      this.several = several;
      this.roles = Set.of(roles);
    }

    static Needed of(Role role) {
      return switch (role) {
        case ASSESSOR -> ASSESSOR;
        case IQA -> IQA;
        case EMPLOYER -> EMPLOYER;
        case OBSERVER -> OBSERVER;
      };
    }

    static String word(int role) {
      for (Needed needed : values()) {
        if (needed.roles.contains(role)) {
          return needed.one;
        }
      }
      return "of another role";
    }
  }

  /** A reference beside an id must mean the same account, where the directory knows it. */
  private void agree(
      String column,
      @Nullable String id,
      List<RequestedAssignment.Reference> others,
      List<Fault> faults) {
    if (id == null || Ids.parse(id) == null) {
      return; // its own fault
    }
    for (RequestedAssignment.Reference other : others) {
      List<Hit> hits = answers.of(other);
      if (!hits.isEmpty() && hits.stream().noneMatch(hit -> hit.id().equals(id))) {
        faults.add(
            new Fault(
                Code.REFERENCES_DISAGREE,
                "%s and %s belong to two different accounts in Onefile; correct one of them."
                    .formatted(column, other.header())));
      }
    }
  }

  private @Nullable String user(
      RequestedAssignment.@Nullable Reference reference, Needed needed, List<Fault> faults) {
    if (reference == null) {
      return null;
    }
    List<Hit> all = hits(reference, faults);
    if (all == null) {
      return null;
    }
    List<Hit> active = all.stream().filter(hit -> !hit.archived()).toList();
    List<Hit> fitting = active.stream().filter(hit -> needed.roles.contains(hit.role())).toList();
    if (fitting.size() == 1) {
      return fitting.get(0).id();
    }
    String column = reference.header();
    if (fitting.size() > 1) {
      faults.add(
          new Fault(
              Code.AMBIGUOUS,
              "%s: %d %s have this value; it must be one."
                  .formatted(column, fitting.size(), needed.several)));
    } else if (!active.isEmpty()) {
      faults.add(
          new Fault(
              Code.WRONG_ROLE,
              "%s: this value belongs to %s, not to %s."
                  .formatted(column, Needed.word(active.get(0).role()), needed.one)));
    } else {
      String but = all.isEmpty() ? "" : " but an archived one";
      faults.add(
          new Fault(
              Code.REFERENCE_NOT_FOUND,
              "%s: no account in Onefile has this value%s.%s"
                  .formatted(column, but, unseen(reference))));
    }
    return null;
  }

  private @Nullable String title(
      RequestedAssignment.@Nullable Reference reference, String what, List<Fault> faults) {
    List<Hit> all = reference == null ? null : hits(reference, faults);
    if (reference == null || all == null) {
      return null;
    }
    if (all.size() == 1 && isId(reference, all.get(0).id())) {
      return all.get(0).id();
    }
    faults.add(
        all.size() > 1
            ? new Fault(
                Code.AMBIGUOUS,
                "%s: %d %s have this title; it must be one."
                    .formatted(reference.header(), all.size(), what))
            : new Fault(
                Code.REFERENCE_NOT_FOUND,
                "%s: none of Onefile's %s has this title.%s"
                    .formatted(reference.header(), what, unseen(reference))));
    return null;
  }

  /** A sentence where there is something in the value that its sender can't see. */
  private static String unseen(RequestedAssignment.Reference reference) {
    return Shown.unseenWithin(Lookup.comparable(reference.value()))
        .map(" It has an invisible character, %s; remove it."::formatted)
        .orElse("");
  }

  private static boolean isId(RequestedAssignment.Reference reference, String id) {
    return reference.column().equals("unit_title") ? Ids.isUnit(id) : Ids.parse(id) != null;
  }

  /** What a reference found; null where it can't be looked up at all. */
  private @Nullable List<Hit> hits(RequestedAssignment.Reference reference, List<Fault> faults) {
    if (unavailable == null) {
      return answers.of(reference);
    }
    faults.add(
        new Fault(
            Code.REFERENCE_NOT_FOUND,
            "%s can't be looked up: %s".formatted(reference.header(), unavailable)));
    return null;
  }

  private void check(String column, @Nullable String id, Needed needed, List<Fault> faults) {
    Long user = id == null ? null : Ids.parse(id);
    List<Hit> all = user == null ? null : answers.accounts().get(user);
    if (all == null) {
      return;
    }
    List<Hit> active = all.stream().filter(hit -> !hit.archived()).toList();
    if (active.isEmpty()) {
      faults.add(
          new Fault(
              needed == Needed.LEARNER ? Code.LEARNER_ARCHIVED : Code.ASSIGNEE_ARCHIVED,
              column
                  + ": this account is archived in Onefile; restore it there, or name another."));
    } else if (active.stream().noneMatch(hit -> needed.roles.contains(hit.role()))) {
      faults.add(
          new Fault(
              Code.WRONG_ROLE,
              "%s: this account is %s, not %s."
                  .formatted(column, Needed.word(active.get(0).role()), needed.one)));
    }
  }

  /** The kind that a row asks for by its kind or its level. */
  static @Nullable Kind kind(Vocabulary words, RequestedAssignment.Words row) {
    String word = row.kind() == null || row.kind().isEmpty() ? row.level() : row.kind();
    return word == null ? null : words.kind(word);
  }
}
