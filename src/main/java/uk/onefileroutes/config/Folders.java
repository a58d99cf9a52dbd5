package uk.onefileroutes.config;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The three folders of an instance, absolute.
 *
 * @param config keys and feeds
 * @param routes Camel's routes
 * @param data everything that is written
 */
public record Folders(Path config, Path routes, Path data) {

  /**
   * The folders that were asked for. Where nothing was, {@code config} and {@code routes} are those
   * of the working directory, or else those beside the jar, and {@code data} is that of the working
   * directory.
   */
  public static Folders of(@Nullable Path config, @Nullable Path routes, @Nullable Path data) {
    return new Folders(
        absolute(config == null ? hereOrBesideJar("config") : config),
        absolute(routes == null ? hereOrBesideJar("routes") : routes),
        absolute(data == null ? Path.of("data") : data));
  }

  private static Path hereOrBesideJar(String name) {
    Path here = Path.of(name);
    Path jar = jarFolder();
    if (Files.isDirectory(here) || jar == null) {
      return here;
    }
    // beside the jar, or beside the build folder that it was built into
    Path beside = jar.resolve(name);
    Path above = jar.resolveSibling(name);
    return Files.isDirectory(beside) || !Files.isDirectory(above) ? beside : above;
  }

  private static @Nullable Path jarFolder() {
    try {
      return Path.of(Folders.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .getParent();
    } catch (URISyntaxException | IllegalArgumentException e) {
      return null; // not started from a file: then there is nothing beside it
    }
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }
}
