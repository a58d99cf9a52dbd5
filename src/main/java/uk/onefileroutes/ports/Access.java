package uk.onefileroutes.ports;

/**
 * Who may ask what at the two ports: both go by the same one.
 *
 * @param logins bounds how many are tried, at both ports together
 * @param requests which requests come as far as the login
 * @param hasOpenProbes whether the management port has {@link OpenProbes}
 */
public record Access(Login login, LoginGuard logins, RequestGuard requests, boolean hasOpenProbes)
    implements AutoCloseable {
  public Access(Login login, RequestGuard requests, boolean hasOpenProbes) {
    this(login, new LoginGuard(), requests, hasOpenProbes);
  }

  @Override
  public void close() {
    logins.close();
  }
}
