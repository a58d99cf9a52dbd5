package uk.onefileroutes.ports;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Optional;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.users.Rights;
import uk.onefileroutes.users.User;

/**
 * Who logged in.
 *
 * @param user the line by which he did; null: by the one login
 */
record Person(String name, Rights rights, @Nullable User user) implements Principal {
  private static final String ATTRIBUTE = Person.class.getName();

  @Override
  public String getName() {
    return name;
  }

  /** Notes him at a request, whose login was looked at. */
  void sent(Request request) {
    request.setAttribute(ATTRIBUTE, this);
  }

  /** Whose login a request had; empty: none, or one that the guarded handler reads itself. */
  static Optional<Person> of(Request request) {
    return Optional.ofNullable((Person) request.getAttribute(ATTRIBUTE));
  }

  /** The same where servlets are. */
  static Optional<Person> of(HttpServletRequest request) {
    return Optional.ofNullable((Person) request.getAttribute(ATTRIBUTE));
  }
}
