package uk.onefileroutes.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file of whoever gave the command, as the running instance can read it: by the network it reads
 * nothing but what is its own. So a file from elsewhere is copied into the data folder for as long
 * as the command takes; what a command that was killed leaves there goes with the next start.
 */
final class Shown implements AutoCloseable {
  private final String file;
  private final @Nullable Path folder;

  private Shown(String file, @Nullable Path folder) {
    this.file = file;
    this.folder = folder;
  }

  /**
   * @param file the absolute path of a file, or anything else, which is left as it is
   * @throws CommandFailure if it can't be copied
   */
  static Shown to(Path dataFolder, String file) throws CommandFailure {
    Path folder = dataFolder.resolve("dryrun").resolve("shown-" + UUID.randomUUID());
    try {
      Path source = Path.of(file);
      if (!source.isAbsolute() || !Files.isRegularFile(source)) {
        return new Shown(file, null);
      }
      Files.createDirectories(folder);
      Shown shown = new Shown(folder.resolve(source.getFileName()).toString(), folder);
      try {
        Files.copy(source, Path.of(shown.file));
        return shown;
      } catch (IOException e) {
        shown.close();
        throw e;
      }
    } catch (InvalidPathException e) {
      return new Shown(file, null);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.CONFIGURATION,
          "%s can't be copied to where the running instance reads, the data folder %s (%s). Run the"
                  .formatted(file, dataFolder, e.getMessage())
              + " command as the user of the instance and with its --data, or drop the file as"
              + " *.dryrun.csv");
    }
  }

  /** What to ask the instance for. */
  String file() {
    return file;
  }

  @Override
  public void close() {
    try {
      if (folder != null) {
        Files.deleteIfExists(Path.of(file));
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
