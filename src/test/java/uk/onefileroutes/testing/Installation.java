package uk.onefileroutes.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** What the zip unpacks to, as far as a start needs it; the libraries are linked, not copied. */
public final class Installation {
  private Installation() {}

  /**
   * Makes one in this folder, which may not be there yet.
   *
   * @param jar as it was built, with its libraries beside it
   */
  public static Path make(Path home, Path jar) throws IOException {
    Files.createDirectories(home);
    Files.createSymbolicLink(home.resolve("lib"), jar.resolveSibling("lib").toAbsolutePath());
    Files.copy(jar, home.resolve(jar.getFileName()));
    // copied: Camel looks into no folder that is a link
    copy(all(Path.of("routes")), Files.createDirectory(home.resolve("routes")));
    copy(List.of(Path.of("src/assembly/start.sh")), home);
    return home;
  }

  private static List<Path> all(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static void copy(List<Path> files, Path folder) throws IOException {
    for (Path file : files) {
      Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
    }
  }
}
