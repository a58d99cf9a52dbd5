package uk.onefileroutes.feed;

import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.keys.Key;
import uk.onefileroutes.keys.KeyTable.Topic;
import uk.onefileroutes.keys.Keys;
import uk.onefileroutes.keys.Type;

/** The keys that say where a feed's files are. Use once, by one thread. */
final class PlaceKeys {
  static final Topic TOPIC = new Topic("where files come from, and where results go");

  private enum Side {
    DIRECTORY,
    SFTP
  }

  // The rest has a meaning of its own in URIs, or in the patterns of SFTP clients.
  private static final Pattern REMOTE = Pattern.compile("[^\\\\?*#%&+{}\\p{Cntrl}]+");

  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:");

  private static final Key<Side> SOURCE =
      TOPIC.add(
          Key.of("source", Type.words(Side.values()))
              .orElse("directory")
              .means("Where files come from."));

  private static final Key<Side> RESULTS =
      TOPIC.add(
          Key.of("results", Type.words(Side.values()))
              .orElse("directory")
              .means("Where results go; it does not follow source."));

  private static final Key<String> DIRECTORY =
      TOPIC.add(
          Key.text("directory")
              .example("inbox")
              .needed("name a folder")
              .means(
                  "With source=directory: the drop folder. Relative ones lie under the data folder and are made; any other must be there at the start."));

  private static final Key<String> RESULTS_DIRECTORY =
      TOPIC.add(
          Key.text("results.directory")
              .example("results")
              .needed("name a folder")
              .means(
                  "Where results and rejects go; another folder than the drop folder. With results=sftp a folder of the server."));

  static final Key<List<String>> MAIL_TO =
      TOPIC.add(
          Key.of("results.mail.to", Type.addresses())
              .example("mis@example.org")
              .absent("no mail")
              .means(
                  "Who gets a mail after each file: its counts, codes and the names of its results, nothing of its rows. It goes through the server of alarm.mail.host; addresses with commas between them."));

  private static final Key<String> REMOTE_DIRECTORY =
      TOPIC.add(
          Key.text("sftp.directory")
              .example("/outgoing")
              .needed("name a folder of the server")
              .means(
                  "With source=sftp: the drop folder there; without / in front below the folder of the login."));

  // A name or an address; IPv6 ones in brackets would need a syntax of their own in each place.
  private static final Key<String> HOST =
      TOPIC.add(
          Key.of(
                  "sftp.host",
                  Type.matching(
                      "[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?",
                      "not a host name; write such as sftp.example.org"))
              .example("sftp.example.org")
              .needed("name the server")
              .means("The server. One feed has one server; results=sftp goes to the same."));

  private static final Key<Integer> PORT =
      TOPIC.add(Key.of("sftp.port", Type.number(1, 65_535)).orElse("22").means("Its port."));

  private static final Key<String> USER =
      TOPIC.add(
          Key.text("sftp.user")
              .example("training-provider")
              .needed("name who logs in")
              .means("Who logs in: by password, by key, or by both where the server wants both."));

  static final Key<String> PASSWORD =
      TOPIC.add(
          Key.secret("sftp.password")
              .means(
                  "The password; rather from the environment (of a feed hr: FEEDS_HR_SFTP_PASSWORD) or a file. Relative files lie under the config folder."));

  private static final Key<String> KEY_FILE =
      TOPIC.add(
          Key.text("sftp.key-file")
              .example("keys/hr_ed25519")
              .means(
                  "The private key, its owner's alone (chmod 600); relative ones lie under the config folder."));

  static final Key<String> PASSPHRASE =
      TOPIC.add(
          Key.secret("sftp.key-passphrase")
              .means("What opens that key; rather from the environment or a file."));

  private static final Key<String> KNOWN_HOSTS =
      TOPIC.add(
          Key.text("sftp.known-hosts")
              .example("known_hosts")
              .needed(
                  "name a file with the host key of the server, such as known_hosts; docs/feeds.md, \"SFTP\", has the steps")
              .means(
                  "The host keys that are trusted, as OpenSSH writes them; any other key is refused. Relative files lie under the config folder."));

  private static final Key<Duration> CONNECT_TIMEOUT =
      TOPIC.add(
          Key.of("sftp.connect-timeout", Type.duration("100ms", "5m"))
              .orElse("10s")
              .means("To reach the server, and for each step of the login.")
              .raised("An outage is noticed later."));

  private static final Key<Duration> TIMEOUT =
      TOPIC.add(
          Key.of("sftp.timeout", Type.duration("100ms", "15m"))
              .orElse("60s")
              .means("For each answer after that, and each piece of a transfer.")
              .raised("A server that hangs is noticed later."));

  private static final List<Key<?>> OF_SERVER =
      List.of(
          HOST, PORT, USER, PASSWORD, KEY_FILE, PASSPHRASE, KNOWN_HOSTS, CONNECT_TIMEOUT, TIMEOUT);

  private final Keys keys;
  private final Side source;
  private final Side results;
  private final @Nullable SftpServer server;

