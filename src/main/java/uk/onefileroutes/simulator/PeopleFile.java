package uk.onefileroutes.simulator;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a people file, strictly: a misspelt member would otherwise be a person who is not found.
 */
final class PeopleFile {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final Set<String> PERSON_MEMBERS =
      Set.of(
          "ID",
          "Role",
          "OrganisationID",
          "MISID",
          "Email",
          "FirstName",
          "LastName",
          "Archived",
          "Standards",
          "Units",
          "DefaultAssessorID",
          "DefaultEmployerID");
  private static final Set<String> ENTRY_MEMBERS =
      Set.of("ID", "Title", "OrganisationID", "StandardID");

  private PeopleFile() {}

  static People read(Path file) throws IOException {
    try {
      return people(JSON.readTree(Files.readAllBytes(file)));
    } catch (IllegalArgumentException wrong) {
      throw new IOException(file + ": " + wrong.getMessage(), wrong);
    }
  }

  private static People people(JsonNode root) {
    JsonNode array = root.isArray() ? root : root.path("People");
    return catalogued(root)
        .withDefaults(defaults(array, "DefaultAssessorID"), defaults(array, "DefaultEmployerID"));
  }

  private static Map<Integer, Integer> defaults(JsonNode array, String name) {
    Map<Integer, Integer> defaults = new LinkedHashMap<>();
    for (JsonNode item : array) {
      Integer assignee = optionalNumber(item, name);
      if (assignee != null) {
        defaults.put(number(item, "ID"), assignee);
      }
    }
    return defaults;
  }

  private static People catalogued(JsonNode root) {
    if (root.isArray()) {
      return People.of(persons(root));
    }
    allowOnly(root, Set.of("People", "Standards", "Units"));
    List<Person> persons = persons(root.path("People"));
    People derived = People.of(persons);
    return new People(
        persons,
        root.has("Standards") ? entries(root.path("Standards")) : derived.standards(),
        root.has("Units") ? entries(root.path("Units")) : derived.units());
  }

  private static List<Person> persons(JsonNode array) {
    List<Person> persons = new ArrayList<>();
    for (JsonNode item : items(array, "People")) {
      allowOnly(item, PERSON_MEMBERS);
      persons.add(
          new Person(
              number(item, "ID"),
              number(item, "Role"),
              number(item, "OrganisationID"),
              new Person.Names(
                  text(item, "MISID"),
                  text(item, "Email"),
                  text(item, "FirstName"),
                  text(item, "LastName")),
              flag(item, "Archived"),
              new Person.Studies(ids(item, "Standards"), ids(item, "Units"))));
    }
    return persons;
  }

  private static List<People.Entry> entries(JsonNode array) {
    List<People.Entry> entries = new ArrayList<>();
    for (JsonNode item : items(array, "Standards and Units")) {
      allowOnly(item, ENTRY_MEMBERS);
      String title = text(item, "Title");
      if (title == null) {
        throw new IllegalArgumentException("Title is missing in " + item);
      }
      entries.add(
          new People.Entry(
              id(item.path("ID")),
              title,
              optionalNumber(item, "OrganisationID"),
              optionalNumber(item, "StandardID")));
    }
    return entries;
  }

  private static JsonNode items(JsonNode array, String what) {
    if (!array.isArray()) {
      throw new IllegalArgumentException(what + " has to be a JSON array");
    }
    return array;
  }

  private static void allowOnly(JsonNode object, Set<String> members) {
    if (!object.isObject()) {
      throw new IllegalArgumentException("not a JSON object: " + object);
    }
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!members.contains(name)) {
                throw new IllegalArgumentException("unknown member " + name + " in " + object);
              }
            });
  }

  private static int number(JsonNode object, String name) {
    JsonNode value = object.path(name);
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw new IllegalArgumentException(name + " has to be a number in " + object);
    }
    return value.intValue();
  }

  private static @Nullable Integer optionalNumber(JsonNode object, String name) {
    return object.has(name) ? Integer.valueOf(number(object, name)) : null;
  }

  private static @Nullable String text(JsonNode object, String name) {
    JsonNode value = object.get(name);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      throw new IllegalArgumentException(name + " has to be a string in " + object);
    }
    return value.textValue();
  }

  private static boolean flag(JsonNode object, String name) {
    JsonNode value = object.get(name);
    if (value != null && !value.isBoolean()) {
      throw new IllegalArgumentException(name + " has to be true or false in " + object);
    }
    return value != null && value.booleanValue();
  }

  private static @Nullable Set<String> ids(JsonNode object, String name) {
    JsonNode array = object.get(name);
    if (array == null || array.isNull()) {
      return null;
    }
    Set<String> ids = new LinkedHashSet<>();
    items(array, name).forEach(item -> ids.add(id(item)));
    return ids;
  }

  private static String id(JsonNode value) {
    if (!value.isTextual() && !value.isIntegralNumber()) {
      throw new IllegalArgumentException("an ID has to be a number or a string: " + value);
    }
    return value.asText();
  }
}
