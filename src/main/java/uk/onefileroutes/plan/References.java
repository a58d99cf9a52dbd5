package uk.onefileroutes.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.Code;
import uk.onefileroutes.assignment.Fault;
import uk.onefileroutes.assignment.Ids;
import uk.onefileroutes.assignment.Kind;
import uk.onefileroutes.assignment.RequestedAssignment;
import uk.onefileroutes.assignment.Role;
import uk.onefileroutes.assignment.Vocabulary;
import uk.onefileroutes.ledger.CentreDirectory;
import uk.onefileroutes.ledger.CentreDirectory.Hit;
import uk.onefileroutes.ledger.Lookup;
import uk.onefileroutes.shown.Shown;

/**
 * Asks the directory what a file's rows mean, many rows at a time: turns references into ids, and
 * looks whether accounts that it knows have the role that they need. Exactly one account must
 * match; one that is archived is none. Used by one thread.
 */
final class References {
  private static final int LEARNER = 1;
  private static final Map<String, Lookup.Sort> SORTS =
      Map.of(
          "learner_misid", Lookup.Sort.MISID,
          "assignee_misid", Lookup.Sort.MISID,
          "learner_email", Lookup.Sort.EMAIL,
          "assignee_email", Lookup.Sort.EMAIL,
          "standard_title", Lookup.Sort.STANDARD,
          "unit_title", Lookup.Sort.UNIT);

  private final CentreDirectory directory;
  private final @Nullable Integer organisation;
  private final Vocabulary words;
  private final Unresolved unresolved;
  private boolean hasUsers;
  private boolean hasTitles;
  private boolean isMissing;

  /** What is done about a reference that the directory does not resolve. */
  enum Unresolved {
    /** The directory has to be read again first: someone may have been added since. */
    AWAIT_DIRECTORY,
    /** The directory was read again for this file: the row is invalid. */
    INVALID,
    /** Nothing is awaited, not even that the directory was ever read: for a dry run. */
    INVALID_AT_ONCE
  }

  /**
   * @param organisation the centre that is asked; null: references can't be looked up
   */
  References(
      CentreDirectory directory,
      @Nullable Integer organisation,
      Vocabulary words,
      Unresolved unresolved) {
    this.directory = directory;
    this.organisation = organisation;
    this.words = words;
    this.unresolved = unresolved;
  }

  /**
   * The same with what the directory says of each.
   *
   * @throws DirectoryAwaited if the centre has to be read first
   */
  List<RequestedAssignment> resolve(List<RequestedAssignment> asked) {
    Set<Lookup> lookups = new HashSet<>();
    Set<Lookup> others = new HashSet<>(); // that say again what is said
    Set<Long> ids = new HashSet<>();
    for (RequestedAssignment one : asked) {
      RequestedAssignment.Words row = one.words();
      if (row != null && !one.isIgnored()) {
        add(row.references(), kind(row), lookups);
        row.references().others().learner().forEach(other -> add(other, others));
        row.references().others().assignee().forEach(other -> add(other, others));
        add(row.learner(), ids);
        add(row.assignee(), ids);
      }
    }
    if (organisation == null) {
      return lookups.isEmpty() ? asked : each(asked, new Answers(Map.of(), Map.of()));
    }
    lookups.addAll(others);
    boolean titles = lookups.stream().anyMatch(lookup -> !lookup.sort().isUser());
    isMissing = !lookups.isEmpty() && !exists(organisation, titles);
    if (isMissing && unresolved != Unresolved.INVALID_AT_ONCE) {
      throw new DirectoryAwaited(organisation, titles);
    }
    Map<Lookup, List<Hit>> hits =
        lookups.isEmpty() ? Map.of() : directory.find(organisation, lookups);
    Map<Long, List<Hit>> accounts = ids.isEmpty() ? Map.of() : directory.accounts(ids);
    return hits.isEmpty() && accounts.isEmpty() && lookups.isEmpty()
        ? asked
        : each(asked, new Answers(hits, accounts));
  }

  private record Answers(Map<Lookup, List<Hit>> hits, Map<Long, List<Hit>> accounts) {}

  private boolean exists(int centre, boolean titles) {
    hasUsers = hasUsers || directory.exists(centre, false);
    hasTitles = hasTitles || (titles && directory.exists(centre, true));
    return hasUsers && (hasTitles || !titles);
  }

  private List<RequestedAssignment> each(List<RequestedAssignment> asked, Answers answers) {
    List<RequestedAssignment> resolved = new ArrayList<>(asked.size());
    for (RequestedAssignment one : asked) {
      RequestedAssignment.Words row = one.words();
      if (row == null || one.isIgnored()) {
        resolved.add(one);
        continue;
      }
      RequestedAssignment.Found found = found(row, answers);
      if (!found.faults().isEmpty()
          && unresolved == Unresolved.AWAIT_DIRECTORY
          && organisation != null) {
        throw new DirectoryAwaited(organisation, needsTitles(row));
      }
      resolved.add(one.with(found));
    }
    return resolved;
  }

