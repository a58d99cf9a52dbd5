package uk.onefileroutes.ports;

import java.util.Optional;
import java.util.Set;
import uk.onefileroutes.users.Rights;
import uk.onefileroutes.users.Rights.Identity;
import uk.onefileroutes.users.Role;
import uk.onefileroutes.users.User;
import uk.onefileroutes.users.Users;

/**
 * Who may log in: the one login, which may do everything, and beside it those of {@code
 * management.users}. Thread-safe.
 */
public final class People {
  private final Login login;
  private final Optional<Users> users;
  private final Rights rightsOfLogin;

  /**
   * @param users empty: there is the one login only
   */
  public People(Login login, Optional<Users> users) {
    this.login = login;
    this.users = users;
    this.rightsOfLogin =
        users.isEmpty() ? Rights.ALL : new Rights(Set.of(Role.ADMINISTER), Identity.SHARED);
  }

  /** Whether there are others than the one login. */
  boolean haveNames() {
    return users.isPresent();
  }

  /** Who logs in by this; empty: nobody does. May take long, as bcrypt does on purpose. */
  Optional<Person> find(Login.Given given) {
    if (login.accepts(given)) {
      return Optional.of(new Person(login.user(), rightsOfLogin, null));
    }
    return users.flatMap(named -> named.accept(given.user(), given.password())).map(People::person);
  }

  /** Whether he could still log in by the line by which he did, with what it says now. */
  boolean know(Person person) {
    User user = person.user();
    return user == null
        || users.flatMap(named -> named.find(user.name())).filter(user::equals).isPresent();
  }

  private static Person person(User user) {
    return new Person(user.name(), new Rights(user.roles(), Identity.NAMED), user);
  }
}
