package uk.onefileroutes.feed;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.keys.Keys;
import uk.onefileroutes.keys.Secrets;

/** Reads the keys that say where a feed's files are. Use once, by one thread. */
final class PlaceKeys {
  /** Keys that may also come from outside the file. */
  static final List<String> SECRETS = List.of("sftp.password", "sftp.key-passphrase");

  /** Keys that name a file with such a secret. */
  static final List<String> SECRET_FILES = SECRETS.stream().map(key -> key + Secrets.FILE).toList();

  private static final String DIRECTORY = "sftp.directory";
  private static final List<String> LOGIN =
      List.of(
          "sftp.host",
          "sftp.port",
          "sftp.user",
          "sftp.password",
          "sftp.password-file",
          "sftp.key-file",
          "sftp.key-passphrase",
          "sftp.key-passphrase-file",
          "sftp.known-hosts",
          "sftp.connect-timeout",
          "sftp.timeout");
  // A name or an address; IPv6 ones in brackets would need a syntax of their own in each place.
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?");
  // The rest has a meaning of its own in URIs, or in the patterns of SFTP clients.
  private static final Pattern REMOTE = Pattern.compile("[^\\\\?*#%&+{}\\p{Cntrl}]+");

  private enum Side {
    DIRECTORY,
    SFTP
  }

  private final Keys keys;
  private final Side source;
  private final Side results;
  private final @Nullable SftpServer server;

  PlaceKeys(Keys keys) {
    this.keys = keys;
    source = keys.oneOf("source", FeedKeys.words(Side.values()), "directory");
    results = keys.oneOf("results", FeedKeys.words(Side.values()), "directory");
    server = source == Side.SFTP || results == Side.SFTP ? server() : null;
  }

  /** Where files come from; null if there was a fault. */
  @Nullable Place source() {
    return source == Side.SFTP ? remote(DIRECTORY) : folder("directory");
  }

  /** Where results go; null if there was a fault. */
  @Nullable Place results() {
    String key = "results.directory";
    Place place = results == Side.SFTP ? remote(key) : folder(key);
    if (source == results && isSourceItself(place)) {
      keys.fault(key, "is the drop folder itself", "name another folder");
    }
    return place;
  }

  private boolean isSourceItself(@Nullable Place place) {
    if (place instanceof Place.Folder folder) {
      String drop = keys.untouched("directory").strip();
      try {
        return folder.path().normalize().equals(Path.of(drop).normalize());
      } catch (InvalidPathException e) {
        return false; // its own fault
      }
    }
    return place instanceof Place.Remote remote
        && remote.directory().equals(withoutSlash(keys.untouched(DIRECTORY).strip()));
  }

  /** Finds fault with keys of the kind of place that the feed doesn't have. */
  void refuseWhatIsNotUsed() {
    if (source == Side.SFTP) {
      refuse("directory", "source=directory");
    } else {
      refuse(DIRECTORY, "source=sftp");
    }
    if (source != Side.SFTP && results != Side.SFTP) {
      LOGIN.forEach(key -> refuse(key, "source=sftp or results=sftp"));
    }
  }

  private void refuse(String key, String belongsTo) {
    String value = keys.value(key);
    if (value != null && !value.isEmpty()) {
      keys.fault(key, "is for " + belongsTo + " only", "remove it, or write " + belongsTo);
    }
  }

  private @Nullable SftpServer server() {
    String host = needed("sftp.host", "name the server");
    if (host != null && !HOST.matcher(host).matches()) {
      keys.fault("sftp.host", "not a host name", "write such as sftp.example.org");
    }
    int port = (int) keys.number("sftp.port", 22, 1, 65_535);
    SftpServer.Login login = login();
    Path knownHosts =
        path(
            "sftp.known-hosts",
            "name a file with the host key of the server, such as known_hosts; docs/feeds.md, \"SFTP\", has the steps");
    Duration connect =
        keys.duration(
            "sftp.connect-timeout",
            Duration.ofSeconds(10),
            Duration.ofMillis(100),
            Duration.ofMinutes(5));
    Duration timeout =
        keys.duration(
            "sftp.timeout", Duration.ofSeconds(60), Duration.ofMillis(100), Duration.ofMinutes(15));
    return host == null || login == null || knownHosts == null
        ? null
        : new SftpServer(host, port, login, knownHosts, connect, timeout);
  }

  private SftpServer.@Nullable Login login() {
    String user = needed("sftp.user", "name who logs in");
    Secrets secrets = new Secrets(keys);
    String password = secrets.read("sftp.password");
    String passphrase = secrets.read("sftp.key-passphrase");
    Path keyFile = keys.value("sftp.key-file") == null ? null : path("sftp.key-file", "");
    if (keys.untouched("sftp.key-file").isEmpty() && password == null) {
      keys.fault(
          "sftp.password, sftp.key-file: both missing; give one of them, the password rather from"
              + " the environment than in this file");
    }
    if (keys.untouched("sftp.key-file").isEmpty() && passphrase != null) {
      keys.fault("sftp.key-passphrase: there is no sftp.key-file; add that or remove this");
    }
    return user == null ? null : new SftpServer.Login(user, password, keyFile, passphrase);
  }

  private @Nullable String needed(String key, String remedy) {
    String value = keys.value(key);
    if (value == null) {
      keys.fault(key + ": missing; " + remedy);
    }
    return value == null || value.isEmpty() ? null : value;
  }

  private @Nullable Place remote(String key) {
    String value = needed(key, "name a folder of the server");
    if (value == null) {
      return null;
    }
    if (!REMOTE.matcher(value).matches() || value.contains("//")) {
      keys.fault(
          key,
          "not a folder's path on a server, with / and without any of \\ ? * # % & + { }",
          "write such as /outgoing, or outgoing for one below the folder of the login");
      return null;
    }
    return server == null ? null : new Place.Remote(server, withoutSlash(value));
  }

  private static String withoutSlash(String directory) {
    return directory.length() > 1 && directory.endsWith("/")
        ? directory.substring(0, directory.length() - 1)
        : directory;
  }

  private @Nullable Place folder(String key) {
    Path path = path(key, "name a folder");
    return path == null ? null : new Place.Folder(path);
  }

  private @Nullable Path path(String key, String remedy) {
    String value = needed(key, remedy);
    try {
      return value == null ? null : Path.of(value);
    } catch (InvalidPathException e) {
      keys.fault(key, "not a path (" + e.getReason() + ")", "write another");
      return null;
    }
  }
}
