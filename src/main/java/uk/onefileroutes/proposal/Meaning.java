package uk.onefileroutes.proposal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.Role;
import uk.onefileroutes.assignment.Vocabulary;
import uk.onefileroutes.feed.Column;

/**
 * What a header seems to say.
 *
 * @param builtIn the column that is found under this name without any key; null where none is
 * @param role of a person who is assigned, where the header names one
 * @param base its words without those of role and form, such as {@code aim 1} of "Aim 1 IQA"
 */
record Meaning(What what, Form form, @Nullable Column builtIn, @Nullable Role role, String base) {

  /** Whom or what the cells name. */
  enum What {
    LEARNER,
    ASSIGNEE,
    STANDARD,
    UNIT,
    KIND,
    LEVEL,
    ROLE,
    STATUS,
    NOTHING
  }

  /** How they name it. */
  enum Form {
    ID,
    MISID,
    EMAIL,
    /** A name of a person, or a title. */
    TEXT,
    UNSAID
  }

  private static final Vocabulary WORDS = new Vocabulary(Map.of(), Map.of());
  private static final Set<String> LEARNERS =
      Set.of("learner", "apprentice", "trainee", "candidate", "student", "pupil", "participant");
  private static final Set<String> ASSIGNEES =
      Set.of("assignee", "assigned", "staff", "colleague", "worker");
  private static final Set<String> STANDARDS =
      Set.of(
          "standard",
          "programme",
          "program",
          "aim",
          "qualification",
          "course",
          "framework",
          "pathway");
  private static final Set<String> UNITS = Set.of("unit", "module");
  private static final Set<String> IDS =
      Set.of("id", "no", "nr", "num", "number", "ref", "reference", "code", "key", "userid");
  private static final Set<String> TEXTS =
      Set.of("name", "names", "title", "forename", "surname", "firstname", "lastname", "fullname");
  private static final Set<String> MIS_IDS = Set.of("mis", "misid", "misvalue");
  private static final Set<String> EMAILS = Set.of("email", "mail");
  private static final Set<String> KINDS = Set.of("kind", "what", "type", "assignment");
  private static final Set<String> OF_NO_USE =
      Set.of("user", "value", "onefile", "address", "the", "of", "s");

  static Meaning of(String header) {
    String comparable = Column.comparable(header);
    Optional<Column> builtIn =
        Arrays.stream(Column.values()).filter(column -> column.isCalled(comparable)).findFirst();
    if (builtIn.isPresent()) {
      return of(builtIn.get());
    }
    List<String> words = words(header);
    Form form = form(words);
    List<String> rest = new ArrayList<>(words);
    rest.removeIf(word -> isOfForm(word) || OF_NO_USE.contains(word));
    if (words.contains("role")
        || rest.equals(List.of("as"))
        || rest.equals(List.of("assigned", "as"))) {
      return new Meaning(What.ROLE, form, null, null, "");
    }
    if (words.contains("status")) {
      return new Meaning(What.STATUS, form, null, null, "");
    }
    for (int length = Math.min(3, rest.size()); length > 0; length--) {
      for (int from = 0; from + length <= rest.size(); from++) {
        Role role = WORDS.role(String.join("", rest.subList(from, from + length)));
        if (role != null) {
          List<String> base = new ArrayList<>(rest.subList(0, from));
          base.addAll(rest.subList(from + length, rest.size()));
          return new Meaning(What.ASSIGNEE, form, null, role, String.join(" ", base));
        }
      }
    }
    return new Meaning(what(rest), form, null, null, String.join(" ", rest));
  }

  private static Meaning of(Column column) {
    What what =
        switch (column) {
          case LEARNER, LEARNER_MISID, LEARNER_EMAIL -> What.LEARNER;
          case ASSIGNEE, ASSIGNEE_MISID, ASSIGNEE_EMAIL -> What.ASSIGNEE;
          case STANDARD, STANDARD_TITLE -> What.STANDARD;
          case UNIT, UNIT_TITLE -> What.UNIT;
          case KIND -> What.KIND;
          case LEVEL -> What.LEVEL;
          case ROLE -> What.ROLE;
          case EFFECTIVE_FROM -> What.NOTHING;
        };
    Form form =
        switch (column) {
          case LEARNER, ASSIGNEE, STANDARD, UNIT -> Form.ID;
          case LEARNER_MISID, ASSIGNEE_MISID -> Form.MISID;
          case LEARNER_EMAIL, ASSIGNEE_EMAIL -> Form.EMAIL;
          case STANDARD_TITLE, UNIT_TITLE -> Form.TEXT;
          case KIND, LEVEL, ROLE, EFFECTIVE_FROM -> Form.UNSAID;
        };
    return new Meaning(what, form, column, null, "");
  }

  private static What what(List<String> words) {
    if (words.stream().anyMatch(LEARNERS::contains)) {
      return What.LEARNER;
    }
    if (words.stream().anyMatch(ASSIGNEES::contains)) {
      return What.ASSIGNEE;
    }
    if (words.equals(List.of("level"))) {
      return What.LEVEL;
    }
    if (!words.isEmpty() && KINDS.containsAll(words)) {
      return What.KIND;
    }
    if (words.stream().anyMatch(UNITS::contains)) {
      return What.UNIT;
    }
    return words.stream().anyMatch(STANDARDS::contains) ? What.STANDARD : What.NOTHING;
  }

  /** What the base of a header is about: {@code STANDARD}, {@code UNIT} or neither. */
  What about() {
    What about = what(Arrays.asList(base.split(" ")));
    return about == What.STANDARD || about == What.UNIT ? about : What.NOTHING;
  }

  private static Form form(List<String> words) {
    if (words.stream().anyMatch(EMAILS::contains)) {
      return Form.EMAIL;
    }
    if (words.stream().anyMatch(MIS_IDS::contains)) {
      return Form.MISID;
    }
    if (words.stream().anyMatch(TEXTS::contains)) {
      return Form.TEXT;
    }
    return words.stream().anyMatch(IDS::contains) ? Form.ID : Form.UNSAID;
  }

  private static boolean isOfForm(String word) {
    return IDS.contains(word)
        || TEXTS.contains(word)
        || MIS_IDS.contains(word)
        || EMAILS.contains(word);
  }

  private static List<String> words(String header) {
    String apart =
        header
            .replaceAll("(\\p{Ll})(\\p{Lu})", "$1 $2")
            .toLowerCase(Locale.ROOT)
            .replaceAll("\\be[-_ ]mail", "email");
    return Arrays.stream(apart.split("[^\\p{L}\\p{N}]+")).filter(word -> !word.isEmpty()).toList();
  }
}
