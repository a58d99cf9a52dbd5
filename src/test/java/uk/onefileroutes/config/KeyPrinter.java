package uk.onefileroutes.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uk.onefileroutes.keys.Key;
import uk.onefileroutes.keys.Key.Group;
import uk.onefileroutes.keys.KeyTable;
import uk.onefileroutes.keys.KeyTable.Topic;
import uk.onefileroutes.keys.Type;

/** Prints the declarations of keys: for the manual, as the shipped file, for editors. */
final class KeyPrinter {
  private static final int WIDTH = 130;
  private static final String RULE = "# " + "-".repeat(WIDTH - 1) + "\n";
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private KeyPrinter() {}

  /** A section of the reference, with a table for each topic. */
  static String markdown(String title, KeyTable table) {
    return table.topics().stream()
        .map(topic -> "\n### " + heading(topic) + "\n\n" + ofProcess(topic) + rows(topic))
        .collect(Collectors.joining("", "\n## " + title + "\n", ""));
  }

  private static String heading(Topic topic) {
    String title = topic.title().replaceFirst("[:.].*", "");
    return title.substring(0, 1).toUpperCase(Locale.ROOT) + title.substring(1);
  }

  private static String ofProcess(Topic topic) {
    return topic.isOfProcess() ? "Of the whole process: no account has its own.\n\n" : "";
  }

  private static String rows(Topic topic) {
    return topic.keys().stream()
        .map(
            key ->
                "| "
                    + Stream.of(
                            keyNames(key),
                            cell(key.text().meaning()),
                            defaultOf(key),
                            values(key.type()),
                            cell(key.text().raised()))
                        .collect(Collectors.joining(" | "))
                    + " |\n")
        .collect(
            Collectors.joining(
                "",
                "| key | meaning | default | values | if raised |\n|---|---|---|---|---|\n",
                ""));
  }

  private static String keyNames(Key<?> key) {
    return key.family() == null
        ? key.names().stream().map(KeyPrinter::code).collect(Collectors.joining(" "))
        : code(key.toString());
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("*", "\\*");
  }

  private static String defaultOf(Key<?> key) {
    if (key.defaultValue() != null) {
      return code(key.defaultValue());
    }
    if (!key.text().remedy().isEmpty()) {
      return "none, essential";
    }
    return key.text().absent().isEmpty() ? "none" : cell(key.text().absent());
  }

  private static String values(Type<?> type) {
    Type.Range range = type.range();
    String kind =
        type.kind().words()
            + (range == null
                ? ""
                : " from " + code(range.floor()) + " to " + code(range.ceiling()));
    String words = type.words().stream().map(KeyPrinter::code).collect(Collectors.joining(" "));
    return kind.isEmpty() || words.isEmpty() ? kind + words : kind + ", or " + words;
  }

  private static String code(String text) {
    return "`" + text + "`";
  }

  /** The shipped file: each key with its meaning, commented out. */
  static String properties(KeyTable table, String head, String essential, String common) {
    StringBuilder file = new StringBuilder(head);
    section(file, essential, in(Group.ESSENTIAL, table.keys()));
    section(file, common, in(Group.COMMON, table.keys()));
    for (Topic topic : table.topics()) {
      List<Key<?>> rare = in(Group.RARE, topic.keys());
      if (!rare.isEmpty()) {
        section(file, "Rare: " + topic.title() + ".", rare);
      }
    }
    return file.toString();
  }

  private static List<Key<?>> in(Group group, List<Key<?>> keys) {
    return keys.stream().filter(key -> key.group() == group).toList();
  }

  private static void section(StringBuilder file, String title, List<Key<?>> keys) {
    file.append('\n').append(RULE).append(comment(title));
    for (Key<?> key : keys) {
      file.append('\n').append(comment(explained(key)));
      lines(key).forEach(line -> file.append('#').append(line).append('\n'));
    }
  }

