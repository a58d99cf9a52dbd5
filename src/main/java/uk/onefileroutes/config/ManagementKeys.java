package uk.onefileroutes.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import uk.onefileroutes.keys.Keys;
import uk.onefileroutes.keys.SecretFile;
import uk.onefileroutes.keys.Secrets;
import uk.onefileroutes.tls.ServerKey;
import uk.onefileroutes.tls.UnusableStore;

/** Reads the keys of the two ports. Use once, by one thread. */
final class ManagementKeys {
  static final String KEY_STORE = "management.key-store";
  private static final String NAMES = "management.names";
  private static final Pattern NAME =
      Pattern.compile(
          "[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?|\\[?[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f.]*]?");
  private static final String PASSWORD = "management.password";
  private static final int SHORTEST_PASSWORD = 8;

  private final Keys keys;
  private final Secrets secrets;

  ManagementKeys(Keys keys, Secrets secrets) {
    this.keys = keys;
    this.secrets = secrets;
  }

  Configuration.Management management() {
    String host = keys.value("management.host", "127.0.0.1");
    OptionalInt port = port("management.port", 8080);
    OptionalInt consolePort = port("console.port", 8081);
    if (port.isPresent() && port.equals(consolePort)) {
      keys.fault("console.port", "the same as management.port", "give each a port of its own");
    }
    String user = keys.value("management.user", "admin");
    if (user.contains(":")) { // Basic login could not tell its end
      keys.fault("management.user", "has a colon", "choose another name");
    }
    return new Configuration.Management(host, names(), port, consolePort, user, password(), key());
  }

  private List<String> names() {
    String given = keys.value(NAMES);
    List<String> names =
        Arrays.stream((given == null ? "" : given).split(","))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .toList();
    for (String name : names) {
      if (!NAME.matcher(name).matches()) {
        keys.fault(
            NAMES,
            "has " + name + ", which is no host name or address",
            "write names as in routes.example.org, with commas between them, without http:// and"
                + " without a port");
      }
    }
    return names;
  }

  private Optional<String> password() {
    String password = secrets.read(PASSWORD);
    if (password != null && !password.isEmpty() && password.length() < SHORTEST_PASSWORD) {
      keys.fault(
          PASSWORD,
          "shorter than " + SHORTEST_PASSWORD + " characters",
          "choose a longer one, or remove the key to have one generated");
    }
    return Optional.ofNullable(password);
  }

  private Optional<ServerKey> key() {
    String file = keys.value(KEY_STORE);
    String password = secrets.read(KEY_STORE + "-password");
    if (file == null || file.isEmpty()) {
      if (password != null) {
        keys.fault(KEY_STORE + "-password: there is no " + KEY_STORE + "; add that or remove this");
      }
      return Optional.empty();
    }
    try {
      Path store = Path.of(file);
      SecretFile.exposure(store)
          .ifPresent(exposure -> keys.fault(KEY_STORE + "=" + file + ": " + exposure));
      return Optional.of(ServerKey.in(store, password == null ? "" : password));
    } catch (UnusableStore | InvalidPathException e) {
      keys.fault(KEY_STORE + "=" + file + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  private OptionalInt port(String key, int usual) {
    OptionalLong port = keys.numberOr("off", key, usual, 1, 65_535);
    return port.isEmpty() ? OptionalInt.empty() : OptionalInt.of((int) port.getAsLong());
  }
}
