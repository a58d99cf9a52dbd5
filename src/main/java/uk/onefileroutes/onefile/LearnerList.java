package uk.onefileroutes.onefile;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import uk.onefileroutes.assignment.Role;

/**
 * What a learner has and somebody is assigned to: learning aims (level 3) and unit summaries (level
 * 2), as Onefile's searches list them. Whether these name who is assigned is not documented, nor
 * how: the likely members are looked for.
 */
public enum LearnerList {
  AIMS("LearningAim/Search", "StandardID"),
  UNITS("UnitSummary/Search", "UnitID");

  /** Entries asked for at a time; a page that has fewer is the last. */
  public static final int PAGE_SIZE = 50;

  private static final Set<String> ASSESSORS = Set.of("assessorid", "assessoruserid");
  private static final Set<String> IQAS =
      Set.of("iqaid", "iqauserid", "ivid", "ivuserid", "verifierid", "internalverifierid");

  private final String path;
  private final String member;

  LearnerList(String path, String member) {
    this.path = path;
    this.member = member;
  }

  /** Up to page and size, below the base URL. */
  public String path() {
    return path;
  }

  /**
   * The call for a page of a learner's list.
   *
   * @param page from 1
   */
  public OnefileCall page(long learner, int page) {
    return OnefileCall.search(
        "%s/%d/%d".formatted(path, page, PAGE_SIZE), "{\"UserID\":" + learner + "}");
  }

  /** Which standard or unit an entry is for, by its catalogue id; empty if it doesn't say. */
  public String idOf(JsonNode entry) {
    return entry.path(member).asText();
  }

  /** The member that says who is assigned in this role; empty if there is none. */
  public static Optional<Map.Entry<String, JsonNode>> assignee(JsonNode entry, Role role) {
    Set<String> names = role == Role.IQA ? IQAS : ASSESSORS;
    return entry.properties().stream()
        .filter(each -> names.contains(each.getKey().toLowerCase(Locale.ROOT)))
        .findFirst();
  }
}
