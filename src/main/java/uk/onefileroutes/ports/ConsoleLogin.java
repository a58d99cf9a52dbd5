package uk.onefileroutes.ports;

import io.hawt.web.auth.RolePrincipal;
import io.hawt.web.auth.UserPrincipal;
import java.io.IOException;
import java.security.Principal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;
import javax.security.auth.spi.LoginModule;
import org.jspecify.annotations.Nullable;

/**
 * Our logins as JAAS wants it, because Hawtio does. One object a login. How many are tried is
 * bounded before Hawtio is asked, by {@link JettyGuard}.
 */
public final class ConsoleLogin implements LoginModule {
  /** The role of whoever logged in, for Hawtio; what he may do says {@link RoleGate}. */
  static final String ROLE = "admin";

  private static final String PEOPLE = "people";

  private @Nullable Subject subject;
  private @Nullable CallbackHandler handler;
  private @Nullable People people;
  private List<Principal> principals = List.of();

  /** What JAAS is to use for Hawtio: nothing but this, for these people. */
  static Configuration configuration(People people) {
    AppConfigurationEntry entry =
        new AppConfigurationEntry(
            ConsoleLogin.class.getName(), LoginModuleControlFlag.REQUIRED, Map.of(PEOPLE, people));
    return new Configuration() {
      @Override
      public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
        return new AppConfigurationEntry[] {entry};
      }
    };
  }

  @Override
  public void initialize(
      Subject subject,
      CallbackHandler callbackHandler,
      Map<String, ?> sharedState,
      Map<String, ?> options) {
    this.subject = subject;
    this.handler = callbackHandler;
    this.people = (People) options.get(PEOPLE);
  }

  @Override
  public boolean login() throws LoginException {
    NameCallback name = new NameCallback("user");
    PasswordCallback password = new PasswordCallback("password", false);
    if (handler == null || people == null) {
      throw new LoginException("not initialized");
    }
    try {
      handler.handle(new Callback[] {name, password});
    } catch (IOException | UnsupportedCallbackException e) {
      throw new LoginException(e.getMessage());
    }
    char[] given = password.getPassword() == null ? new char[0] : password.getPassword();
    Optional<Person> person =
        people.find(new Login.Given(String.valueOf(name.getName()), new String(given)));
    Arrays.fill(given, ' ');
    password.clearPassword();
    if (person.isEmpty()) {
      throw new FailedLoginException("wrong user or password");
    }
    principals =
        List.of(new UserPrincipal(person.get().name()), new RolePrincipal(ROLE), person.get());
    return true;
  }

  @Override
  public boolean commit() {
    if (subject != null) {
      subject.getPrincipals().addAll(principals);
    }
    return !principals.isEmpty();
  }

  @Override
  public boolean abort() {
    return logout();
  }

  @Override
  public boolean logout() {
    if (subject != null) {
      subject.getPrincipals().removeAll(principals);
    }
    principals = List.of();
    return true;
  }
}
