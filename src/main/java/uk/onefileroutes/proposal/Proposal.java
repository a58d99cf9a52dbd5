package uk.onefileroutes.proposal;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.Role;
import uk.onefileroutes.assignment.Vocabulary;
import uk.onefileroutes.feed.Column;
import uk.onefileroutes.proposal.Meaning.Form;
import uk.onefileroutes.proposal.Meaning.What;

/** Proposes the feed for an export. What is a guess says so, for the person who reviews it. */
public final class Proposal {
  private static final Vocabulary WORDS = new Vocabulary(Map.of(), Map.of());
  private static final String KINDS = "default, learning-aim, unit-summary or additional";
  private static final String ROLES = "assessor, iqa, employer or observer";

  private final Export export;
  private final List<Candidate> all;
  private final Map<Column, List<Candidate>> byColumn = new EnumMap<>(Column.class);
  private final FeedText text = new FeedText();
  private final @Nullable WideRows wide;
  private boolean hasReferences;

  private Proposal(Export export) {
    this.export = export;
    this.all = new ArrayList<>(export.candidates());
    byValues(What.ROLE, word -> WORDS.role(word) != null);
    byValues(What.KIND, word -> WORDS.kind(word) != null && WORDS.role(word) == null);
    onlyPersonIsTheLearner();
    boolean isWide =
        has(What.ROLE).isEmpty()
            && (has(What.KIND).isEmpty() || WideRows.best(all).size() > 1)
            && !WideRows.best(all).isEmpty();
    this.wide = isWide ? new WideRows(all) : null;
    for (Candidate candidate : all) {
      if (wide == null || !wide.isTaken(candidate)) {
        candidate
            .column()
            .ifPresent(
                column -> byColumn.computeIfAbsent(column, c -> new ArrayList<>()).add(candidate));
      }
    }
  }

  /**
   * The text of a feed file.
   *
   * @param name of the feed, which its folders have too
   */
  public static String of(String name, Export export) {
    return new Proposal(export).write(name);
  }

  /** A column whose header says nothing, but all of whose words are known. */
  private void byValues(What what, Predicate<String> known) {
    boolean isNamed = all.stream().anyMatch(one -> one.is(what));
    Predicate<String> word = value -> known.test(value) && !value.matches("[0-9].*");
    if (!isNamed) {
      for (int i = 0; i < all.size(); i++) {
        if (all.get(i).is(What.NOTHING) && all.get(i).cells().areAll(word)) {
          all.set(i, all.get(i).as(what));
          return;
        }
      }
    }
  }

  /** Where no header speaks of learners, the only one of ids, MIS values or e-mails does. */
  private void onlyPersonIsTheLearner() {
    if (!has(What.LEARNER).isEmpty()) {
      return;
    }
    for (Form form : List.of(Form.ID, Form.MISID, Form.EMAIL)) {
      List<Candidate> people =
          all.stream()
              .filter(one -> one.is(What.NOTHING) && one.form() == form)
              .filter(one -> one.meaning().form() != Form.UNSAID || form == Form.EMAIL)
              .toList();
      if (people.size() == 1) {
        all.set(all.indexOf(people.get(0)), people.get(0).as(What.LEARNER));
        return;
      }
    }
  }

  private List<Candidate> has(What what) {
    return all.stream().filter(one -> one.is(what) && one.column().isPresent()).toList();
  }

  private String write(String name) {
    text.comment(
        "A proposal by the headers and cells of an export. Review every line; \"Check\" marks guesses.");
    text.comment(
        "Then: check --sample FILE --feed %s. A running instance reads it at its next start."
            .formatted(name));
    text.blank();
    text.key("source", "directory");
    text.key("directory", name + "/inbox");
    text.key("results", "directory");
    text.key("results.directory", name + "/results");
    if (export.delimiter() != null) {
      text.blank();
      text.key("delimiter", String.valueOf(export.delimiter()));
    }
    text.blank();
    text.comment("Which header is which column. What is not named here is carried along.");
    person("learner", List.of(Column.LEARNER, Column.LEARNER_MISID, Column.LEARNER_EMAIL));
    if (wide == null) {
      person("assignee", List.of(Column.ASSIGNEE, Column.ASSIGNEE_MISID, Column.ASSIGNEE_EMAIL));
      kindAndRole();
    }
    one(Column.STANDARD, Column.STANDARD_TITLE);
    one(Column.UNIT, Column.UNIT_TITLE);
    if (wide != null) {
      fanOut(wide);
    }
    unknownWords();
    rest();
    return text.text();
  }

  /** The first that can be had; the others are only offered, since each must be in every file. */
  private void person(String who, List<Column> columns) {
    boolean isThere = false;
    for (Column column : columns) {
      for (Candidate candidate : byColumn.getOrDefault(column, List.of())) {
        if (isThere && candidate.meaning().builtIn() == null) {
          text.offer("column." + column.word(), candidate.header());
        } else if (!isThere) {
          if (who.equals("learner")
              && candidate.meaning().role() == null
              && Meaning.of(candidate.header()).what() == What.NOTHING) {
            text.comment("Check: no header speaks of learners; this one is the likeliest.");
          }
          name(column, candidate);
          isThere = true;
        }
      }
    }
    if (!isThere) {
      text.comment(
          "Check: no header seems to be the %s's id, MIS value or e-mail address; name one."
              .formatted(who));
      columns.forEach(column -> text.offer("column." + column.word(), "..."));
      text.comment(
          "Headers: "
              + all.stream().map(Candidate::header).limit(50).collect(Collectors.joining(" | ")));
    }
  }

