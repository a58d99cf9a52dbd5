package uk.onefileroutes.receive;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which of the names in a folder are markers under the rule {@code done}, and of which file: {@code
 * export.csv.done} says that {@code export.csv} is complete. Case doesn't count; where it decides
 * between two files, it does. Immutable.
 */
public final class Markers {
  private static final String ENDING = ".done";

  /** What senders put behind a name, or in place of its ending, for a marker. */
  private static final Pattern LIKE_A_MARKER =
      Pattern.compile(
          "(.+)[._ -](done|ok|ready|rdy|completed?|finished|fin|end|eof|eot|trg|trigger|ctl|ctrl|flag|flg|go|sem|success)(\\.txt)?");

  private final Set<String> names;
  private final Map<String, List<String>> markers; // by the lower case of what they mark
  private final Map<String, String> meant = new HashMap<>(); // what is like one, by the same
  private final Set<String> marked =
      new HashSet<>(); // what there is to mark, with and without ending

  /** Of all that lies in a folder. */
  public Markers(Collection<String> names) {
    this.names = Set.copyOf(names);
    this.markers =
        names.stream()
            .filter(Markers::isOne)
            .sorted()
            .collect(Collectors.groupingBy(marker -> lower(markedBy(marker))));
    for (String name : names) {
      Matcher like = LIKE_A_MARKER.matcher(lower(name));
      if (like.matches()) {
        meant.put(like.group(1), name);
      } else {
        plainAndStem(name).forEach(marked::add);
      }
    }
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** {@code export.csv.gz} and {@code export}. */
  private static Stream<String> plainAndStem(String file) {
    String plain = lower(file);
    return Stream.of(plain, plain.replaceFirst("\\.gz$", "").replaceFirst("\\.[^.]*$", ""));
  }

  /** Whether a file of this name is a marker. */
  static boolean isOne(String name) {
    return name.length() > ENDING.length() && lower(name).endsWith(ENDING);
  }

  private static String markedBy(String marker) {
    return marker.substring(0, marker.length() - ENDING.length());
  }

  /** What marks a file as complete; empty where nothing does. */
  public List<String> of(String file) {
    return markers.getOrDefault(lower(file), List.of()).stream()
        .filter(marker -> markedBy(marker).equals(file) || !names.contains(markedBy(marker)))
        .toList();
  }

  /** What lies beside a file and looks as if it were meant to be its marker. */
  Optional<String> lookalike(String file) {
    return plainAndStem(file)
        .map(meant::get)
        .filter(name -> name != null && !name.equals(file))
        .findFirst();
  }

  /** Whether a file looks like a marker, and what it would mark lies beside it. */
  boolean isBesideItsFile(String name) {
    Matcher like = LIKE_A_MARKER.matcher(lower(name));
    return like.matches() && marked.contains(like.group(1));
  }
}
