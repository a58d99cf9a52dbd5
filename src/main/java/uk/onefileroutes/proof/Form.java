package uk.onefileroutes.proof;

import uk.onefileroutes.onefile.PathUser;

/**
 * A way to write an assignment of levels 3, 2 and 1.
 *
 * @param pathUser whose id stands in the path
 * @param field the member of the body that names the assignee where the path names the learner;
 *     empty: none does
 */
record Form(PathUser pathUser, String field) {
  static final Form BY_ASSIGNEE = new Form(PathUser.ASSIGNEE, "");

  static Form byLearner(String field) {
    return new Form(PathUser.LEARNER, field);
  }

  /** Whether it says who is assigned. */
  boolean namesAssignee() {
    return pathUser == PathUser.ASSIGNEE || !field.isEmpty();
  }

  String words() {
    if (pathUser == PathUser.ASSIGNEE) {
      return "the assignee in the path";
    }
    return field.isEmpty()
        ? "the learner in the path, and nobody named as assignee"
        : "the learner in the path, the assignee as " + field;
  }
}
