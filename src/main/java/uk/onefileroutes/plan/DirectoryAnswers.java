package uk.onefileroutes.plan;

import java.util.List;
import java.util.Map;
import uk.onefileroutes.assignment.RequestedAssignment;
import uk.onefileroutes.ledger.CentreDirectory.Hit;
import uk.onefileroutes.ledger.Lookup;

/**
 * What the directory says of many rows.
 *
 * @param hits of what stands in the place of ids
 * @param accounts that it knows by the ids themselves
 */
record DirectoryAnswers(Map<Lookup, List<Hit>> hits, Map<Long, List<Hit>> accounts) {
  private static final Map<String, Lookup.Sort> SORTS =
      Map.of(
          "learner_misid", Lookup.Sort.MISID,
          "assignee_misid", Lookup.Sort.MISID,
          "learner_email", Lookup.Sort.EMAIL,
          "assignee_email", Lookup.Sort.EMAIL,
          "standard_title", Lookup.Sort.STANDARD,
          "unit_title", Lookup.Sort.UNIT);

  /** What it is asked about a reference. */
  static Lookup lookup(RequestedAssignment.Reference reference) {
    return Lookup.of(SORTS.getOrDefault(reference.column(), Lookup.Sort.MISID), reference.value());
  }

  /** All that a reference found, archived accounts too. */
  List<Hit> of(RequestedAssignment.Reference reference) {
    return hits.getOrDefault(lookup(reference), List.of());
  }
}
