package uk.onefileroutes.onefile;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import uk.onefileroutes.assignment.Kind;
import uk.onefileroutes.assignment.Role;
import uk.onefileroutes.assignment.Slot;

/**
 * What a learner has and somebody is assigned to: learning aims (level 3) and unit summaries (level
 * 2), as Onefile's searches list them. Whether these name who is assigned is not documented, nor
 * how: the likely members are looked for.
 */
public enum LearnerList {
  AIMS("LearningAim/Search", "StandardID", "learning aim"),
  UNITS("UnitSummary/Search", "UnitID", "unit");

  /** Entries asked for at a time; a page that has fewer is the last. */
  public static final int PAGE_SIZE = 50;

  private static final Set<String> ASSESSORS = Set.of("assessorid", "assessoruserid");
  private static final Set<String> IQAS =
      Set.of("iqaid", "iqauserid", "ivid", "ivuserid", "verifierid", "internalverifierid");

  private final String path;
  private final String member;
  private final String noun;

  LearnerList(String path, String member, String noun) {
    this.path = path;
    this.member = member;
    this.noun = noun;
  }

  /**
   * Which list has the slots of this kind.
   *
   * @throws IllegalArgumentException where none has
   */
  public static LearnerList of(Kind kind) {
    return switch (kind) {
      case LEARNING_AIM -> AIMS;
      case UNIT_SUMMARY -> UNITS;
      case DEFAULT, ADDITIONAL -> throw new IllegalArgumentException("no list of " + kind);
    };
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

  /** What an entry is, as people call it. */
  String noun() {
    return noun;
  }

  /** Which standard or unit a slot of this list is for, by its catalogue id. */
  public String idOf(Slot slot) {
    return requireNonNull(this == AIMS ? slot.standard() : slot.unit());
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

  /** Whom an entry names in this role. */
  static Said said(JsonNode entry, Role role) {
    return assignee(entry, role)
        .map(member -> Said.of(member.getValue()))
        .orElseGet(
            () ->
                new Said.Open(
                    "Onefile's answer names no " + (role == Role.IQA ? "IQA" : role.word())));
  }
}
