package uk.onefileroutes.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.management.Refusal;
import uk.onefileroutes.management.Refused;
import uk.onefileroutes.shown.Causes;

/**
 * A file of the user who gave the command, as the running instance can read it: by the network it
 * reads nothing but what is its own. So a file from elsewhere is copied into the data folder for as
 * long as the command takes; what a command that was killed leaves there goes with the next start.
 */
final class PlanInput implements AutoCloseable {
  private final String file;
  private final @Nullable Path folder;

  private PlanInput(String file, @Nullable Path folder) {
    this.file = file;
    this.folder = folder;
  }

  /**
   * @param file the absolute path of a file, or anything else, which is left as it is
   * @throws Refused if it can't be copied
   */
  static PlanInput to(Path dataFolder, String file) throws Refused {
    Path folder = dataFolder.resolve("dryrun").resolve("shown-" + UUID.randomUUID());
    try {
      Path source = Path.of(file);
      if (!source.isAbsolute() || !Files.isRegularFile(source)) {
        return new PlanInput(file, null);
      }
      Files.createDirectories(folder);
      PlanInput input = new PlanInput(folder.resolve(source.getFileName()).toString(), folder);
      try {
        Files.copy(source, Path.of(input.file));
        return input;
      } catch (IOException e) {
        input.close();
        throw e;
      }
    } catch (InvalidPathException e) {
      return new PlanInput(file, null);
    } catch (IOException e) {
      throw new Refused(
          new Refusal(
              Refusal.Code.USAGE,
              "%s can't be copied to where the running instance reads, the data folder %s (%s)."
                  .formatted(file, dataFolder, Causes.words(e)),
              "Run the command as the user of the instance and with its --data, or drop the file as"
                  + " *.dryrun.csv"));
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