  private static String explained(Key<?> key) {
    Type.Range range = key.type().range();
    String words = String.join(", ", key.type().words());
    List<String> sentences = new ArrayList<>(List.of(key.text().meaning()));
    if (range != null) {
      sentences.add(
          "Floor %s, ceiling %s%s."
              .formatted(range.floor(), range.ceiling(), words.isEmpty() ? "" : "; or " + words));
    } else if (key.type().words().stream().anyMatch(word -> !key.text().meaning().contains(word))
        && key.type().kind() == Type.Kind.WORD) {
      sentences.add("One of " + words + ".");
    }
    if (!key.text().absent().isEmpty()) {
      sentences.add("Default: " + key.text().absent() + ".");
    }
    if (!key.text().raised().isEmpty()) {
      String effect = key.text().raised();
      sentences.add(
          "Raised: " + effect.substring(0, 1).toLowerCase(Locale.ROOT) + effect.substring(1));
    }
    return String.join(" ", sentences);
  }

  private static List<String> lines(Key<?> key) {
    if (key.family() != null) {
      return Stream.of(String.valueOf(key.defaultValue()), key.text().example())
          .flatMap(String::lines)
          .filter(entry -> entry.contains("="))
          .map(entry -> key.name() + entry)
          .toList();
    }
    String line = key.name() + "=" + key.rightValue();
    return key.isSecret()
        ? List.of(line, key.name() + Key.FILE + "=/run/secrets/" + key.name().replace('.', '-'))
        : List.of(line);
  }

  private static String comment(String text) {
    StringBuilder lines = new StringBuilder();
    StringBuilder line = new StringBuilder("#");
    for (String word : text.split(" ", -1)) {
      if (line.length() + 1 + word.length() > WIDTH) {
        lines.append(line).append('\n');
        line = new StringBuilder("#");
      }
      line.append(' ').append(word);
    }
    return lines.append(line).append('\n').toString();
  }

  /** A JSON Schema of the keys as members of one object, as a YAML reader sees the file. */
  static String schema(String title, KeyTable table, List<String> foreignPatterns)
      throws JsonProcessingException {
    ObjectNode schema = JSON.createObjectNode();
    schema.put("$schema", "http://json-schema.org/draft-07/schema#");
    schema.put("title", title);
    schema.put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    ObjectNode patterns = schema.putObject("patternProperties");
    for (Key<?> key : table.keys()) {
      if (key.names().isEmpty()) {
        patterns.set("^" + key.name().replace(".", "\\.") + ".+", member(key));
      }
      for (String name : key.names()) {
        properties.set(name, member(key));
      }
    }
    foreignPatterns.forEach(pattern -> patterns.putObject(pattern));
    schema.put("additionalProperties", false);
    return JSON.writeValueAsString(schema) + "\n";
  }

  private static ObjectNode member(Key<?> key) {
    ObjectNode member = JSON.createObjectNode();
    member.put("description", explained(key));
    if (key.defaultValue() != null && key.family() == null) {
      member.put("default", key.defaultValue());
    }
    ArrayNode ways = JSON.createArrayNode();
    Type<?> type = key.type();
    Type.Range range = type.range();
    switch (type.kind()) {
      case TEXT -> ways.addObject().putArray("type").add("string").add("number").add("boolean");
      case WORD -> {}
      case NUMBER, NUMBERS -> {
        ObjectNode number = ways.addObject().put("type", "integer");
        if (range != null) {
          number.put("minimum", Long.parseLong(range.floor()));
          number.put("maximum", Long.parseLong(range.ceiling()));
        }
        if (type.kind() == Type.Kind.NUMBERS) {
          pattern(ways, type);
        }
      }
      case DURATION, TIME_OF_DAY -> pattern(ways, type);
    }
    if (!type.words().isEmpty()) {
      ArrayNode words = ways.addObject().putArray("enum");
      type.words().forEach(words::add);
      if (type.words().contains("true")) { // YAML's own words
        words.add(true).add(false);
      }
    }
    if (ways.size() == 1) {
      member.setAll((ObjectNode) ways.get(0));
    } else {
      member.set("anyOf", ways);
    }
    return member;
  }

  private static void pattern(ArrayNode ways, Type<?> type) {
    ways.addObject().put("type", "string").put("pattern", "^(" + type.kind().pattern() + ")$");
  }
}
