package uk.onefileroutes.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.Ids;
import uk.onefileroutes.assignment.Kind;
import uk.onefileroutes.assignment.RequestedAssignment;
import uk.onefileroutes.assignment.Vocabulary;
import uk.onefileroutes.ledger.CentreDirectory;
import uk.onefileroutes.ledger.CentreDirectory.Hit;
import uk.onefileroutes.ledger.Lookup;

/**
 * Asks the directory what a file's rows mean, many rows at a time. What its answers make of a row
 * is decided by {@link ReferenceJudge}. Used by one thread.
 */
final class References {
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
      return lookups.isEmpty() ? asked : each(asked, new DirectoryAnswers(Map.of(), Map.of()));
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
        : each(asked, new DirectoryAnswers(hits, accounts));
  }

  private boolean exists(int centre, boolean titles) {
    hasUsers = hasUsers || directory.exists(centre, false);
    hasTitles = hasTitles || (titles && directory.exists(centre, true));
    return hasUsers && (hasTitles || !titles);
  }

  private List<RequestedAssignment> each(
      List<RequestedAssignment> asked, DirectoryAnswers answers) {
    ReferenceJudge judge = new ReferenceJudge(words, answers, unavailable());
    List<RequestedAssignment> resolved = new ArrayList<>(asked.size());
    for (RequestedAssignment one : asked) {
      RequestedAssignment.Words row = one.words();
      if (row == null || one.isIgnored()) {
        resolved.add(one);
        continue;
      }
      RequestedAssignment.Found found = judge.found(row);
      if (!found.faults().isEmpty()
          && unresolved == Unresolved.AWAIT_DIRECTORY
          && organisation != null) {
        throw new DirectoryAwaited(organisation, needsTitles(row));
      }
      resolved.add(one.with(found));
    }
    return resolved;
  }

  /** Why nothing can be looked up; null where it can. */
  private @Nullable String unavailable() {
    if (organisation == null) {
      return "this installation has no onefile.organisation-id.";
    }
    return isMissing ? "the directory was not read yet; the file would wait for it." : null;
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
      lookups.add(DirectoryAnswers.lookup(reference));
    }
  }

  private static void add(@Nullable String id, Set<Long> ids) {
    Long user = id == null ? null : Ids.parse(id);
    if (user != null) {
      ids.add(user);
    }
  }

  private @Nullable Kind kind(RequestedAssignment.Words row) {
    return ReferenceJudge.kind(words, row);
  }
}
