package uk.onefileroutes.feed;

import java.nio.charset.Charset;
import java.nio.file.FileSystems;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.Kind;
import uk.onefileroutes.assignment.Role;
import uk.onefileroutes.assignment.Vocabulary;
import uk.onefileroutes.keys.Keys;
import uk.onefileroutes.ledger.Trust;

/** Reads the keys of one feed and collects all faults in them. Use once, by one thread. */
final class FeedKeys {
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,32}");
  private static final Pattern UTF_16 = Pattern.compile("UTF-16(LE|BE)?");
  private static final Map<String, Character> DELIMITERS =
      Map.of("comma", ',', "semicolon", ';', "tab", '\t', "pipe", '|');

  private final String name;
  private final Keys keys;

  FeedKeys(String name, Map<String, String> keys, List<String> faults) {
    this.name = name;
    this.keys = new Keys("feeds/" + name + ".properties", keys, faults);
  }

  /** Every key that a feed may have. */
  static List<Keys.Described> described() {
    Map<String, Keys.Described> all = new TreeMap<>();
    Map<String, String> byFtp = Map.of("source", "sftp", "results", "sftp");
    for (Map<String, String> some : List.of(byFtp, Map.<String, String>of())) {
      FeedKeys feed = new FeedKeys("x", some, new ArrayList<>());
      Optional<Feed> unused = feed.feed(new PlanRules(Trust.FOR_EVER, Holding.USUAL));
      // a key of SFTP is more than a text only where there is SFTP
      feed.keys.described().forEach(key -> all.putIfAbsent(key.name(), key));
    }
    return List.copyOf(all.values());
  }

  Optional<Feed> feed(PlanRules usual) {
    if (!NAME.matcher(name).matches()) {
      keys.fault("a feed's name is 1 to 32 of a-z, 0-9 and -; rename the file");
    }
    PlaceKeys places = new PlaceKeys(keys);
    Place source = places.source();
    Place results = places.results();
    places.refuseWhatIsNotUsed();
    Duration poll =
        keys.duration("poll", Duration.ofSeconds(5), Duration.ofMillis(100), Duration.ofDays(1));
    Feed.Ready ready = keys.oneOf("ready", words(Feed.Ready.values()), "stable");
    List<String> include = include();
    Feed.Layout layout = layout();
    Feed.Mapping mapping = mapping();
    Feed.Limits limits =
        new Feed.Limits(
            keys.number("limit.bytes", 100L << 20, 1024, 1L << 30),
            keys.number("limit.rows", 1_000_000, 1, 10_000_000),
            (int) keys.number("limit.line", 65_536, 100, 1 << 20),
            (int) keys.number("limit.columns", 500, 1, 10_000));
    PlanRules rules = PlanRules.read(keys, usual);
    Expected expected = ExpectedKeys.read(keys);
    keys.refuseUnknown();
    if (keys.isFaulty() || source == null || results == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Feed(
            name,
            new Feed.Places(source, poll, ready, include, results),
            layout,
            mapping,
            limits,
            rules,
            expected));
  }

  private Feed.Layout layout() {
    Feed.Format format = keys.oneOf("format", words(Feed.Format.values()), "auto");
    String sheet = keys.value("sheet");
    if (sheet != null && format != Feed.Format.AUTO && format != Feed.Format.XLSX) {
      keys.fault("sheet", "this format has no sheets", "remove it, or write format=xlsx");
    }
    return new Feed.Layout(format, charset(), delimiter(), sheet);
  }

  private List<String> include() {
    String value = keys.value("include", "*");
    List<String> globs = Arrays.stream(value.split(",", -1)).map(String::strip).toList();
    for (String glob : globs) {
      if (glob.isEmpty()) {
        keys.fault("include", "has an empty pattern", "remove the surplus comma");
      } else if (glob.contains("/") || glob.contains("\\")) {
        keys.fault("include", "speaks of folders", "write patterns for the file name only");
      } else {
        try {
          FileSystems.getDefault().getPathMatcher("glob:" + glob);
        } catch (PatternSyntaxException e) {
          keys.fault(
              "include", "not a pattern (" + e.getDescription() + ")", "write such as *.csv");
        }
      }
    }
    return globs;
  }

  private @Nullable Charset charset() {
    String value = keys.value("charset", "auto");
    if (value.equals("auto")) {
      return null;
    }
    String remedy = "write UTF-8, windows-1252 or, if unsure, auto";
    try {
      Charset charset = Charset.forName(value);
      // Delimiters, quotes and line ends must be the bytes that every tool expects them to be.
      boolean plain =
          charset.canEncode()
              && new String(new byte[] {'a', ',', '"', '\n'}, charset).equals("a,\"\n");
      if (!plain && !UTF_16.matcher(charset.name()).matches()) {
        keys.fault("charset", "not a charset that CSV files come in", remedy);
      }
      return charset;
    } catch (IllegalArgumentException e) {
      keys.fault("charset", "not a charset that Java knows", remedy);
      return null;
    }
  }

  private @Nullable Character delimiter() {
    String value = keys.value("delimiter", "auto");
    keys.describe(
        new Keys.Described(
            "delimiter",
            Keys.Kind.TEXT,
            "auto",
            null,
            null,
            Stream.concat(Stream.of("auto"), DELIMITERS.keySet().stream()).toList()));
    if (keys.untouched("delimiter").equals("\t")) {
      return '\t';
    }
    if (value.equals("auto")) {
      return null;
    }
    Character named = DELIMITERS.get(value);
    if (named != null) {
      return named;
    }
    char first = value.charAt(0);
    if (value.length() > 1
        || first <= ' '
        || first > '~'
        || Character.isLetterOrDigit(first)
        || "\"'_-.".indexOf(first) >= 0) {
      keys.fault(
          "delimiter",
          "not one of auto, comma, semicolon, tab, pipe or a single character like these",
          "write auto if unsure");
    }
    return first;
  }

  private Feed.Mapping mapping() {
    Map<Column, String> columns = new EnumMap<>(Column.class);
    Map<Column, String> constants = new EnumMap<>(Column.class);
    Map<String, String> seen = new HashMap<>();
    for (Column column : Column.values()) {
      String key = "column." + column.word();
      String header = keys.value(key);
      if (header != null && !header.isEmpty()) {
        columns.put(column, header);
        String earlier = seen.putIfAbsent(Column.comparable(header), key);
        if (earlier != null) {
          keys.fault(key, "the same header as " + earlier, "name one header for each");
        }
      }
      String constantKey = "constant." + column.word();
      String constant = keys.value(constantKey);
      if (constant != null && !constant.isEmpty()) {
        constants.put(column, constant);
        if (header != null) {
          keys.fault(constantKey, key + " is there too", "remove one of the two");
        }
      }
    }
    Map<String, String> ignores = new LinkedHashMap<>();
    keys.family("ignore.", ignores::put);
    Map<String, Role> roles = new LinkedHashMap<>();
    keys.familyOf("role.", words(Role.values(), Role::word), roles);
    Map<String, Kind> kinds = new LinkedHashMap<>();
    keys.familyOf("kind.", words(Kind.values(), Kind::word), kinds);
    int organisation = (int) keys.number("organisation-id", 0, 1, Integer.MAX_VALUE);
    FanOutKeys fanOuts = new FanOutKeys(keys, new Vocabulary(kinds, roles));
    List<FanOut> parts = fanOuts.read();
    if (!parts.isEmpty()) {
      fanOuts.refuseBeside(columns.keySet(), "column.");
      fanOuts.refuseBeside(constants.keySet(), "constant.");
    }
    return new Feed.Mapping(
        columns,
        constants,
        ignores,
        roles,
        kinds,
        parts,
        organisation == 0 ? null : Integer.valueOf(organisation));
  }

  static <E extends Enum<E>> Map<String, E> words(E[] values) {
    return words(values, value -> value.name().toLowerCase(Locale.ROOT));
  }

  private static <E> Map<String, E> words(E[] values, Function<E, String> word) {
    Map<String, E> words = new LinkedHashMap<>();
    for (E value : values) {
      words.put(word.apply(value), value);
    }
    return words;
  }
}
