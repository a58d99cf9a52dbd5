package uk.onefileroutes.keys;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** A file that holds a secret: who else may read it. Stateless. */
public final class SecretFile {
  /**
   * Where container platforms put secrets, with rights of their own that nobody can change; there
   * is nobody else in a container.
   */
  private static final Path BY_PLATFORM = Path.of("/run/secrets");

  private static final int ROOT = 0;
  private static final Set<PosixFilePermission> OF_OTHERS =
      EnumSet.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);
  private static final Set<PosixFilePermission> OF_GROUP =
      EnumSet.of(PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE);

  private SecretFile() {}

  /**
   * Who may read or change it who should not, and the remedy. Empty where nobody may, where the
   * file is not there, and where the file system knows no such rights (Windows). A group may read a
   * file that belongs to somebody else: that is how root gives a secret to a service.
   */
  public static Optional<String> exposure(Path file) {
    return exposure(file, ownUser());
  }

  /** The same for a process of this user, as the system numbers it. */
  static Optional<String> exposure(Path file, int user) {
    if (file.toAbsolutePath().normalize().startsWith(BY_PLATFORM)) {
      return Optional.empty();
    }
    try {
      PosixFileAttributeView view =
          Files.getFileAttributeView(file.toRealPath(), PosixFileAttributeView.class);
      if (view == null) {
        return Optional.empty();
      }
      Set<PosixFilePermission> rights = view.readAttributes().permissions();
      boolean isOurs = Files.getAttribute(file, "unix:uid").equals(user);
      // chmod 600 on a file of root's would shut the process itself out
      String remedy =
          isOurs || user == ROOT
              ? "chmod 600 " + file
              : "as root: chown %d %s && chmod 600 %s".formatted(user, file, file);
      if (OF_OTHERS.stream().anyMatch(rights::contains)) {
        return Optional.of("everybody on this machine may read or change it; " + remedy);
      }
      return isOurs && OF_GROUP.stream().anyMatch(rights::contains)
          ? Optional.of("the group of the file may read or change it; " + remedy)
          : Optional.empty();
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return Optional.empty(); // that it can't be read is said by who reads it
    }
  }

  /**
   * Who this process runs as, from the system's list of processes where there is one: Java's own
   * answer is 0 for a user without an entry in /etc/passwd, such as that of a container.
   */
  private static int ownUser() {
    try {
      return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return (int) new UnixSystem().getUid();
    }
  }
}
