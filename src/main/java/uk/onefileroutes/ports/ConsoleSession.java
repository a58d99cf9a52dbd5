package uk.onefileroutes.ports;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import javax.security.auth.Subject;
import uk.onefileroutes.management.Caller;
import uk.onefileroutes.users.Rights;

/**
 * Who is at Hawtio: by the login of the request, else by that of its session. A session ends at the
 * next request after its person's line was changed or removed.
 */
record ConsoleSession(People people) {
  /** Where Hawtio keeps who logged in. */
  private static final String SUBJECT = "subject";

  Caller caller(HttpServletRequest request) {
    Optional<Person> ofSession = ofSession(request);
    return Person.of(request)
        .or(() -> ofSession)
        .map(person -> Caller.atConsole(person.name(), person.rights()))
        .orElseGet(() -> Caller.atConsole("nobody", Rights.NONE));
  }

  private Optional<Person> ofSession(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session == null || !(session.getAttribute(SUBJECT) instanceof Subject subject)) {
      return Optional.empty();
    }
    Optional<Person> person =
        subject.getPrincipals(Person.class).stream().findFirst().filter(people::know);
    if (person.isEmpty()) {
      session.invalidate();
    }
    return person;
  }
}
