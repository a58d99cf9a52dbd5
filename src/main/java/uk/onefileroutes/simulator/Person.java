package uk.onefileroutes.simulator;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A user account. It has one role; who assesses and verifies has two accounts.
 *
 * @param role one of the role numbers below
 * @param organisationId the centre
 * @param misId the MIS value; may be shared with other accounts
 * @param archived archived accounts are still found, as in Onefile, and keep their MIS value
 * @param standards the standards that a learner has, as text; null: not known, all are accepted
 * @param units the units that a learner has, as text; null: not known, all are accepted
 */
public record Person(
    int id,
    int role,
    int organisationId,
    @Nullable String misId,
    @Nullable String email,
    @Nullable String firstName,
    @Nullable String lastName,
    boolean archived,
    @Nullable Set<String> standards,
    @Nullable Set<String> units) {
  /** The role numbers of Onefile. */
  public static final int LEARNER = 1;

  public static final int TRAINEE_ASSESSOR = 4;
  public static final int ASSESSOR = 5;
  public static final int IQA = 10;
  public static final int EMPLOYER = 40;
  public static final int OBSERVER = 45;

  private static final Set<Integer> ROLES =
      Set.of(LEARNER, TRAINEE_ASSESSOR, ASSESSOR, IQA, EMPLOYER, OBSERVER);

  /** Refuses ids that are not positive and roles that Onefile does not have. */
  public Person {
    if (id < 1) {
      throw new IllegalArgumentException("ID " + id + " is not positive");
    }
    if (!ROLES.contains(role)) {
      throw new IllegalArgumentException("Role " + role + " of user " + id + " is unknown");
    }
    standards = standards == null ? null : Set.copyOf(standards);
    units = units == null ? null : Set.copyOf(units);
  }

  /** A person of whom only these three are known. */
  public static Person of(int id, int role, int organisationId) {
    return new Person(id, role, organisationId, null, null, null, null, false, null, null);
  }
}
