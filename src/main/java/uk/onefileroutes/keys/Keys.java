package uk.onefileroutes.keys;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one file, asked for one by one. What was asked for is known, what is left at the end
 * is not. Faults are collected, one line each with file, key, value and remedy.
 */
public final class Keys {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
  private static final Pattern SECRET_KEY = Pattern.compile(".*(token|password|passphrase|secret)");
  // a login before the host of a URL, a password among its parameters
  private static final Pattern SECRET_PART =
      Pattern.compile("((?<=://)(?=[^/@]*@)|(?i:password|pwd)=)[^/@;&]*");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));

  private static final String FAMILY = "<name>";

  private final String file;
  private final Map<String, String> keys;
  private final List<String> faults;
  private final int faultsBefore;
  private final TreeSet<String> known = new TreeSet<>();
  private final TreeSet<String> families = new TreeSet<>();
  private final TreeMap<String, Described> described = new TreeMap<>();

  /**
   * What may be written for a key that was asked for.
   *
   * @param name that of a family of keys ends in {@code <name>}
   * @param kind what kind of value
   * @param usual the value where the key is not there; null: none, or not always the same
   * @param floor null: none
   * @param ceiling null: none
   * @param words the words that are accepted, sorted; none where it is not of words
   */
  public record Described(
      String name,
      Kind kind,
      @Nullable String usual,
      @Nullable String floor,
      @Nullable String ceiling,
      List<String> words) {
    public Described {
      words = words.stream().sorted().toList();
    }
  }

  /** The kinds of values. */
  public enum Kind {
    TEXT,
    WORD,
    NUMBER,
    NUMBERS,
    DURATION,
    TIME_OF_DAY
  }

  public Keys(String file, Map<String, String> keys, List<String> faults) {
    this.file = file;
    this.keys = keys;
    this.faults = faults;
    this.faultsBefore = faults.size();
  }

  /** Whether any fault was found in these keys. */
  public boolean isFaulty() {
    return faults.size() > faultsBefore;
  }

  /** All keys that were asked for, by name. */
  public List<Described> described() {
    return List.copyOf(described.values());
  }

  /** Says what a key is whose value is read as text and then judged by who asked for it. */
  public void describe(Described key) {
    described.put(key.name, key);
  }

  /** Says that there is such a key, without asking for its value. */
  public void knows(String key) {
    known.add(key);
  }

  /** The value exactly as it stands there, empty where there is none. */
  public String untouched(String key) {
    return keys.getOrDefault(key, "");
  }

  /**
   * Reads all keys with a prefix, each value one of some words.
   *
   * @param meanings what each word means
   * @param into takes what follows the prefix, and the meaning
   */
  public <T> void familyOf(String prefix, Map<String, T> meanings, Map<String, T> into) {
    describe(
        new Described(
            prefix + FAMILY, Kind.WORD, null, null, null, List.copyOf(meanings.keySet())));
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

  /** Reads all keys with a prefix: what follows it, and the value. */
  public void family(String prefix, BiConsumer<String, String> take) {
    families.add(prefix);
    described.putIfAbsent(prefix + FAMILY, text(prefix + FAMILY, null));
    keys.keySet().stream()
        .filter(key -> key.startsWith(prefix))
        .sorted()
        .forEach(
            key -> {
              String word = key.substring(prefix.length()).strip();
              if (word.isEmpty()) {
                fault(key + ": nothing follows the dot; complete the key");
              } else {
                take.accept(word, keys.getOrDefault(key, "").strip());
              }
            });
  }

  /** A whole number from floor to ceiling; the usual one where the key is not there. */
  public long number(String key, long usual, long floor, long ceiling) {
    String value = value(key);
    describe(number(key, usual, floor, ceiling, List.of()));
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

  /** As {@link #number(String, long, long, long)}, or empty where this word stands. */
  public OptionalLong numberOr(String word, String key, long usual, long floor, long ceiling) {
    OptionalLong read =
        word.equals(value(key))
            ? OptionalLong.empty()
            : OptionalLong.of(number(key, usual, floor, ceiling));
    describe(number(key, usual, floor, ceiling, List.of(word)));
    return read;
  }

  private static Described number(
      String key, long usual, long floor, long ceiling, List<String> words) {
    return new Described(
        key,
        Kind.NUMBER,
        usual < floor ? null : Long.toString(usual), // then it stands for none
        Long.toString(floor),
        Long.toString(ceiling),
        words);
  }

  /**
   * A duration such as 500ms, 5s, 1m, 24h or 7d, from floor to ceiling; the usual one where the key
   * is not there.
   */
  public Duration duration(String key, Duration usual, Duration floor, Duration ceiling) {
    String value = value(key);
    describe(
        new Described(key, Kind.DURATION, words(usual), words(floor), words(ceiling), List.of()));
    if (value == null || value.isEmpty()) {
      return usual;
    }
    Matcher matcher = DURATION.matcher(value);
    if (!matcher.matches()) {
      fault(key, "not a duration", "write it as 500ms, 5s, 1m, 24h or 7d");
      return usual;
    }
    Duration unit = UNITS.getOrDefault(matcher.group(2), usual);
    Duration duration = unit.multipliedBy(Long.parseLong(matcher.group(1)));
    if (duration.compareTo(floor) < 0) {
      fault(key, "below the floor of " + words(floor), "raise it");
    } else if (duration.compareTo(ceiling) > 0) {
      fault(key, "above the ceiling of " + words(ceiling), "lower it");
    }
    return duration;
  }

  /** A duration as it is written in a file. */
  private static String words(Duration duration) {
    for (String unit : List.of("d", "h", "m", "s")) {
      Duration one = UNITS.getOrDefault(unit, Duration.ofDays(1));
      if (duration.compareTo(one) >= 0 && duration.toNanos() % one.toNanos() == 0) {
        return duration.dividedBy(one) + unit;
      }
    }
    return duration.isZero() ? "0s" : duration.toMillis() + "ms";
  }

  /** What one of some words means; the usual one where the key is not there. */
  public <T> T oneOf(String key, Map<String, T> words, String usual) {
    String value = value(key);
    describe(new Described(key, Kind.WORD, usual, null, null, List.copyOf(words.keySet())));
    T meaning = words.get(value == null || value.isEmpty() ? usual : value);
    if (meaning != null) {
      return meaning;
    }
    fault(key, "not one of " + list(words), "write " + usual + " if unsure");
    return words.values().iterator().next();
  }

  private static String list(Map<String, ?> words) {
    return String.join(", ", words.keySet());
  }

  /** The value of a key, stripped; the usual one where the key is not there or has no value. */
  public String value(String key, String usual) {
    String value = value(key);
    described.put(key, text(key, usual));
    return value == null || value.isEmpty() ? usual : value;
  }

  private static Described text(String key, @Nullable String usual) {
    return new Described(key, Kind.TEXT, usual, null, null, List.of());
  }

  /** The value of a key, stripped; a key without a value is a fault and stands as empty. */
  public @Nullable String value(String key) {
    known.add(key);
    described.putIfAbsent(key, text(key, null));
    String value = keys.get(key);
    if (value == null) {
      return null;
    }
    String stripped = value.strip();
    if (stripped.isEmpty() && !(key.equals("delimiter") && value.equals("\t"))) {
      fault(key + "=: has no value; give one or remove the key");
    }
    return stripped;
  }

  /** Finds fault with every key that nobody asked for. Comes last. */
  public void refuseUnknown() {
    for (String key : new TreeSet<>(keys.keySet())) {
      if (!known.contains(key) && families.stream().noneMatch(key::startsWith)) {
        // Without its value: a misspelt key may well be a password's.
        String nearest =
            Nearest.to(key, known).map(near -> "did you mean " + near + "?").orElse("remove it");
        fault(key + ": unknown key; " + nearest);
      }
    }
  }

  /** A fault in a key's value. The value is shown, unless the key says that it is a secret. */
  public void fault(String key, String what, String remedy) {
    fault(key + "=" + shown(key, keys.getOrDefault(key, "")) + ": " + what + "; " + remedy);
  }

  /** Whether the value of a key of this name is a secret. */
  public static boolean isSecret(String key) {
    return SECRET_KEY.matcher(key).matches();
  }

  /** Faults end up in logs and tickets. */
  private static String shown(String key, String value) {
    if (isSecret(key)) {
      return "***";
    }
    return SECRET_PART.matcher(value).replaceAll("$1***");
  }

  /** A fault of another kind. */
  public void fault(String line) {
    faults.add(file + ": " + line);
  }
}