  private RequestedAssignment.Found found(RequestedAssignment.Words row, Answers answers) {
    List<Fault> ofLearner = new ArrayList<>();
    List<Fault> faults = new ArrayList<>();
    RequestedAssignment.References references = row.references();
    Kind kind = kind(row);
    Role role = row.role() == null ? null : words.role(row.role());
    String learner = user(references.learner(), Needed.LEARNER, answers, ofLearner);
    check("learner_id", row.learner(), Needed.LEARNER, answers, ofLearner);
    agree("learner_id", row.learner(), references.others().learner(), answers, ofLearner);
    ofLearner.forEach(fault -> faults.add(fault.ofRow()));
    String assignee =
        role == null ? null : user(references.assignee(), Needed.of(role), answers, faults);
    if (role != null) {
      check("assignee_id", row.assignee(), Needed.of(role), answers, faults);
    }
    agree("assignee_id", row.assignee(), references.others().assignee(), answers, faults);
    String standard =
        kind == Kind.LEARNING_AIM
            ? title(references.standard(), "standards", answers, faults)
            : null;
    String unit =
        kind == Kind.UNIT_SUMMARY ? title(references.unit(), "units", answers, faults) : null;
    return new RequestedAssignment.Found(learner, assignee, standard, unit, List.copyOf(faults));
  }

  /** What an account has to be, and how that is called. */
  private enum Needed {
    LEARNER("a learner", "learners", References.LEARNER),
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
  private static void agree(
      String column,
      @Nullable String id,
      List<RequestedAssignment.Reference> others,
      Answers answers,
      List<Fault> faults) {
    if (id == null || Ids.parse(id) == null) {
      return; // its own fault
    }
    for (RequestedAssignment.Reference other : others) {
      List<Hit> hits = answers.hits().getOrDefault(lookup(other), List.of());
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
      RequestedAssignment.@Nullable Reference reference,
      Needed needed,
      Answers answers,
      List<Fault> faults) {
    if (reference == null) {
      return null;
    }
    List<Hit> all = hits(reference, answers, faults);
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
      RequestedAssignment.@Nullable Reference reference,
      String what,
      Answers answers,
      List<Fault> faults) {
    List<Hit> all = reference == null ? null : hits(reference, answers, faults);
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
  private @Nullable List<Hit> hits(
      RequestedAssignment.Reference reference, Answers answers, List<Fault> faults) {
    if (organisation == null || isMissing) {
      String why =
          organisation == null
              ? "this installation has no onefile.organisation-id."
              : "the directory was not read yet; the file would wait for it.";
      faults.add(
          new Fault(
              Code.REFERENCE_NOT_FOUND,
              "%s can't be looked up: %s".formatted(reference.header(), why)));
      return null;
    }
    return answers.hits().getOrDefault(lookup(reference), List.of());
  }

  private static void check(
      String column, @Nullable String id, Needed needed, Answers answers, List<Fault> faults) {
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

  private boolean needsTitles(RequestedAssignment.Words row) {
    Kind kind = kind(row);
    return (kind == Kind.LEARNING_AIM && row.references().standard() != null)
        || (kind == Kind.UNIT_SUMMARY && row.references().unit() != null);
  }

  private void add(
      RequestedAssignment.References references, @Nullable Kind kind, Set<Lookup> lookups) {
    add(references.learner(), lookups);
    add(references.assignee(), lookups);
    if (kind == Kind.LEARNING_AIM) {
      add(references.standard(), lookups);
    }
    if (kind == Kind.UNIT_SUMMARY) {
      add(references.unit(), lookups);
    }
  }

  private static void add(RequestedAssignment.@Nullable Reference reference, Set<Lookup> lookups) {
    if (reference != null) {
      lookups.add(lookup(reference));
    }
  }

  private static void add(@Nullable String id, Set<Long> ids) {
    Long user = id == null ? null : Ids.parse(id);
    if (user != null) {
      ids.add(user);
    }
  }

  private static Lookup lookup(RequestedAssignment.Reference reference) {
    return Lookup.of(SORTS.getOrDefault(reference.column(), Lookup.Sort.MISID), reference.value());
  }

  private @Nullable Kind kind(RequestedAssignment.Words row) {
    String word = row.kind() == null || row.kind().isEmpty() ? row.level() : row.kind();
    return word == null ? null : words.kind(word);
  }
}
