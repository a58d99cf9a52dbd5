package uk.onefileroutes.lookup;

import java.util.ArrayList;
import java.util.List;

/**
 * One of the searches that together read a centre.
 *
 * @param path below the base URL, up to page and size
 * @param role of the accounts it asks for; 0 where it asks for none
 * @param isPaged whether its answer comes in pages
 */
record Search(String path, int role, boolean isPaged) {
  static final Search STANDARDS = new Search("Standard/Search", 0, false);
  static final Search UNITS = new Search("Unit/Search", 0, false);

  // learner, trainee assessor, assessor, IQA, employer, observer: one search finds one role
  private static final List<Integer> ROLES = List.of(1, 4, 5, 10, 40, 45);

  /** All that are needed, in their order. */
  static List<Search> all(boolean titles) {
    List<Search> all = new ArrayList<>();
    ROLES.forEach(role -> all.add(new Search("User/Search", role, true)));
    if (titles) {
      all.add(STANDARDS);
      all.add(UNITS);
    }
    return all;
  }

  String path(int page, int size) {
    return isPaged ? path + "/" + page + "/" + size : path;
  }

  String payload(int organisation) {
    return role == 0
        ? "{\"OrganisationID\":" + organisation + "}"
        : "{\"OrganisationID\":" + organisation + ",\"Role\":" + role + "}";
  }

  @Override
  public String toString() {
    return role == 0 ? path : path + " for role " + role;
  }
}
