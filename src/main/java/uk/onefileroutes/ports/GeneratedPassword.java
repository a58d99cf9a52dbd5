package uk.onefileroutes.ports;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import uk.onefileroutes.keys.SecretFile;

/**
 * The password of the ports where nobody chose one. It is kept in the data folder, readable by the
 * owner only, so that the commands of the same user find it.
 */
public final class GeneratedPassword {
  private static final String FILE = "management.password";
  private static final int BYTES = 18; // 24 characters

  private GeneratedPassword() {}

  /** Where it is kept. */
  public static Path file(Path dataFolder) {
    return dataFolder.resolve(FILE);
  }

  /**
   * The password that was generated for this data folder; empty where none was.
   *
   * @throws IOException also if others may read it by now
   */
  public static Optional<String> read(Path dataFolder) throws IOException {
    Path file = file(dataFolder);
    Optional<String> exposure = SecretFile.exposure(file);
    if (exposure.isPresent()) {
      throw new IOException(file + ": " + exposure.get());
    }
    return Files.exists(file)
        ? Optional.of(Files.readString(file).strip()).filter(password -> !password.isEmpty())
        : Optional.empty();
  }

  /** Generates one, and keeps it in place of an earlier one; whole or not at all. */
  public static String create(Path dataFolder) throws IOException {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    Path part = Files.createTempFile(dataFolder, "." + FILE, ".part", ownerOnly());
    Files.writeString(part, password + System.lineSeparator());
    Files.move(part, file(dataFolder), StandardCopyOption.ATOMIC_MOVE);
    return password;
  }

  /** Windows has no such rights; there the folder's hold. */
  private static FileAttribute<?>[] ownerOnly() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
