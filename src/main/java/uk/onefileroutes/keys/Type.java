package uk.onefileroutes.keys;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What may be written as the value of a key, and what it means. Immutable.
 *
 * @param kind what kind of value; of words only, {@link Kind#WORD}
 * @param range floor and ceiling as they are written; null: none
 * @param words the words that are accepted besides, in the order in which they are offered
 * @param parser from the text to its meaning
 * @param isVerbatim whether the parser gets the value as it stands there, even a blank one
 */
public record Type<T>(
    Kind kind, @Nullable Range range, List<String> words, Parser<T> parser, boolean isVerbatim) {
  /** What an address of mail looks like: nothing in it ends it, or begins another. */
  public static final String ADDRESS = "[^\\s@,;<>\"]{1,64}@[^\\s@,;<>\"]{1,255}";

  private static final String TIME = "([01]\\d|2[0-3]):[0-5]\\d";

  /** The kinds of values. */
  public enum Kind {
    TEXT("text", ".*"),
    WORD("", ""),
    NUMBER("whole number", "\\d{1,18}"),
    NUMBERS("whole numbers with commas between them", "\\s*-?\\d+\\s*(,\\s*-?\\d+\\s*)*"),
    DURATION("duration", DurationText.PATTERN),
    TIME_OF_DAY("time of day", TIME);

    private final String words;
    private final String pattern;

    Kind(String words, String pattern) {
      this.words = words;
      this.pattern = pattern;
    }

    /** What it is called; empty where only words are accepted. */
    public String words() {
      return words;
    }

    /** What every value of this kind matches. */
    public String pattern() {
      return pattern;
    }
  }

  private Type(Kind kind, @Nullable Range range, List<String> words, Parser<T> parser) {
    this(kind, range, words, parser, false);
  }

  /** Floor and ceiling, both allowed. */
  public record Range(String floor, String ceiling) {}

  /** From text to meaning. */
  @FunctionalInterface
  public interface Parser<T> {
    /**
     * Reads a value.
     *
     * @param text stripped and not empty, unless the type is verbatim
     * @param example a right value
     * @throws IllegalArgumentException with what is wrong and what to write instead
     */
    T parse(String text, String example);
  }

  /** Any text. */
  public static Type<String> text() {
    return text(text -> text);
  }

  /** A text that is judged by what reads it, which says what is wrong and the remedy. */
  public static <T> Type<T> text(Function<String, T> parser) {
    return new Type<>(Kind.TEXT, null, List.of(), (text, example) -> parser.apply(text));
  }

  /** A text of this form. */
  public static Type<String> matching(String pattern, String fault) {
    Pattern form = Pattern.compile(pattern);
    return text(
        text -> {
          if (!form.matcher(text).matches()) {
            throw new IllegalArgumentException(fault);
          }
          return text;
        });
  }

  /** Addresses of mail with commas between them. */
  public static Type<List<String>> addresses() {
    return text(
        text -> {
          List<String> all = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
          if (!all.stream().allMatch(each -> each.matches(ADDRESS))) {
            throw new IllegalArgumentException(
                "not addresses with commas between them; write such as ops@example.org");
          }
          return all;
        });
  }

  /** A whole number. */
  public static Type<Integer> number(int floor, int ceiling) {
    return new Type<>(
        Kind.NUMBER,
        new Range(Integer.toString(floor), Integer.toString(ceiling)),
        List.of(),
        (text, example) -> {
          if (!text.matches(Kind.NUMBER.pattern())) {
            throw new IllegalArgumentException("not a whole number; write such as " + example);
          }
          long number = Long.parseLong(text);
          refuse(number < floor, number > ceiling, floor, ceiling);
          return (int) number;
        });
  }

  /** Whole numbers with commas between them. */
  public static Type<Set<Integer>> numbers(int floor, int ceiling) {
    boolean isBound = floor > Integer.MIN_VALUE;
    return new Type<>(
        Kind.NUMBERS,
        isBound ? new Range(Integer.toString(floor), Integer.toString(ceiling)) : null,
        List.of(),
        (text, example) -> {
          Set<Integer> numbers = new LinkedHashSet<>();
          for (String part : text.split(",", -1)) {
            numbers.add(one(part.strip(), floor, ceiling, example));
          }
          return numbers;
        });
  }

  private static int one(String text, int floor, int ceiling, String example) {
    int number;
    try {
      number = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "not whole numbers with commas between them; write such as " + example, e);
    }
    if (number < floor || number > ceiling) {
      throw new IllegalArgumentException(
          "%d is not from %d to %d; correct it".formatted(number, floor, ceiling));
    }
    return number;
  }

  /** A duration such as 500ms, 5s, 1m, 24h or 7d; floor and ceiling are written so too. */
  public static Type<Duration> duration(String floor, String ceiling) {
    Duration least = DurationText.parse(floor);
    Duration most = DurationText.parse(ceiling);
    return new Type<>(
        Kind.DURATION,
        new Range(floor, ceiling),
        List.of(),
        (text, example) -> {
          Duration duration = DurationText.parse(text);
          refuse(duration.compareTo(least) < 0, duration.compareTo(most) > 0, floor, ceiling);
          return duration;
        });
  }

  private static void refuse(boolean isBelow, boolean isAbove, Object floor, Object ceiling) {
    if (isBelow) {
      throw new IllegalArgumentException("below the floor of " + floor + "; raise it");
    }
    if (isAbove) {
      throw new IllegalArgumentException("above the ceiling of " + ceiling + "; lower it");
    }
  }

  /** A time of day such as 05:00. */
  public static Type<LocalTime> timeOfDay() {
    return new Type<>(
        Kind.TIME_OF_DAY,
        null,
        List.of(),
        (text, example) -> {
          if (!text.matches(TIME)) {
            throw new IllegalArgumentException("not a time of day; write such as " + example);
          }
          return LocalTime.parse(text);
        });
  }

  /** A time of day, or never. */
  public static Type<Optional<LocalTime>> timeOrNever() {
    return timeOfDay().as(Optional::of).or("never", Optional.empty());
  }

  /** A time zone such as Europe/London. */
  public static Type<ZoneId> zone() {
    return new Type<>(
        Kind.TEXT,
        null,
        List.of(),
        (text, example) -> {
          try {
            return ZoneId.of(text);
          } catch (DateTimeException e) {
            throw new IllegalArgumentException("not a time zone; write such as " + example, e);
          }
        });
  }

  /** True or false. */
  public static Type<Boolean> flag() {
    return words("true", true, "false", false);
  }

  /** One of two words. */
  public static <T> Type<T> words(String one, T meaning, String other, T otherMeaning) {
    Map<String, T> words = new LinkedHashMap<>();
    words.put(one, meaning);
    words.put(other, otherMeaning);
    return words(words);
  }

  /** The names of constants in lower case. */
  public static <E extends Enum<E>> Type<E> words(E[] constants) {
    return words(constants, constant -> constant.name().toLowerCase(Locale.ROOT));
  }

  /** What each constant is called. */
  public static <E> Type<E> words(E[] constants, Function<E, String> word) {
    Map<String, E> words = new LinkedHashMap<>();
    for (E constant : constants) {
      words.put(word.apply(constant), constant);
    }
    return words(words);
  }

  private static <T> Type<T> words(Map<String, T> meanings) {
    List<String> words = List.copyOf(meanings.keySet());
    return new Type<>(
        Kind.WORD,
        null,
        words,
        (text, example) -> {
          T meaning = meanings.get(text);
          if (meaning == null) {
            throw new IllegalArgumentException(
                "not one of %s; %s"
                    .formatted(
                        String.join(", ", words),
                        example.isEmpty()
                            ? "write one of these"
                            : "write " + example + " if unsure"));
          }
          return meaning;
        });
  }

  /** The same, or this word with a meaning of its own. */
  public Type<T> or(String word, T meaning) {
    return new Type<>(
        kind,
        range,
        List.of(word),
        (text, example) ->
            text.equals(word) ? meaning : parser.parse(text, example + ", or " + word));
  }

  /** The same with another meaning. */
  public <R> Type<R> as(Function<T, R> meaning) {
    return new Type<>(
        kind, range, words, (text, example) -> meaning.apply(parser.parse(text, example)));
  }

  /** The same, with words and range that the parser knows by itself. */
  public Type<T> described(Kind ofKind, @Nullable Range inRange, String... acceptedWords) {
    return new Type<>(ofKind, inRange, List.of(acceptedWords), parser, isVerbatim);
  }

  /** The same; the value comes as it stands there, even a blank one. */
  public Type<T> verbatim() {
    return new Type<>(kind, range, words, parser, true);
  }
}
