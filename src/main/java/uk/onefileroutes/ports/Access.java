package uk.onefileroutes.ports;

/**
 * Who may ask what at the two ports: both go by the same one.
 *
 * @param people who may log in
 * @param logins bounds how many are tried, at both ports together
 * @param requests which requests come as far as the login
 * @param hasOpenProbes whether the management port has {@link OpenProbes}
 */
public record Access(People people, LoginGuard logins, RequestGuard requests, boolean hasOpenProbes)
    implements AutoCloseable {
  public Access(People people, RequestGuard requests, boolean hasOpenProbes) {
    this(people, new LoginGuard(), requests, hasOpenProbes);
  }

  @Override
  public void close() {
    logins.close();
  }
}
