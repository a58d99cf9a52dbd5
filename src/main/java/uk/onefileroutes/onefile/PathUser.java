package uk.onefileroutes.onefile;

/**
 * Whose id stands in the path of {@code User/{id}/Assign}. Onefile's guide says the learner's,
 * working clients put the assignee's: a setting, because no documentation settles it.
 */
public enum PathUser {
  ASSIGNEE,
  LEARNER
}
