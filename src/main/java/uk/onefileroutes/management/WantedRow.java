package uk.onefileroutes.management;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.feed.Column;
import uk.onefileroutes.management.Refusal.Code;

/** An assignment that a person asked for, as a row under our own headers. Pure. */
final class WantedRow {
  private static final int MAX_VALUE = 200;
  private static final String MISID = "misid:";
  private static final String EMAIL = "email:";
  private static final String TITLE = "title:";

  private WantedRow() {}

  /**
   * The row, in the order of its columns. Whether its ids and words are right is judged where every
   * row is.
   *
   * @throws Refused if something is missing, or is no value of a cell
   */
  static Map<Column, String> of(WantedAssignment wanted) throws Refused {
    Map<Column, String> row = new LinkedHashMap<>();
    person(
        row,
        needed("learner", wanted.learner()),
        Column.LEARNER,
        Column.LEARNER_MISID,
        Column.LEARNER_EMAIL);
    row.put(Column.ROLE, needed("role", wanted.role()));
    row.put(Column.KIND, needed("kind", wanted.kind()));
    person(
        row,
        needed("assignee", wanted.assignee()),
        Column.ASSIGNEE,
        Column.ASSIGNEE_MISID,
        Column.ASSIGNEE_EMAIL);
    subject(row, "standard", wanted.standard(), Column.STANDARD, Column.STANDARD_TITLE);
    subject(row, "unit", wanted.unit(), Column.UNIT, Column.UNIT_TITLE);
    return row;
  }

  /** What it asks for, for the audit: without values that may be a person's. */
  static String words(Map<Column, String> row) {
    StringBuilder words = new StringBuilder();
    row.forEach(
        (column, value) ->
            words
                .append(words.isEmpty() ? "" : ", ")
                .append(column.word().replaceFirst("_id$", "").replace('_', ' '))
                .append(column.isReference() ? "" : " " + AuditTrail.oneLine(value)));
    return words.toString();
  }

  private static void person(
      Map<Column, String> row, String given, Column id, Column misid, Column email) {
    if (given.startsWith(MISID)) {
      row.put(misid, given.substring(MISID.length()).strip());
    } else if (given.startsWith(EMAIL)) {
      row.put(email, given.substring(EMAIL.length()).strip());
    } else {
      row.put(id, given);
    }
  }

  private static void subject(
      Map<Column, String> row, String name, @Nullable String given, Column id, Column title)
      throws Refused {
    if (given == null) {
      return;
    }
    String value = needed(name, given);
    if (value.startsWith(TITLE)) {
      row.put(title, value.substring(TITLE.length()).strip());
    } else {
      row.put(id, value);
    }
  }

  private static String needed(String name, String given) throws Refused {
    String value = given.strip();
    if (value.isEmpty()) {
      throw new Refused(Code.INVALID, "Say which " + name + ".");
    }
    if (value.length() > MAX_VALUE || value.chars().anyMatch(Character::isISOControl)) {
      throw new Refused(
          Code.INVALID,
          "The %s is longer than %d characters, or has line breaks or the like in it."
              .formatted(name, MAX_VALUE));
    }
    return value;
  }
}
