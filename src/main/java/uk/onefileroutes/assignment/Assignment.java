package uk.onefileroutes.assignment;

import org.jspecify.annotations.Nullable;

/**
 * What a valid row asks for.
 *
 * @param learner user id of the learner
 * @param kind what is assigned
 * @param role as what; never sent for kinds other than default, where Onefile takes it from the
 *     assignee's account
 * @param assignee user id of who is assigned
 * @param standard catalogue id of the standard; set for a learning aim only
 * @param unit id of the unit; set for a unit summary only
 */
public record Assignment(
    long learner,
    Kind kind,
    Role role,
    long assignee,
    @Nullable Long standard,
    @Nullable String unit) {

  /**
   * What this assignment replaces, within its learner: two assignments with the same learner and
   * slot are about the same thing, and the later one wins. Stored in the ledger, so it must never
   * change for the same assignment.
   */
  public String slot() {
    return switch (kind) {
      case DEFAULT -> kind.word() + "/" + role.word();
      case LEARNING_AIM -> kind.word() + "/" + standard + "/" + role.word();
      case UNIT_SUMMARY -> kind.word() + "/" + unit + "/" + role.word();
      case ADDITIONAL -> kind.word() + "/" + assignee;
    };
  }
}
