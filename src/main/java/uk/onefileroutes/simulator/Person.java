package uk.onefileroutes.simulator;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A user account. It has one role; who assesses and verifies has two accounts.
 *
 * @param role one of the role numbers below
 * @param organisationId the centre
 * @param archived archived accounts are still found, as in Onefile, and keep their MIS value
 */
public record Person(
    int id, int role, int organisationId, Names names, boolean archived, Studies studies) {
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
  }

  /**
   * By what an account is found.
   *
   * @param misId the MIS value; may be shared with other accounts
   */
  public record Names(
      @Nullable String misId,
      @Nullable String email,
      @Nullable String firstName,
      @Nullable String lastName) {
    /** None is known. */
    public static final Names NONE = new Names(null, null, null, null);

    /** Of these only, either of which may be null. */
    public static Names of(@Nullable String misId, @Nullable String email) {
      return new Names(misId, email, null, null);
    }
  }

  /**
   * What a learner studies.
   *
   * @param standards as text; null: not known, all are accepted
   * @param units as text; null: not known, all are accepted
   */
  public record Studies(@Nullable Set<String> standards, @Nullable Set<String> units) {
    /** Nothing is known. */
    public static final Studies UNKNOWN = new Studies(null, null);

    public Studies {
      standards = standards == null ? null : Set.copyOf(standards);
      units = units == null ? null : Set.copyOf(units);
    }
  }

  /** A person of whom only these three are known. */
  public static Person of(int id, int role, int organisationId) {
    return new Person(id, role, organisationId, Names.NONE, false, Studies.UNKNOWN);
  }

  /** The same with these names. */
  public Person with(Names other) {
    return new Person(id, role, organisationId, other, archived, studies);
  }

  /** The same with these studies. */
  public Person with(Studies other) {
    return new Person(id, role, organisationId, names, archived, other);
  }
}
