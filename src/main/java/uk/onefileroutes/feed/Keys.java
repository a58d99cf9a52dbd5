package uk.onefileroutes.feed;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one file, asked for one by one. What was asked for is known, what is left at the end
 * is not. Faults are collected, one line each with file, key, value and remedy.
 */
final class Keys {
  private final String file;
  private final Map<String, String> keys;
  private final List<String> faults;
  private final int faultsBefore;
  private final TreeSet<String> known = new TreeSet<>();
  private final TreeSet<String> families = new TreeSet<>();

  Keys(String file, Map<String, String> keys, List<String> faults) {
    this.file = file;
    this.keys = keys;
    this.faults = faults;
    this.faultsBefore = faults.size();
  }

  boolean isFaulty() {
    return faults.size() > faultsBefore;
  }

  /** The value exactly as it stands there, empty where there is none. */
  String untouched(String key) {
    return keys.getOrDefault(key, "");
  }

  <T> void familyOf(String prefix, Map<String, T> meanings, Map<String, T> into) {
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

  void family(String prefix, BiConsumer<String, String> take) {
    families.add(prefix);
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

  long number(String key, long usual, long floor, long ceiling) {
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

  <T> T oneOf(String key, Map<String, T> words, String usual) {
    String value = value(key);
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

  /** The value of a key, stripped; a key without a value is a fault and stands as empty. */
  @Nullable String value(String key) {
    known.add(key);
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

  void refuseUnknown() {
    for (String key : new TreeSet<>(keys.keySet())) {
      if (!known.contains(key) && families.stream().noneMatch(key::startsWith)) {
        // Without its value: a misspelt key may well be a password's.
        String nearest =
            Nearest.to(key, known).map(near -> "did you mean " + near + "?").orElse("remove it");
        fault(key + ": unknown key; " + nearest);
      }
    }
  }

  /** A fault in a key's value. */
  void fault(String key, String what, String remedy) {
    fault(key + "=" + keys.get(key) + ": " + what + "; " + remedy);
  }

  /** A fault of another kind. */
  void fault(String line) {
    faults.add(file + ": " + line);
  }
}
