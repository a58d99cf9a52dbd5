package uk.onefileroutes.config;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import uk.onefileroutes.tls.ServerKey;

/**
 * Where it is looked at and told what to do.
 *
 * @param host the address of both ports
 * @param names by which they are reached besides
 * @param port of health, metrics and commands; empty: not served
 * @param consolePort of Hawtio; empty: not served
 * @param user the one login for all of it
 * @param password empty: one is generated into the data folder
 * @param key of both ports, for TLS; empty: not encrypted
 */
public record PortAccess(
    String host,
    List<String> names,
    OptionalInt port,
    OptionalInt consolePort,
    String user,
    Optional<String> password,
    Optional<ServerKey> key) {
  /** Nothing is served. */
  public static final PortAccess OFF =
      new PortAccess(
          "127.0.0.1",
          List.of(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          "admin",
          Optional.empty(),
          Optional.empty());

  /** Without the password. */
  @Override
  public String toString() {
    return "%s:%s,%s".formatted(host, port, consolePort);
  }
}
