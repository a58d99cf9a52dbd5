package uk.onefileroutes.feed;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import uk.onefileroutes.shown.Shown;

/**
 * The columns that a feed knows, each with the headers under which it is found without any
 * configuration.
 */
public enum Column {
  LEARNER("learner_id", "apprentice_id", "trainee_id", "candidate_id", "student_id"),
  LEARNER_MISID("learner_misid", "learner_mis_value", "learner_mis_reference"),
  LEARNER_EMAIL("learner_email", "learner_email_address"),
  ROLE("role"),
  KIND("kind"),
  LEVEL("level"),
  ASSIGNEE("assignee_id"),
  ASSIGNEE_MISID("assignee_misid", "assignee_mis_value", "assignee_mis_reference"),
  ASSIGNEE_EMAIL("assignee_email", "assignee_email_address"),
  STANDARD("standard_id", "learning_aim_id", "aim_id", "qualification_id"),
  STANDARD_TITLE("standard_title", "learning_aim_title", "aim_title", "qualification_title"),
  UNIT("unit_id"),
  UNIT_TITLE("unit_title"),
  EFFECTIVE_FROM("effective_from");

  private final String word;

  @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list of strings
  private final List<String> names;

  Column(String word, String... synonyms) {
    this.word = word;
    this.names =
        Stream.concat(Stream.of(word), Arrays.stream(synonyms)).map(Column::comparable).toList();
  }

  /** The canonical name, as in {@code column.learner_id}. */
  public String word() {
    return word;
  }

  /** Whether it stands in place of an id, and the directory has to say of which. */
  public boolean isReference() {
    return switch (this) {
      case LEARNER_MISID,
          LEARNER_EMAIL,
          ASSIGNEE_MISID,
          ASSIGNEE_EMAIL,
          STANDARD_TITLE,
          UNIT_TITLE ->
          true;
      case LEARNER, ROLE, KIND, LEVEL, ASSIGNEE, STANDARD, UNIT, EFFECTIVE_FROM -> false;
    };
  }

  /** The column with this canonical name, exactly as written. */
  public static Optional<Column> of(String word) {
    return Arrays.stream(values()).filter(column -> column.word.equals(word)).findFirst();
  }

  /** Whether a header, already {@link #comparable}, is one of this column's built-in names. */
  public boolean isCalled(String comparable) {
    return names.contains(comparable);
  }

  /**
   * A header as it is compared: lower case, without quotes, {@code _}, {@code -}, the brackets in
   * which databases put names, and all that nobody sees, such as spaces and a stray byte order
   * mark.
   */
  public static String comparable(String text) {
    String header = withoutBrackets(text);
    StringBuilder kept = new StringBuilder(header.length());
    header
        .codePoints()
        .filter(c -> !Shown.isUnseen(c) && c != '_' && c != '-' && c != '"' && c != '\'')
        .forEach(kept::appendCodePoint);
    return kept.toString().toLowerCase(Locale.ROOT);
  }

  private static String withoutBrackets(String text) {
    String header = Shown.trim(text);
    int bracket = header.length() < 2 ? -1 : "[{(<`".indexOf(header.charAt(0));
    boolean isIn = bracket >= 0 && "]})>`".charAt(bracket) == header.charAt(header.length() - 1);
    return isIn ? header.substring(1, header.length() - 1) : header;
  }
}
