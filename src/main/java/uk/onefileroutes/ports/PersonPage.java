package uk.onefileroutes.ports;

import java.util.List;
import java.util.Map;
import org.eclipse.jetty.server.Request;
import uk.onefileroutes.management.Json;
import uk.onefileroutes.management.Permissions;
import uk.onefileroutes.users.Rights;

/** Who is logged in and which verbs he may use, as JSON: the status page offers no others. */
final class PersonPage implements Pages.Page {
  /** Where it is. */
  static final String PATH = "/status/me";

  private record Me(String user, List<String> verbs) {}

  static Map<String, Pages.Page> pages() {
    return Map.of(PATH, new PersonPage());
  }

  @Override
  public Pages.Answer answer(Request request) throws Exception {
    Me me =
        Person.of(request)
            .map(person -> new Me(person.name(), Permissions.verbsOf(person.rights())))
            .orElseGet(() -> new Me("", Permissions.verbsOf(Rights.NONE)));
    return Pages.Answer.of(200, "application/json", Json.MAPPER.writeValueAsBytes(me));
  }
}