  PlaceKeys(Keys keys) {
    this.keys = keys;
    source = keys.get(SOURCE);
    results = keys.get(RESULTS);
    server = source == Side.SFTP || results == Side.SFTP ? server() : null;
  }

  /** Where files come from; null if there was a fault. */
  @Nullable Place source() {
    return source == Side.SFTP ? remote(REMOTE_DIRECTORY) : folder(DIRECTORY);
  }

  /** Where results go; null if there was a fault. */
  @Nullable Place results() {
    Place place = results == Side.SFTP ? remote(RESULTS_DIRECTORY) : folder(RESULTS_DIRECTORY);
    if (source == results && isSourceItself(place)) {
      keys.refuse(RESULTS_DIRECTORY, "is the drop folder itself", "name another folder");
    }
    return place;
  }

  private boolean isSourceItself(@Nullable Place place) {
    if (place instanceof Place.Folder folder) {
      try {
        return folder.path().normalize().equals(Path.of(text(DIRECTORY)).normalize());
      } catch (InvalidPathException e) {
        return false; // its own fault
      }
    }
    return place instanceof Place.Remote remote
        && remote.directory().equals(withoutSlash(text(REMOTE_DIRECTORY)));
  }

  private String text(Key<String> key) {
    return keys.find(key).orElse("");
  }

  /** Finds fault with keys of the kind of place that the feed doesn't have. */
  void refuseWhatIsNotUsed() {
    if (source == Side.SFTP) {
      refuse(Stream.of(DIRECTORY), "source=directory");
    } else {
      refuse(Stream.of(REMOTE_DIRECTORY), "source=sftp");
    }
    if (source != Side.SFTP && results != Side.SFTP) {
      refuse(OF_SERVER.stream(), "source=sftp or results=sftp");
    }
  }

  private void refuse(Stream<Key<?>> unused, String belongsTo) {
    unused.forEach(
        key ->
            key.names().stream()
                .filter(keys::isSet)
                .forEach(
                    name ->
                        keys.refuse(
                            key,
                            name,
                            "is for " + belongsTo + " only",
                            "remove it, or write " + belongsTo)));
  }

  private @Nullable SftpServer server() {
    Optional<String> host = keys.need(HOST);
    int port = keys.get(PORT);
    Optional<SftpServer.Login> login = login();
    Optional<Path> knownHosts = path(KNOWN_HOSTS);
    Duration connect = keys.get(CONNECT_TIMEOUT);
    Duration timeout = keys.get(TIMEOUT);
    return host.isEmpty() || login.isEmpty() || knownHosts.isEmpty()
        ? null
        : new SftpServer(host.get(), port, login.get(), knownHosts.get(), connect, timeout);
  }

  private Optional<SftpServer.Login> login() {
    Optional<String> user = keys.need(USER);
    String password = keys.secret(PASSWORD);
    String passphrase = keys.secret(PASSPHRASE);
    Path keyFile = keys.find(KEY_FILE).isEmpty() ? null : path(KEY_FILE).orElse(null);
    if (!keys.isSet(KEY_FILE) && password == null) {
      keys.fault(
          "sftp.password, sftp.key-file: both missing; give one of them, the password rather from"
              + " the environment than in this file");
    }
    if (!keys.isSet(KEY_FILE) && passphrase != null) {
      keys.fault("sftp.key-passphrase: there is no sftp.key-file; add that or remove this");
    }
    return user.map(name -> new SftpServer.Login(name, password, keyFile, passphrase));
  }

  private @Nullable Place remote(Key<String> key) {
    Optional<String> value = keys.need(key);
    if (value.filter(text -> !REMOTE.matcher(text).matches() || text.contains("//")).isPresent()) {
      keys.refuse(
          key,
          "not a folder's path on a server, with / and without any of \\ ? * # % & + { }",
          "write such as /outgoing, or outgoing for one below the folder of the login");
      return null;
    }
    return server == null
        ? null
        : value.map(text -> new Place.Remote(server, withoutSlash(text))).orElse(null);
  }

  private static String withoutSlash(String directory) {
    return directory.length() > 1 && directory.endsWith("/")
        ? directory.substring(0, directory.length() - 1)
        : directory;
  }

  private @Nullable Place folder(Key<String> key) {
    return path(key).map(Place.Folder::new).orElse(null);
  }

  private Optional<Path> path(Key<String> key) {
    try {
      Optional<Path> path = keys.need(key).map(Path::of);
      if (path.isPresent() && !isWindows()) {
        String text = path.get().toString();
        if (DRIVE.matcher(text).lookingAt()) {
          keys.refuse(
              key,
              "names a drive of Windows, and this machine has none",
              "write the folder as it is called here, such as /srv/drop");
          return Optional.empty();
        }
        if (text.contains("\\")) {
          keys.refuse(key, "has a \\, which is no separator of folders here", "write /");
          return Optional.empty();
        }
      }
      return path;
    } catch (InvalidPathException e) {
      keys.refuse(key, "not a path of this machine", "write another");
      return Optional.empty();
    }
  }

  private static boolean isWindows() {
    return File.separatorChar == '\\';
  }
}
