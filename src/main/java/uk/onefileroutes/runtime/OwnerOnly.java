package uk.onefileroutes.runtime;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * Makes folders and files that only their owner may look into, whatever the umask is; and sees who
 * else may look into one. Where the file system has no such rights (Windows) those of the folder
 * around it hold. Stateless.
 */
final class OwnerOnly {
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OF_OTHERS =
      EnumSet.of(
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);

  private OwnerOnly() {}

  /**
   * Makes a folder, and those around it as everybody makes folders. One that is there keeps its
   * rights: they are its operator's choice.
   */
  static void folder(Path folder) throws IOException {
    Path absolute = folder.toAbsolutePath();
    if (Files.isDirectory(absolute)) {
      return;
    }
    Path around = absolute.getParent();
    if (around != null) {
      Files.createDirectories(around);
    }
    try {
      Files.createDirectory(absolute, rights(absolute, FOLDER));
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(absolute)) { // else somebody else made it meanwhile
        throw e;
      }
    }
  }

  /**
   * Makes an empty file in a folder that is there; one that is there already is closed to others.
   */
  static void file(Path file) throws IOException {
    try {
      Files.createFile(file, rights(file, FILE));
    } catch (FileAlreadyExistsException e) {
      close(file);
    }
  }

  /** Takes a file or folder away from all but its owner. */
  static void close(Path path) throws IOException {
    if (hasRights(path)) {
      Files.setPosixFilePermissions(path, Files.isDirectory(path) ? FOLDER : FILE);
    }
  }

  /**
   * Whether everybody on this machine may look into it: by its own rights, and through all folders
   * around it. False where it is not there. Its group is not asked: whom an operator puts into it
   * is meant to see the folder.
   */
  static boolean isOpenToAll(Path path) {
    try {
      Path real = path.toRealPath();
      if (!hasRights(real)
          || Files.getPosixFilePermissions(real).stream().noneMatch(OF_OTHERS::contains)) {
        return false;
      }
      for (Path around = real.getParent(); around != null; around = around.getParent()) {
        if (!Files.getPosixFilePermissions(around).contains(PosixFilePermission.OTHERS_EXECUTE)) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      return false; // that it is not there, or not ours, is said by who needs it
    }
  }

  private static FileAttribute<?>[] rights(Path path, Set<PosixFilePermission> rights) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(rights)}
        : new FileAttribute<?>[0];
  }

  private static boolean hasRights(Path path) {
    return Files.getFileAttributeView(path, PosixFileAttributeView.class) != null;
  }
}
