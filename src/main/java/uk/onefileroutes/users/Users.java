package uk.onefileroutes.users;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.onefileroutes.keys.SecretFile;
import uk.onefileroutes.users.UserLines.Read;

/**
 * The people of a file of users as it stands now: a change is taken in when somebody is asked for
 * next. A file that has a fault by then changes nothing but the log, and what it said before holds.
 * Thread-safe.
 */
public final class Users {
  private static final Logger LOG = LoggerFactory.getLogger(Users.class);

  /** Compared with where nobody has the name, so that this takes no less time. */
  private static final String NOBODYS = PasswordHash.of("nobody has this name");

  private final Path file;
  private final String ownLogin;
  private final RecentLogins recent = new RecentLogins(System::nanoTime);
  private @Nullable Version version;
  private Map<String, User> users = Map.of();

  private record Version(Object modified, long size, @Nullable Object key) {}

  private Users(Path file, String ownLogin) {
    this.file = file;
    this.ownLogin = ownLogin;
  }

  /**
   * Reads a file.
   *
   * @param ownLogin the name of the one login, which nobody else may have
   * @param faults gets all that is wrong with it, a sentence each, without any hash
   */
  public static Users in(Path file, String ownLogin, List<String> faults) {
    Users read = new Users(file, ownLogin);
    read.read(faults);
    return read;
  }

  /** Who has this name now. */
  public Optional<User> find(String name) {
    return Optional.ofNullable(now().get(name));
  }

  /**
   * Whose name and password these are. A wrong one takes as long as a right one that was not given
   * lately.
   */
  public Optional<User> accept(String name, String password) {
    Map<String, User> now = now();
    User user = now.get(name);
    if (user == null) {
      boolean unused = PasswordHash.matches(password, costliest(now));
      return Optional.empty();
    }
    return recent.accepts(user, password) ? Optional.of(user) : Optional.empty();
  }

  private static String costliest(Map<String, User> users) {
    return users.values().stream()
        .map(User::hash)
        .max(Comparator.comparing(hash -> hash.substring(4, 6)))
        .orElse(NOBODYS);
  }

  private synchronized Map<String, User> now() {
    Version found = version();
    if (found == null || !found.equals(version)) {
      read(null);
    }
    return users;
  }

  /**
   * @param faults null: the start is over, and faults go to the log, once for each version
   */
  private synchronized void read(@Nullable List<String> faults) {
    Version before = version;
    version = version(); // before its content: a change meanwhile is read again
    Read read = content();
    if (read.faults().isEmpty()) {
      users = read.users();
      if (faults == null) {
        LOG.info("{} was read again: {} people may log in", file.getFileName(), users.size());
      }
    } else if (faults != null) {
      faults.addAll(read.faults());
    } else if (!Objects.equals(before, version)) {
      LOG.warn(
          "{} was changed and is not taken in, what it said before holds: {}",
          file.getFileName(),
          String.join("; ", read.faults()));
    }
  }

  private Read content() {
    Optional<String> exposure = SecretFile.exposure(file);
    if (exposure.isPresent()) {
      return new Read(Map.of(), List.of(exposure.get()));
    }
    try {
      return UserLines.read(Files.readAllLines(file), ownLogin);
    } catch (CharacterCodingException e) {
      return new Read(Map.of(), List.of("is not UTF-8; save it as that"));
    } catch (IOException e) {
      return new Read(
          Map.of(), List.of("can't be read; check that it is there and its permissions"));
    }
  }

  /** Null where it can't be looked at. */
  private @Nullable Version version() {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      return new Version(found.lastModifiedTime(), found.size(), found.fileKey());
    } catch (IOException e) {
      return null;
    }
  }
}
