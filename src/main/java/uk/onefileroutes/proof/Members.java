package uk.onefileroutes.proof;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The members of a JSON object, to tell which of them changed. Those of an object in it have its
 * name before a dot, those of a list have {@code []} behind it. Values are compared and never
 * shown.
 */
final class Members {
  static final Members NONE = new Members(Map.of());

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_LISTED = 60;

  /** What may be shown: a key might be anything, a person's name too. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.\\[\\]]{0,80}");

  private final Map<String, List<String>> values; // more than one in lists only

  private Members(Map<String, List<String>> values) {
    this.values = values;
  }

  /**
   * What changed between two readings.
   *
   * @param changed members whose value is another one, or is there now
   * @param emptied members that had a value and have none
   */
  record Change(List<String> changed, List<String> emptied) {
    static final Change NONE = new Change(List.of(), List.of());

    boolean isNone() {
      return changed.isEmpty() && emptied.isEmpty();
    }

    /** For people. */
    String words() {
      if (isNone()) {
        return "no member changed";
      }
      List<String> parts = new ArrayList<>();
      if (!changed.isEmpty()) {
        parts.add("changed: " + Members.list(changed));
      }
      if (!emptied.isEmpty()) {
        parts.add("emptied: " + Members.list(emptied));
      }
      return String.join("; ", parts);
    }
  }

  /** Of an answer; none if it is no object. */
  static Members of(String text) {
    try {
      return of(JSON.readTree(text));
    } catch (JsonProcessingException e) {
      return NONE;
    }
  }

  static Members of(JsonNode object) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      add(values, member.getKey(), member.getValue());
    }
    return new Members(values);
  }

  private static void add(Map<String, List<String>> values, String name, JsonNode value) {
    if (value.isObject()) {
      for (Map.Entry<String, JsonNode> member : value.properties()) {
        add(values, name + "." + member.getKey(), member.getValue());
      }
    } else if (value.isArray()) {
      List<String> unused = values.computeIfAbsent(name + "[]", one -> new ArrayList<>());
      value.forEach(element -> add(values, name + "[]", element));
    } else {
      values
          .computeIfAbsent(name, one -> new ArrayList<>())
          .add(value.isNull() ? "" : value.asText());
    }
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /** A whole number; 0 where there is none. */
  long number(String name) {
    String value = String.join(",", values.getOrDefault(name, List.of()));
    return value.matches("[0-9]{1,10}") ? Long.parseLong(value) : 0;
  }

  /** Those that have a value. */
  Set<String> filled() {
    Set<String> filled = new LinkedHashSet<>();
    values.forEach(
        (name, each) -> {
          if (each.stream().anyMatch(value -> !value.isEmpty() && !value.equals("0"))) {
            filled.add(name);
          }
        });
    return filled;
  }

  /** Those whose value is this id. */
  List<String> naming(long id) {
    return values.entrySet().stream()
        .filter(each -> each.getValue().contains(String.valueOf(id)))
        .map(Map.Entry::getKey)
        .toList();
  }

  Change to(Members after) {
    Set<String> had = filled();
    Set<String> have = after.filled();
    List<String> changed =
        have.stream()
            .filter(name -> !Objects.equals(after.values.get(name), values.get(name)))
            .toList();
    return new Change(changed, had.stream().filter(name -> !have.contains(name)).toList());
  }

  /** Their names, for people. */
  String list() {
    return list(List.copyOf(values.keySet()));
  }

  static String list(List<String> names) {
    List<String> shown =
        names.stream().filter(name -> NAME.matcher(name).matches()).limit(MAX_LISTED).toList();
    int hidden = names.size() - shown.size();
    String text = shown.isEmpty() ? "" : String.join(", ", shown);
    return hidden == 0
        ? shown.isEmpty() ? "no members" : text
        : text + (shown.isEmpty() ? "" : " and ") + hidden + " more";
  }
}
