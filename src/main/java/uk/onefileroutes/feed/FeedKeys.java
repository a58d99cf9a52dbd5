package uk.onefileroutes.feed;

import java.nio.charset.Charset;
import java.nio.file.FileSystems;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import uk.onefileroutes.keys.Key;
import uk.onefileroutes.keys.KeyTable;
import uk.onefileroutes.keys.KeyTable.Topic;
import uk.onefileroutes.keys.Keys;
import uk.onefileroutes.keys.Type;

/** The keys of one feed. */
final class FeedKeys {
  private static final Topic FILES = new Topic("which files, and what they are");
  private static final Topic LIMITS = new Topic("what is too much");

  static final KeyTable TABLE =
      new KeyTable(
          PlaceKeys.TOPIC, FILES, MappingKeys.TOPIC, PlanKeys.TOPIC, ExpectedKeys.TOPIC, LIMITS);

  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,32}");
  private static final Set<Feed.Format> MAY_HAVE_SHEETS =
      EnumSet.of(Feed.Format.AUTO, Feed.Format.XLSX, Feed.Format.XLS, Feed.Format.ODS);
  private static final Pattern UTF_16 = Pattern.compile("UTF-16(LE|BE)?");
  private static final Map<String, Character> DELIMITERS =
      Map.of("comma", ',', "semicolon", ';', "tab", '\t', "pipe", '|');

  static final Key<String> ACCOUNT =
      FILES.add(
          Key.text("feed.account")
              .example("riverside")
              .absent("none, and none is needed without accounts")
              .means(
                  "Whose files these are: the name of a file in config/accounts without .properties. Needed where there are such files, and refused where there are none."));

  private static final Key<Duration> POLL =
      FILES.add(
          Key.of("poll", Type.duration("100ms", "1d"))
              .orElse("5s")
              .means("Time between two polls; of an SFTP server each is a login of its own.")
              .raised("Files are taken later."));

  private static final Key<Feed.Ready> READY =
      FILES.add(
          Key.of("ready", Type.words(Feed.Ready.values()))
              .orElse("stable")
              .means(
                  "When a file counts as complete: stable (size and modification time stay the same for ready.quiet), done (a marker export.csv.done lies beside it), rename (at once: the sender renames it when it is complete)."));

  private static final Key<Duration> QUIET =
      FILES.add(
          Key.of("ready.quiet", Type.duration("0s", "1d"))
              .orElse("20s")
              .means(
                  "With ready=stable: how long a file must stay the same, over at least two polls and by our own clock. Four times as long while its last record has no line end; an empty file waits ten minutes for its first byte.")
              .raised("Files are taken later, and a writer may pause for longer."));

  private static final Key<Duration> WAIT_WARNING =
      FILES.add(
          Key.of("ready.wait-warning", Type.duration("100ms", "7d"))
              .orElse("10m")
              .means(
                  "A file that lies in the drop folder for this long, and that no feed takes, is said in one WARN line with the likely cause, and stands in status.")
              .raised("A wrong name or a missing marker is noticed later."));

  private static final Key<List<String>> INCLUDE =
      FILES.add(
          Key.of("include", Type.text(FeedKeys::include))
              .orElse("*")
              .means(
                  "Which file names; several patterns with commas between them; case doesn't count. Other files stay where they are."));

  private static final Key<Feed.Format> FORMAT =
      FILES.add(
          Key.of("format", Type.words(Feed.Format.values()))
              .orElse("auto")
              .means(
                  "A file that is of another format is refused; csv takes any text as CSV. xls is all that programs call so: Excel's old format, its XML of 2003, a table in HTML."));

  private static final Key<String> SHEET =
      FILES.add(
          Key.text("sheet")
              .example("Export")
              .absent("the first visible one")
              .means("The name of a workbook's sheet; case doesn't count."));

  private static final Key<Optional<Charset>> CHARSET =
      FILES.add(
          Key.of("charset", Type.text(FeedKeys::charset))
              .orElse("auto")
              .means("auto, or such as UTF-8, windows-1252."));

  private static final Key<Optional<Character>> DELIMITER =
      FILES.add(
          Key.of(
                  "delimiter",
                  Type.text(FeedKeys::delimiter)
                      .verbatim()
                      .described(Type.Kind.TEXT, null, "auto", "comma", "semicolon", "tab", "pipe"))
              .orElse("auto")
              .means("auto, a word, or one character."));

  private static final Key<Integer> HEADER_ROW =
      FILES.add(
          Key.of("header.row", Type.number(1, 10_000))
              .example("4")
              .absent("the first of the first 30 rows that has all columns")
              .means(
                  "The line of a CSV file, or the row of a sheet, that is the header; what stands above it is not read."));

  private static final Key<String> FOOTER =
      FILES.add(
          Key.of("footer", Type.text(FeedKeys::footer))
              .example("Total:*")
              .absent("none")
              .means(
                  "Lines that are no rows, such as totals at the end: * stands for anything, case doesn't count. The whole line is compared, and the first cell in it."));

  private static final Key<PlanRules.Snapshot> SNAPSHOT =
      FILES.add(
          Key.of("feed.snapshot", Type.words(PlanRules.Snapshot.values()))
              .orElse("full")
              .means(
                  "What each file names: full (all that is assigned, so that what it does not name is gone), or partial (some of it, such as what has changed since or one department: nothing is gone with it)."));

  private static final Key<Integer> BYTES =
      LIMITS.add(
          Key.of("limit.bytes", Type.number(1024, 1 << 30))
              .orElse("104857600")
              .means("More refuses the file, packed or unpacked.")
              .raised("A wrong file costs more disk and time."));

  private static final Key<Integer> ROWS =
      LIMITS.add(
          Key.of("limit.rows", Type.number(1, 10_000_000))
              .orElse("1000000")
              .means("More refuses the file.")
              .raised("A wrong file costs more ledger and time."));

  private static final Key<Integer> LINE =
      LIMITS.add(
          Key.of("limit.line", Type.number(100, 1 << 20))
              .orElse("65536")
              .means("Characters of a record; more makes the row invalid.")
              .raised("More memory a row."));

  private static final Key<Integer> COLUMN_COUNT =
      LIMITS.add(
          Key.of("limit.columns", Type.number(1, 10_000))
              .orElse("500")
              .means("More refuses the file.")
              .raised("More memory a row."));

  private FeedKeys() {}

  /** The feed that these keys describe; all faults are added to {@code faults}. */
  static Optional<Feed> read(
      String name, Map<String, String> values, PlanRules otherwise, List<String> faults) {
    Keys keys = new Keys("feeds/" + name + ".properties", values, faults);
    if (!NAME.matcher(name).matches()) {
      keys.fault("a feed's name is 1 to 32 of a-z, 0-9 and -; rename the file");
    }
    PlaceKeys places = new PlaceKeys(keys);
    Place source = places.source();
    Place results = places.results();
    places.refuseWhatIsNotUsed();
    Feed.Waits waits = new Feed.Waits(keys.get(POLL), keys.get(QUIET), keys.get(WAIT_WARNING));
    Feed.Ready ready = keys.get(READY);
    List<String> include = keys.get(INCLUDE);
    List<String> mailTo = keys.find(PlaceKeys.MAIL_TO).orElse(List.of());
    Feed.Layout layout = layout(keys);
    Feed.Mapping mapping = MappingKeys.read(keys);
    Feed.Limits limits =
        new Feed.Limits(keys.get(BYTES), keys.get(ROWS), keys.get(LINE), keys.get(COLUMN_COUNT));
    PlanRules rules = PlanKeys.read(keys, otherwise).with(keys.get(SNAPSHOT));
    Expected expected = ExpectedKeys.read(keys);
    keys.refuseUnknown(TABLE);
    if (keys.isFaulty() || source == null || results == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Feed(
            name,
            new Feed.Places(source, ready, waits, include, results, mailTo),
            layout,
            mapping,
            limits,
            rules,
            expected));
  }

  private static Feed.Layout layout(Keys keys) {
    Feed.Format format = keys.get(FORMAT);
    String sheet = keys.find(SHEET).orElse(null);
    if (sheet != null && !MAY_HAVE_SHEETS.contains(format)) {
      keys.refuse(SHEET, "this format has no sheets", "remove it, or write format=xlsx");
    }
    Integer headerRow = keys.find(HEADER_ROW).orElse(null);
    if (headerRow != null && (format == Feed.Format.JSON || format == Feed.Format.NDJSON)) {
      keys.refuse(HEADER_ROW, "this format has no header row", "remove it");
    }
    return new Feed.Layout(
        format,
        keys.get(CHARSET).orElse(null),
        keys.get(DELIMITER).orElse(null),
        sheet,
        headerRow,
        keys.find(FOOTER).orElse(null));
  }

  private static String footer(String text) {
    if (text.replace(".*", "*").chars().allMatch(c -> c == '*' || c == ' ')) {
      throw new IllegalArgumentException(
          "matches every line, so that no row would be left; write such as Total:*");
    }
    return text;
  }

  private static List<String> include(String text) {
    List<String> globs = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    for (String glob : globs) {
      if (glob.isEmpty()) {
        throw new IllegalArgumentException("has an empty pattern; remove the surplus comma");
      }
      if (glob.contains("/") || glob.contains("\\")) {
        throw new IllegalArgumentException(
            "speaks of folders; write patterns for the file name only");
      }
      try {
        FileSystems.getDefault().getPathMatcher("glob:" + glob);
      } catch (PatternSyntaxException e) {
        throw new IllegalArgumentException(
            "not a pattern (" + e.getDescription() + "); write such as *.csv", e);
      }
    }
    return globs;
  }

  private static Optional<Charset> charset(String text) {
    if (text.equals("auto")) {
      return Optional.empty();
    }
    String remedy = "; write UTF-8, windows-1252 or, if unsure, auto";
    Charset charset;
    try {
      charset = Charset.forName(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not a charset that Java knows" + remedy, e);
    }
    // Delimiters, quotes and line ends must be the bytes that every tool expects them to be.
    boolean isPlain =
        charset.canEncode()
            && new String(new byte[] {'a', ',', '"', '\n'}, charset).equals("a,\"\n");
    if (!isPlain && !UTF_16.matcher(charset.name()).matches()) {
      throw new IllegalArgumentException("not a charset that CSV files come in" + remedy);
    }
    return Optional.of(charset);
  }

  /** A tab may stand for itself, and is not blank then. */
  private static Optional<Character> delimiter(String verbatim) {
    if (verbatim.equals("\t")) {
      return Optional.of('\t');
    }
    String text = verbatim.strip();
    if (text.isEmpty()) {
      throw new IllegalArgumentException("has no value; give one or remove the key");
    }
    if (text.equals("auto")) {
      return Optional.empty();
    }
    Character named = DELIMITERS.get(text);
    if (named != null) {
      return Optional.of(named);
    }
    char first = text.charAt(0);
    if (text.length() > 1
        || first <= ' '
        || first > '~'
        || Character.isLetterOrDigit(first)
        || "\"'_-.".indexOf(first) >= 0) {
      throw new IllegalArgumentException(
          "not one of auto, comma, semicolon, tab, pipe or a single character like these; write"
              + " auto if unsure");
    }
    return Optional.of(first);
  }
}
