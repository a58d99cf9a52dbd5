package uk.onefileroutes.ports;

/**
 * Who may ask what at the two ports: both go by the same one.
 *
 * @param logins bounds how many are tried, at both ports together
 * @param requests which requests come as far as the login
 */
public record Access(Login login, LoginGuard logins, RequestGuard requests)
    implements AutoCloseable {
  public Access(Login login, RequestGuard requests) {
    this(login, new LoginGuard(), requests);
  }

  @Override
  public void close() {
    logins.close();
  }
}
