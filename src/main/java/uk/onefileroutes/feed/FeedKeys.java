package uk.onefileroutes.feed;

import java.nio.charset.Charset;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.Kind;
import uk.onefileroutes.assignment.Role;

/** Reads the keys of one feed and collects all faults in them. Use once, by one thread. */
final class FeedKeys {
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,32}");
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
  private static final Pattern UTF_16 = Pattern.compile("UTF-16(LE|BE)?");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));
  private static final Map<String, Character> DELIMITERS =
      Map.of("comma", ',', "semicolon", ';', "tab", '\t', "pipe", '|');

  private final String name;
  private final Map<String, String> keys;
  private final List<String> faults;
  private final int faultsBefore;
  private final TreeSet<String> known = new TreeSet<>();
  private final TreeSet<String> families = new TreeSet<>();

  FeedKeys(String name, Map<String, String> keys, List<String> faults) {
    this.name = name;
    this.keys = keys;
    this.faults = faults;
    this.faultsBefore = faults.size();
  }

  Optional<Feed> feed() {
    if (!NAME.matcher(name).matches()) {
      faults.add(file() + ": a feed's name is 1 to 32 of a-z, 0-9 and -; rename the file");
    }
    oneOf("source", Map.of("directory", true), "directory");
    oneOf("results", Map.of("directory", true), "directory");
    Path directory = path("directory");
    Path results = path("results.directory");
    Duration poll = poll();
    Feed.Ready ready = oneOf("ready", words(Feed.Ready.values()), "stable");
    List<String> include = include();
    Feed.Layout layout =
        new Feed.Layout(
            oneOf("format", words(Feed.Format.values()), "auto"), charset(), delimiter());
    Feed.Mapping mapping = mapping();
    Feed.Limits limits =
        new Feed.Limits(
            number("limit.bytes", 100L << 20, 1024, 1L << 30),
            number("limit.rows", 1_000_000, 1, 10_000_000),
            (int) number("limit.line", 65_536, 100, 1 << 20),
            (int) number("limit.columns", 500, 1, 10_000));
    if (directory != null && results != null && same(directory, results)) {
      fault("results.directory", "is the drop folder itself", "name another folder");
    }
    refuseUnknown();
    if (faults.size() > faultsBefore || directory == null || results == null) {
      return Optional.empty();
    }
    Feed.Places places = new Feed.Places(directory, poll, ready, include, results);
    return Optional.of(new Feed(name, places, layout, mapping, limits));
  }

  private static boolean same(Path one, Path other) {
    return one.normalize().equals(other.normalize());
  }

  private @Nullable Path path(String key) {
    String value = value(key);
    if (value == null) {
      faults.add(file() + ": " + key + ": missing; name a folder");
      return null;
    }
    try {
      return value.isEmpty() ? null : Path.of(value);
    } catch (InvalidPathException e) {
      fault(key, "not a path (" + e.getReason() + ")", "name a folder");
      return null;
    }
  }

  private Duration poll() {
    Duration usual = Duration.ofSeconds(5);
    String value = value("poll");
    if (value == null || value.isEmpty()) {
      return usual;
    }
    Matcher matcher = DURATION.matcher(value);
    if (!matcher.matches()) {
      fault("poll", "not a duration", "write it as 500ms, 5s or 1m");
      return usual;
    }
    Duration unit = UNITS.getOrDefault(matcher.group(2), usual);
    Duration poll = unit.multipliedBy(Long.parseLong(matcher.group(1)));
    if (poll.compareTo(Duration.ofMillis(100)) < 0) {
      fault("poll", "below the floor of 100ms", "raise it");
    } else if (poll.compareTo(Duration.ofDays(1)) > 0) {
      fault("poll", "above the ceiling of 1d", "lower it");
    }
    return poll;
  }

  private List<String> include() {
    String value = value("include");
    List<String> globs =
        Arrays.stream((value == null ? "*" : value).split(",", -1)).map(String::strip).toList();
    for (String glob : globs) {
      if (glob.isEmpty() && value != null && !value.isEmpty()) {
        fault("include", "has an empty pattern", "remove the surplus comma");
      } else if (glob.contains("/") || glob.contains("\\")) {
        fault("include", "speaks of folders", "write patterns for the file name only");
      } else {
        try {
          FileSystems.getDefault().getPathMatcher("glob:" + glob);
        } catch (PatternSyntaxException e) {
          fault("include", "not a pattern (" + e.getDescription() + ")", "write such as *.csv");
        }
      }
    }
    return globs;
  }

  private @Nullable Charset charset() {
    String value = value("charset");
    if (value == null || value.isEmpty() || value.equals("auto")) {
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
        fault("charset", "not a charset that CSV files come in", remedy);
      }
      return charset;
    } catch (IllegalArgumentException e) {
      fault("charset", "not a charset that Java knows", remedy);
      return null;
    }
  }

  private @Nullable Character delimiter() {
    String raw = keys.get("delimiter");
    String value = value("delimiter");
    if (raw != null && raw.equals("\t")) {
      return '\t';
    }
    if (value == null || value.isEmpty() || value.equals("auto")) {
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
      fault(
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
      String header = value(key);
      if (header != null && !header.isEmpty()) {
        columns.put(column, header);
        String earlier = seen.putIfAbsent(Column.comparable(header), key);
        if (earlier != null) {
          fault(key, "the same header as " + earlier, "name one header for each");
        }
      }
      String constantKey = "constant." + column.word();
      String constant = value(constantKey);
      if (constant != null && !constant.isEmpty()) {
        constants.put(column, constant);
        if (header != null) {
          fault(constantKey, key + " is there too", "remove one of the two");
        }
      }
    }
    Map<String, String> ignores = new LinkedHashMap<>();
    family("ignore.", ignores::put);
    Map<String, Role> roles = new LinkedHashMap<>();
    familyOf(
        "role.", Arrays.stream(Role.values()).collect(Collectors.toMap(Role::word, r -> r)), roles);
    Map<String, Kind> kinds = new LinkedHashMap<>();
    familyOf(
        "kind.", Arrays.stream(Kind.values()).collect(Collectors.toMap(Kind::word, k -> k)), kinds);
    return new Feed.Mapping(columns, constants, ignores, roles, kinds);
  }

  private <T> void familyOf(String prefix, Map<String, T> meanings, Map<String, T> into) {
    family(
        prefix,
        (word, value) -> {
          T meaning = meanings.get(value);
          if (meaning == null) {
            fault(prefix + word, "not one of " + list(meanings), "write one of these");
          } else {
            into.put(word, meaning);
          }
        });
  }

  private void family(String prefix, BiConsumer<String, String> take) {
    families.add(prefix);
    keys.keySet().stream()
        .filter(key -> key.startsWith(prefix))
        .sorted()
        .forEach(
            key -> {
              String word = key.substring(prefix.length()).strip();
              if (word.isEmpty()) {
                faults.add(file() + ": " + key + ": nothing follows the dot; complete the key");
              } else {
                take.accept(word, keys.getOrDefault(key, "").strip());
              }
            });
  }

  private long number(String key, long usual, long floor, long ceiling) {
    String value = value(key);
    if (value == null || value.isEmpty()) {
      return usual;
    }
    if (!value.matches("\\d{1,18}")) {
      fault(key, "not a whole number", "write such as " + usual);
      return usual;
    }
    long number = Long.parseLong(value);
    if (number < floor) {
      fault(key, "below the floor of " + floor, "raise it");
    } else if (number > ceiling) {
      fault(key, "above the ceiling of " + ceiling, "lower it");
    }
    return Math.max(floor, Math.min(ceiling, number));
  }

  private <T> T oneOf(String key, Map<String, T> words, String usual) {
    String value = value(key);
    T meaning = words.get(value == null || value.isEmpty() ? usual : value);
    if (meaning != null) {
      return meaning;
    }
    fault(key, "not one of " + list(words), "write " + usual + " if unsure");
    return words.values().iterator().next();
  }

  private static <E extends Enum<E>> Map<String, E> words(E[] values) {
    Map<String, E> words = new LinkedHashMap<>();
    for (E value : values) {
      words.put(value.name().toLowerCase(Locale.ROOT), value);
    }
    return words;
  }

  private static String list(Map<String, ?> words) {
    return String.join(", ", words.keySet());
  }

  /** The value of a key, stripped; a key without a value is a fault and stands as empty. */
  private @Nullable String value(String key) {
    known.add(key);
    String value = keys.get(key);
    if (value == null) {
      return null;
    }
    String stripped = value.strip();
    if (stripped.isEmpty() && !(key.equals("delimiter") && value.equals("\t"))) {
      faults.add(file() + ": " + key + "=: has no value; give one or remove the key");
    }
    return stripped;
  }

  private void refuseUnknown() {
    for (String key : new TreeSet<>(keys.keySet())) {
      if (!known.contains(key) && families.stream().noneMatch(key::startsWith)) {
        // Without its value: a misspelt key may well be a password's.
        String nearest =
            Nearest.to(key, known).map(near -> "did you mean " + near + "?").orElse("remove it");
        faults.add(file() + ": " + key + ": unknown key; " + nearest);
      }
    }
  }

  private void fault(String key, String what, String remedy) {
    faults.add(file() + ": " + key + "=" + keys.get(key) + ": " + what + "; " + remedy);
  }

  private String file() {
    return "feeds/" + name + ".properties";
  }
}
