package uk.onefileroutes.runtime;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.Assignment;
import uk.onefileroutes.assignment.Kind;
import uk.onefileroutes.assignment.RequestedAssignment.Reference;
import uk.onefileroutes.assignment.RequestedAssignment.Words;
import uk.onefileroutes.assignment.Role;
import uk.onefileroutes.ledger.Lookup;
import uk.onefileroutes.simulator.People;
import uk.onefileroutes.simulator.Person;

/**
 * The accounts, standards and units that assignments name, by ids or by what stands in their place.
 * One value in one role is one account, in whatever order the rows come; who has no id gets one
 * that nobody names. Pure but for what it collects; for one thread.
 */
final class NamedAccounts {
  // whoever looks at the simulator's state sees at once that the file names no such id
  private static final int FIRST_ID = 900_000_001;
  private static final Map<Role, Integer> ROLES =
      new EnumMap<>(
          Map.of(
              Role.ASSESSOR, Person.ASSESSOR,
              Role.IQA, Person.IQA,
              Role.EMPLOYER, Person.EMPLOYER,
              Role.OBSERVER, Person.OBSERVER));

  private final Map<Integer, Account> byId = new LinkedHashMap<>();
  private final Map<Mark, Account> byMark = new LinkedHashMap<>();
  private final Titles standards = new Titles("Standard ");
  private final Titles units = new Titles("Unit ");
  private long otherRoles;

  /** By what an account of one role is found, as the directory compares it. */
  private record Mark(int role, boolean isEmail, String value) {}

  private static final class Account {
    private final int role;
    private @Nullable String misId;
    private @Nullable String email;

    Account(int role) {
      this.role = role;
    }

    /** The first value counts: an account has one. */
    void put(Reference reference) {
      if (isEmail(reference)) {
        email = email == null ? reference.value() : email;
      } else {
        misId = misId == null ? reference.value() : misId;
      }
    }

    Person person(int id, int centre) {
      return Person.of(id, role, centre).with(Person.Names.of(misId, email));
    }
  }

  /** Titles that get an id, and ids that get a title. */
  private static final class Titles {
    private final String prefix;
    private final Map<String, String> byId = new LinkedHashMap<>();
    private final Map<String, String> withoutId = new LinkedHashMap<>(); // by how it is compared

    Titles(String prefix) {
      this.prefix = prefix;
    }

    void add(@Nullable Reference instead, String id) {
      if (instead == null) {
        byId.put(id, prefix + id);
      } else {
        withoutId.putIfAbsent(Lookup.comparable(instead.value()), instead.value());
      }
    }

    Map<String, String> all() {
      Map<String, String> all = new LinkedHashMap<>(byId);
      int id = FIRST_ID;
      for (String title : withoutId.values()) {
        while (all.putIfAbsent(String.valueOf(id), title) != null) {
          id++;
        }
      }
      return all;
    }
  }

  /**
   * Adds whom and what an assignment names.
   *
   * @param assignment what the words ask for; its ids count where no reference stands in their
   *     place
   */
  void add(Words words, Assignment assignment) {
    var references = words.references();
    add(Person.LEARNER, assignment.learner(), references.learner(), references.others().learner());
    add(
        ROLES.getOrDefault(assignment.role(), Person.ASSESSOR),
        assignment.assignee(),
        references.assignee(),
        references.others().assignee());
    if (assignment.kind() == Kind.LEARNING_AIM) {
      standards.add(references.standard(), String.valueOf(assignment.standard()));
    } else if (assignment.kind() == Kind.UNIT_SUMMARY) {
      units.add(references.unit(), String.valueOf(assignment.unit()));
    }
  }

  private void add(int role, long id, @Nullable Reference instead, List<Reference> beside) {
    if (instead != null) {
      byMark.computeIfAbsent(mark(role, instead), mark -> new Account(role)).put(instead);
      return;
    }
    Account account = byId.computeIfAbsent(Math.toIntExact(id), number -> new Account(role));
    if (account.role == role) {
      beside.forEach(account::put);
    } else {
      otherRoles++;
    }
  }

  /** How often an id is named in another role than the first, which counts. */
  long otherRoles() {
    return otherRoles;
  }

  /** Whether anything has to be looked up in a centre. */
  boolean hasReferences() {
    return !byMark.isEmpty() || !standards.withoutId.isEmpty() || !units.withoutId.isEmpty();
  }

  /** How many accounts there are of each role, by its word; then standards and units. */
  Map<String, Integer> counts() {
    Map<Integer, Integer> byRole = new TreeMap<>();
    accounts(1).forEach(person -> byRole.merge(person.role(), 1, Integer::sum));
    Map<String, Integer> counts = new LinkedHashMap<>();
    counts.put("learners", byRole.getOrDefault(Person.LEARNER, 0));
    ROLES.forEach((role, code) -> counts.put(role.word() + "s", byRole.getOrDefault(code, 0)));
    counts.put("standards", standards.all().size());
    counts.put("units", units.all().size());
    return counts;
  }

  /** They, as accounts of this centre; standards and units are in every centre. */
  People people(int centre) {
    return People.of(List.copyOf(accounts(centre)), standards.all(), units.all());
  }

  private Collection<Person> accounts(int centre) {
    Map<Mark, Account> unnumbered = new LinkedHashMap<>(byMark);
    List<Person> people = new ArrayList<>();
    byId.forEach(
        (id, account) -> {
          Person person = account.person(id, centre);
          people.add(person);
          if (person.names().misId() != null) {
            unnumbered.remove(
                new Mark(account.role, false, Lookup.comparable(person.names().misId())));
          }
          if (person.names().email() != null) {
            unnumbered.remove(
                new Mark(account.role, true, Lookup.comparable(person.names().email())));
          }
        });
    int id = FIRST_ID;
    for (Account account : unnumbered.values()) {
      while (byId.containsKey(id)) {
        id++;
      }
      people.add(account.person(id++, centre));
    }
    return people;
  }

  private static Mark mark(int role, Reference reference) {
    return new Mark(role, isEmail(reference), Lookup.comparable(reference.value()));
  }

  private static boolean isEmail(Reference reference) {
    return reference.column().endsWith("_email");
  }
}
