package uk.onefileroutes.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import uk.onefileroutes.keys.Key;
import uk.onefileroutes.keys.Key.Group;
import uk.onefileroutes.keys.KeyTable.Topic;
import uk.onefileroutes.keys.Keys;
import uk.onefileroutes.keys.SecretFile;
import uk.onefileroutes.keys.Type;
import uk.onefileroutes.tls.ServerKey;
import uk.onefileroutes.tls.UnusableStore;
import uk.onefileroutes.users.Users;

/** The keys of the two ports and of the log. */
final class ManagementKeys {
  static final Topic TOPIC = Topic.ofProcess("the ports and the log");

  private static final Pattern NAME =
      Pattern.compile(
          "[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?|\\[?[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f.]*]?");
  private static final int MIN_PASSWORD_LENGTH = 8;

  static final Key<OptionalInt> PORT =
      TOPIC.add(
          port("management.port", "8080")
              .means(
                  "Where health, metrics and the commands are (status, release, ...), or off: then the commands only work while nothing runs."));

  static final Key<OptionalInt> CONSOLE_PORT =
      TOPIC.add(
          port("console.port", "8081")
              .means(
                  "Where Hawtio's console is, or off. Both ports are behind one login, and listen on this machine only."));

  static final Key<String> USER =
      TOPIC.add(
          Key.of("management.user", Type.matching("[^:]*", "has a colon; choose another name"))
              .orElse("admin")
              .in(Group.COMMON)
              .means("The one login of both ports."));

  static final Key<String> PASSWORD =
      TOPIC.add(
          Key.secret("management.password")
              .example("example-only")
              .absent("generated at the first start, shown once")
              .in(Group.COMMON)
              .means(
                  "Its password, at least 8 characters. A generated one is kept in management.password in the data folder. Set MANAGEMENT_PASSWORD rather than writing it here, or name a file with it."));

  static final Key<String> USERS =
      TOPIC.add(
          Key.text("management.users")
              .example("users")
              .in(Group.COMMON)
              .means(
                  "A file with people who may log in under names of their own, each with roles: look, operate, approve, administer. Relative to the config folder. A line is name:hash:roles; the command user new makes it. The file must be its owner's alone (chmod 600). A change is taken in at the next login. management.user stays, and may do everything."));

  static final Key<String> HOST =
      TOPIC.add(
          Key.text("management.host")
              .orElse("127.0.0.1")
              .in(Group.COMMON)
              .means(
                  "The address that both ports listen on. Anything but the loopback is open to the network: set management.key-store with it, or let only a proxy with TLS reach them."));

  static final Key<List<String>> NAMES =
      TOPIC.add(
          Key.of("management.names", Type.text(ManagementKeys::names))
              .example("routes.example.org, 192.0.2.7")
              .absent("the loopback's names, management.host and the address that was called")
              .in(Group.COMMON)
              .means(
                  "By which further names and addresses people and probes reach both ports, with commas between them, without a port: those of a proxy, of a container, of this machine in the network."));

  static final Key<String> KEY_STORE =
      TOPIC.add(
          Key.text("management.key-store")
              .example("/etc/onefile-assignment-routes/ports.p12")
              .in(Group.COMMON)
              .means(
                  "A file in PKCS #12 or JKS with one private key and its certificate: both ports, and the commands, then speak TLS 1.2 or newer and nothing else. The file must be its owner's alone (chmod 600)."));

  static final Key<String> KEY_STORE_PASSWORD =
      TOPIC.add(
          Key.secret("management.key-store-password")
              .in(Group.COMMON)
              .means("The password of that file, which is also that of the key in it."));

  static final Key<Boolean> OPEN_PROBES =
      TOPIC.add(
          Key.of("management.open-probes", Type.flag())
              .orElse("false")
              .in(Group.COMMON)
              .means(
                  "Whether /observe/health/live and /observe/health/ready answer without the login too, for probes of a platform that have none. They then say UP or DOWN and nothing else; with the login they say what is down, as ever."));

  static final Key<String> LOG_FORMAT =
      TOPIC.add(
          Key.of("log.format", Type.words("text", "text", "json", "json"))
              .orElse("text")
              .in(Group.COMMON)
              .means(
                  "How the log is written: text, or json (an object a line, with ts, level, logger, message, feed, file, row and exception)."));

  private ManagementKeys() {}

  private static Key<OptionalInt> port(String name, String byDefault) {
    return Key.of(name, Type.number(1, 65_535).as(OptionalInt::of).or("off", OptionalInt.empty()))
        .orElse(byDefault)
        .in(Group.COMMON);
  }

  /** With those who have names of their own. */
  static PortAccess management(Keys keys, Path config) {
    PortAccess access = management(keys);
    return access.withUsers(users(keys, config));
  }

  /** As a client needs it: without those who may log in. */
  static PortAccess management(Keys keys) {
    OptionalInt port = keys.get(PORT);
    OptionalInt consolePort = keys.get(CONSOLE_PORT);
    if (port.isPresent() && port.equals(consolePort)) {
      keys.refuse(CONSOLE_PORT, "the same as management.port", "give each a port of its own");
    }
    return new PortAccess(
        keys.get(HOST),
        keys.find(NAMES).orElse(List.of()),
        port,
        consolePort,
        new PortAccess.Login(keys.get(USER), password(keys), Optional.empty()),
        key(keys),
        keys.get(OPEN_PROBES));
  }

  private static List<String> names(String given) {
    List<String> names =
        Arrays.stream(given.split(",")).map(String::strip).filter(name -> !name.isEmpty()).toList();
    for (String name : names) {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "has "
                + name
                + ", which is no host name or address; write names as in routes.example.org, with"
                + " commas between them, without http:// and without a port");
      }
    }
    return names;
  }

  private static Optional<String> password(Keys keys) {
    Optional<String> password = Optional.ofNullable(keys.secret(PASSWORD));
    if (password
        .filter(text -> !text.isEmpty() && text.length() < MIN_PASSWORD_LENGTH)
        .isPresent()) {
      keys.refuse(
          PASSWORD,
          "shorter than " + MIN_PASSWORD_LENGTH + " characters",
          "choose a longer one, or remove the key to have one generated");
    }
    return password;
  }

  private static Optional<Users> users(Keys keys, Path config) {
    Optional<String> file = keys.find(USERS);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    List<String> faults = new ArrayList<>();
    try {
      Users users = Users.in(config.resolve(file.get()), keys.get(USER), faults);
      faults.forEach(fault -> keys.fault(USERS + "=" + file.get() + ": " + fault));
      return Optional.of(users);
    } catch (InvalidPathException e) {
      keys.refuse(USERS, "no path", "name a file, such as users");
      return Optional.empty();
    }
  }

  private static Optional<ServerKey> key(Keys keys) {
    Optional<String> file = keys.find(KEY_STORE);
    String password = keys.secret(KEY_STORE_PASSWORD);
    if (file.isEmpty()) {
      if (password != null) {
        keys.fault(KEY_STORE_PASSWORD + ": there is no " + KEY_STORE + "; add that or remove this");
      }
      return Optional.empty();
    }
    try {
      Path store = Path.of(file.get());
      SecretFile.exposure(store)
          .ifPresent(exposure -> keys.fault(KEY_STORE + "=" + store + ": " + exposure));
      return Optional.of(ServerKey.in(store, password == null ? "" : password));
    } catch (UnusableStore | InvalidPathException e) {
      keys.fault(KEY_STORE + "=" + file.get() + ": " + e.getMessage());
      return Optional.empty();
    }
  }
}
