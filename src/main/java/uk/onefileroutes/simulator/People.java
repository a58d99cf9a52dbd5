package uk.onefileroutes.simulator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Who exists, and which standards and units there are to be found. Immutable. */
public final class People {
  private final Map<Integer, Person> byId = new LinkedHashMap<>();
  private final List<Entry> standards;
  private final List<Entry> units;
  private Map<Integer, Integer> defaultAssessors = Map.of();
  private Map<Integer, Integer> defaultEmployers = Map.of();

  People(List<Person> people, List<Entry> standards, List<Entry> units) {
    for (Person person : people) {
      if (byId.put(person.id(), person) != null) {
        throw new IllegalArgumentException("ID " + person.id() + " is there twice");
      }
    }
    this.standards = List.copyOf(standards);
    this.units = List.copyOf(units);
  }

  /**
   * These people. The standards and units that can be searched are those that the people have,
   * titled {@code Standard 12} and {@code Unit KS_COMM1}.
   *
   * @throws IllegalArgumentException where an id is there twice
   */
  public static People of(List<Person> people) {
    return new People(
        people,
        derived(people, Person.Studies::standards, "Standard "),
        derived(people, Person.Studies::units, "Unit "));
  }

  /**
   * These people, with standards and units of every centre: titles by id.
   *
   * @throws IllegalArgumentException where an id is there twice
   */
  public static People of(
      List<Person> people, Map<String, String> standards, Map<String, String> units) {
    return new People(people, everywhere(standards), everywhere(units));
  }

  private static List<Entry> everywhere(Map<String, String> titles) {
    return titles.entrySet().stream()
        .map(each -> new Entry(each.getKey(), each.getValue(), null, null))
        .toList();
  }

  /**
   * Reads a people file: a JSON array of {@code {"ID", "Role", "OrganisationID", "MISID", "Email",
   * "FirstName", "LastName", "Archived", "Standards", "Units", "DefaultAssessorID",
   * "DefaultEmployerID"}}, of which the first three are needed; or an object whose {@code People}
   * is that array, with the catalogue beside it: {@code Standards} and {@code Units} of {@code
   * {"ID", "Title", "OrganisationID", "StandardID"}}.
   *
   * @throws IOException where the file cannot be read, or is not such a file; the message says why
   */
  public static People read(Path file) throws IOException {
    return PeopleFile.read(file);
  }

  /** The same, of whom these learners have defaults from the start: assignees by learner. */
  public People withDefaults(Map<Integer, Integer> assessors, Map<Integer, Integer> employers) {
    People same = new People(new ArrayList<>(byId.values()), standards, units);
    same.defaultAssessors = Map.copyOf(assessors);
    same.defaultEmployers = Map.copyOf(employers);
    return same;
  }

  Map<Integer, Integer> defaultAssessors() {
    return defaultAssessors;
  }

  Map<Integer, Integer> defaultEmployers() {
    return defaultEmployers;
  }

  @Nullable Person byId(int id) {
    return byId.get(id);
  }

  Collection<Person> all() {
    return byId.values();
  }

  List<Entry> standards() {
    return standards;
  }

  List<Entry> units() {
    return units;
  }

  private static List<Entry> derived(
      List<Person> people, Function<Person.Studies, @Nullable Set<String>> ids, String title) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (Person person : people) {
      Set<String> owned = ids.apply(person.studies());
      for (String id : owned == null ? Set.<String>of() : owned) {
        entries.putIfAbsent(id, new Entry(id, title + id, person.organisationId(), null));
      }
    }
    return new ArrayList<>(entries.values());
  }

  /**
   * A standard or a unit of the catalogue.
   *
   * @param organisationId null: in every centre
   * @param standardId the standard that a unit belongs to, where known
   */
  record Entry(
      String id, String title, @Nullable Integer organisationId, @Nullable Integer standardId) {}
}
