package uk.onefileroutes.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.simulator.Refused.Reason;

/**
 * The look-ups. Texts match in part and without case, which is the unkinder of the two things that
 * Onefile may do. Without people nothing is found.
 */
final class Search {
  private static final Set<String> USER_FILTERS =
      Set.of("OrganisationID", "Role", "FirstName", "LastName", "Email", "MISID", "LastModified");
  private static final Set<String> CATALOGUE_FILTERS =
      Set.of("OrganisationID", "StandardID", "Title");

  private final @Nullable People people;
  private final Assignments assignments;
  private final Variants.Pages pages;

  Search(@Nullable People people, Assignments assignments, Variants.Pages pages) {
    this.people = people;
    this.assignments = assignments;
    this.pages = pages;
  }

  /**
   * {@code GET User/{id}}. Without people the answer names no role: it is the one that is needed.
   */
  Reply user(int id) throws Refused {
    Person person = people == null ? Person.of(id, Person.LEARNER, 1) : people.byId(id);
    if (person == null) {
      throw new Refused(Reason.UNKNOWN_USER, "User " + id + " not found");
    }
    ObjectNode account = full(person);
    if (people == null) {
      JsonNode unused = account.remove("Role");
    }
    if (assignments.isReset(id)) {
      account.putNull("MISID").putNull("Email");
    }
    return Reply.json(
        account
            .put("DefaultAssessorID", assignments.defaultAssessor(id))
            .put("DefaultEmployerID", assignments.defaultEmployer(id)));
  }

  /** {@code POST User/Search/{page}/{size}}, all fields; pages from 1. */
  Reply page(int page, int size, Payload body) throws Refused {
    return list(pages.of(page, size, matching(body)).map(Search::full));
  }

  /** {@code POST User/Search}: everybody who matches, with few fields. */
  Reply users(Payload body) throws Refused {
    return list(matching(body).map(Search::brief));
  }

  Reply standards(Payload body) throws Refused {
    return catalogue(body, people == null ? List.of() : people.standards());
  }

  Reply units(Payload body) throws Refused {
    return catalogue(body, people == null ? List.of() : people.units());
  }

  private Stream<Person> matching(Payload body) throws Refused {
    body.allowOnly(USER_FILTERS);
    int organisation = body.id("OrganisationID");
    Integer role = body.optionalId("Role");
    // Checked only: the simulator doesn't know when an account was changed, so all are new enough.
    body.optionalText("LastModified");
    Predicate<Person.Names> matches =
        contains(Person.Names::firstName, body.optionalText("FirstName"))
            .and(contains(Person.Names::lastName, body.optionalText("LastName")))
            .and(contains(Person.Names::email, body.optionalText("Email")))
            .and(contains(Person.Names::misId, body.optionalText("MISID")));
    return people == null
        ? Stream.empty()
        : people.all().stream()
            .filter(person -> person.organisationId() == organisation)
            .filter(person -> role == null || person.role() == role)
            .filter(person -> matches.test(person.names()));
  }

  private static Reply catalogue(Payload body, List<People.Entry> entries) throws Refused {
    body.allowOnly(CATALOGUE_FILTERS);
    Integer organisation = body.optionalId("OrganisationID");
    Integer standard = body.optionalId("StandardID");
    Predicate<People.Entry> matches = contains(People.Entry::title, body.optionalText("Title"));
    return list(
        entries.stream()
            .filter(
                entry ->
                    organisation == null
                        || entry.organisationId() == null
                        || Objects.equals(organisation, entry.organisationId()))
            .filter(
                entry ->
                    standard == null
                        || Objects.equals(standard, entry.standardId())
                        || entry.id().equals(String.valueOf(standard)))
            .filter(matches)
            .map(Search::entry));
  }

  private static <T> Predicate<T> contains(
      Function<T, @Nullable String> field, @Nullable String sought) {
    if (sought == null) {
      return item -> true;
    }
    String part = sought.toLowerCase(Locale.ROOT);
    return item -> {
      String value = field.apply(item);
      return value != null && value.toLowerCase(Locale.ROOT).contains(part);
    };
  }

  /** A bare array; nothing found has no body at all. */
  static Reply list(Stream<? extends JsonNode> found) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    found.forEach(array::add);
    return array.isEmpty() ? Reply.none() : Reply.json(array);
  }

  private static ObjectNode brief(Person person) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("ID", person.id())
        .put("FirstName", person.names().firstName())
        .put("LastName", person.names().lastName())
        .put("MISID", person.names().misId());
  }

  private static ObjectNode full(Person person) {
    return brief(person)
        .put("Email", person.names().email())
        .put("Role", person.role())
        .put("Archived", person.archived())
        .put("OrganisationID", person.organisationId());
  }

  private static JsonNode entry(People.Entry entry) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    if (entry.id().matches("[1-9][0-9]{0,8}")) {
      node.put("ID", Integer.parseInt(entry.id()));
    } else {
      node.put("ID", entry.id());
    }
    node.put("Title", entry.title());
    if (entry.standardId() != null) {
      node.put("StandardID", entry.standardId());
    }
    return node;
  }
}
