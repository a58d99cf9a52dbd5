package uk.onefileroutes.feed;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import uk.onefileroutes.assignment.Kind;
import uk.onefileroutes.assignment.Role;
import uk.onefileroutes.assignment.Vocabulary;
import uk.onefileroutes.keys.Key;
import uk.onefileroutes.keys.KeyTable.Topic;
import uk.onefileroutes.keys.Keys;
import uk.onefileroutes.keys.Type;

/** The keys of a feed that say what its columns mean. */
final class MappingKeys {
  static final Topic TOPIC = new Topic("what the columns mean");

  private static final List<String> COLUMNS =
      Arrays.stream(Column.values()).map(Column::word).toList();

  private static final Key<String> COLUMN =
      TOPIC.add(
          Key.family("column.", "column", COLUMNS, Type.text())
              .means(
                  "The header of a column. It must be in each file then, and the column's built-in names count no more. Headers are compared without case, spaces, _ - and quotes."));

  private static final Key<String> CONSTANT =
      TOPIC.add(
          Key.family("constant.", "column", COLUMNS, Type.text())
              .means(
                  "One value for all rows, for a column that the files lack; not together with column. of the same."));

  private static final Key<Role> ROLE =
      TOPIC.add(
          Key.family("role.", "word", Type.words(Role.values(), Role::word))
              .means(
                  "A word of your own for a role. A space in a key is written \\ and then the space."));

  private static final Key<Kind> KIND =
      TOPIC.add(
          Key.family("kind.", "word", Type.words(Kind.values(), Kind::word))
              .means("A word of your own for a kind."));

  private static final Key<List<String>> IGNORE =
      TOPIC.add(
          Key.family("ignore.", "header", Type.text(MappingKeys::ignored).verbatim())
              .means(
                  "Rows with this value in the column ask for nothing; several values with commas between them, one with a comma in quotes; without any, rows with an empty cell. Case doesn't count. The column must be there."));

  private static final Key<String> EMPTY =
      TOPIC.add(
          Key.family("empty.", "word", Type.text(MappingKeys::nothing).verbatim())
              .means(
                  "A word of your own for no value, in cells with an id, a unit or a reference; nothing follows the =. Built in are NULL, N/A, #N/A, None, nil, - and --. Case doesn't count."));

  static final Key<String> FAN_OUT =
      TOPIC.add(
          Key.family("fan-out.", "n", Type.text())
              .means(
                  "One of the assignments that each row of a wide file asks for, n from 1 to 999: kind, role, the header with who is assigned, and for a learning aim or a unit summary the header with the standard or unit."));

  private static final Key<Integer> ORGANISATION =
      TOPIC.add(
          Key.of("organisation-id", Type.number(1, Integer.MAX_VALUE))
              .example("1234")
              .absent("that of onefile.organisation-id")
              .means("The centre in which this feed's references are looked up."));

  private MappingKeys() {}

  /** What the keys say; all faults are added to theirs. */
  static Feed.Mapping read(Keys keys) {
    Map<Column, String> columns = byColumn(keys.family(COLUMN));
    Map<Column, String> constants = byColumn(keys.family(CONSTANT));
    Map<String, String> seen = new HashMap<>();
    columns.forEach(
        (column, header) -> {
          String key = COLUMN.name() + column.word();
          String earlier = seen.putIfAbsent(Column.comparable(header), key);
          if (earlier != null) {
            keys.refuse(COLUMN, key, "the same header as " + earlier, "name one header for each");
          }
        });
    for (Column column : constants.keySet()) {
      if (columns.containsKey(column)) {
        keys.refuse(
            CONSTANT,
            CONSTANT.name() + column.word(),
            COLUMN.name() + column.word() + " is there too",
            "remove one of the two");
      }
    }
    Vocabulary words = new Vocabulary(keys.family(KIND), keys.family(ROLE));
    FanOutKeys fanOuts = new FanOutKeys(keys, words);
    List<FanOut> parts = fanOuts.read();
    if (!parts.isEmpty()) {
      fanOuts.refuseBeside(columns.keySet(), COLUMN);
      fanOuts.refuseBeside(constants.keySet(), CONSTANT);
    }
    return new Feed.Mapping(
        columns,
        constants,
        keys.family(IGNORE),
        keys.family(EMPTY).keySet(),
        words,
        parts,
        keys.find(ORGANISATION).orElse(null));
  }

  /** A blank value is one too: rows with an empty cell. */
  private static List<String> ignored(String verbatim) {
    String text = verbatim.strip();
    if (text.isEmpty()) {
      return List.of("");
    }
    List<String> values = Listed.of(text);
    if (values.isEmpty() || values.stream().anyMatch(String::isEmpty)) {
      throw new IllegalArgumentException(
          "not values with commas between them; write such as Left,Withdrawn and a value with a"
              + " comma in quotes");
    }
    return values;
  }

  private static String nothing(String verbatim) {
    if (!verbatim.isBlank()) {
      throw new IllegalArgumentException("the word belongs before the =; write nothing behind it");
    }
    return "";
  }

  private static Map<Column, String> byColumn(Map<String, String> byWord) {
    Map<Column, String> byColumn = new EnumMap<>(Column.class);
    byWord.forEach(
        (word, value) -> Column.of(word).ifPresent(column -> byColumn.put(column, value)));
    return byColumn;
  }
}
