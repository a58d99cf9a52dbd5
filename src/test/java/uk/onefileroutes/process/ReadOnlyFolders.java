package uk.onefileroutes.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Folders into which nothing can be put, and from which nothing can be taken, for a while; by root
 * neither, where the file system can do that. Files in them that are open stay as they are.
 */
final class ReadOnlyFolders implements AutoCloseable {
  private static final Path CHATTR = Path.of("/usr/bin/chattr");

  private final Map<Path, Set<PosixFilePermission>> before = new LinkedHashMap<>();

  /** Whether this user can do that here. */
  static boolean arePossible(Path folder) throws IOException {
    Path tried = Files.createDirectories(folder.resolve("tried"));
    try (ReadOnlyFolders folders = new ReadOnlyFolders()) {
      folders.add(tried);
      return !Files.isWritable(tried);
    }
  }

  void add(Path folder) throws IOException {
    before.put(folder, Files.getPosixFilePermissions(folder));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
    chattr("+i", folder);
  }

  void remove(Path folder) throws IOException {
    Set<PosixFilePermission> permissions = before.remove(folder);
    if (permissions != null) {
      chattr("-i", folder);
      Files.setPosixFilePermissions(folder, permissions);
    }
  }

  @Override
  public void close() throws IOException {
    for (Path folder : Set.copyOf(before.keySet())) {
      remove(folder);
    }
  }

  /** Where it is refused, the permissions must do. */
  private static void chattr(String flag, Path folder) throws IOException {
    if (!Files.isExecutable(CHATTR)) {
      return;
    }
    try {
      Process process =
          new ProcessBuilder(CHATTR.toString(), flag, folder.toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      boolean unused = process.waitFor(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