  /** By its own name a column is found without a key, unless two have one. */
  private void name(Column column, Candidate candidate) {
    hasReferences |= column.isReference();
    boolean isAlone = byColumn.getOrDefault(column, List.of()).size() == 1;
    if (candidate.meaning().builtIn() == column && isAlone) {
      text.comment("%s is found by its own name.".formatted(candidate.header()));
    } else {
      text.key("column." + column.word(), candidate.header());
    }
  }

  private void one(Column... columns) {
    boolean isThere = false;
    for (Column column : columns) {
      for (Candidate candidate : byColumn.getOrDefault(column, List.of())) {
        if (isThere) {
          text.offer("column." + column.word(), candidate.header());
        } else {
          name(column, candidate);
        }
        isThere = true;
      }
    }
  }

  private void kindAndRole() {
    if (has(What.KIND).isEmpty() && levels().isEmpty()) {
      boolean isAim = !has(What.STANDARD).isEmpty();
      boolean isUnit = !isAim && !has(What.UNIT).isEmpty();
      text.comment("Check: no column says what is assigned; %s.".formatted(KINDS));
      text.key("constant.kind", isAim ? "learning-aim" : isUnit ? "unit-summary" : "default");
    } else {
      one(Column.KIND);
      if (!levels().isEmpty()) {
        one(Column.LEVEL);
      }
    }
    if (!has(What.ROLE).isEmpty()) {
      one(Column.ROLE);
      return;
    }
    List<Candidate> people = WideRows.best(all);
    Role said = people.isEmpty() ? null : people.get(0).meaning().role();
    text.comment("Check: no column says the role; %s.".formatted(ROLES));
    text.key("constant.role", said == null ? Role.ASSESSOR.word() : said.word());
  }

  /** A column "Level" may also be that of a qualification. */
  private List<Candidate> levels() {
    return has(What.LEVEL).stream()
        .filter(
            one ->
                one.meaning().builtIn() != null
                    || one.cells().areEmpty()
                    || one.cells().isAny(word -> WORDS.kind(word) != null))
        .toList();
  }

  private void fanOut(WideRows rows) {
    text.blank();
    text.comment(
        "What each row asks for: kind, role, who, and for a learning aim or unit summary which.");
    text.comment("An empty cell asks for nothing. Check the kinds: headers say roles only.");
    int number = 1;
    for (String value : rows.keys()) {
      text.key("fan-out." + number++, value);
      hasReferences |=
          value.contains("misid:") || value.contains("email:") || value.contains("title:");
    }
    for (String value : rows.offers()) {
      text.comment(
          "Fill in the id of the standard or unit behind the =, or the header that has it.");
      text.offer("fan-out." + number++, value);
    }
  }

  private void unknownWords() {
    if (wide != null) {
      return;
    }
    List<Candidate> kinds = new ArrayList<>(has(What.KIND));
    kinds.addAll(levels());
    words("kind", KINDS, kinds, word -> WORDS.kind(word) != null);
    words("role", ROLES, has(What.ROLE), word -> WORDS.role(word) != null);
  }

  private void words(
      String family, String choice, List<Candidate> columns, Predicate<String> known) {
    for (Candidate column : columns) {
      int unknown = column.cells().unknown(known);
      if (unknown == 0) {
        continue;
      }
      List<String> shown = column.cells().shownWords(known);
      text.blank();
      text.comment(
          "Words of %s that are not known: fill in %s.".formatted(column.header(), choice));
      shown.forEach(word -> text.offer(family + "." + word.toLowerCase(Locale.ROOT), "..."));
      if (unknown > shown.size()) {
        text.comment(
            "Check: %s of its values are not shown here, as they may be anybody's data; is it the right column?"
                .formatted(unknown > ColumnContent.MAX_WORDS ? "most" : unknown - shown.size()));
      }
    }
  }

  private void rest() {
    if (hasReferences) {
      text.blank();
      text.comment(
          "The centre in which references are looked up, unless onefile.organisation-id is set.");
      text.offer("organisation-id", "1234");
    }
    List<Candidate> states = all.stream().filter(one -> one.is(What.STATUS)).toList();
    if (!states.isEmpty()) {
      text.blank();
      text.comment("Rows with these values ask for nothing.");
      states.forEach(one -> text.offer("ignore." + one.header(), "left,withdrawn"));
    }
  }

  /** A name for the feed by that of a file. */
  public static String name(String fileName) {
    String bare = fileName.replaceAll("\\.[^.]*$", "").toLowerCase(Locale.ROOT);
    String name = bare.replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
    String cut = name.substring(0, Math.min(32, name.length())).replaceAll("-+$", "");
    return cut.isEmpty() ? "new" : cut;
  }
}
