package uk.onefileroutes.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.management.Refusal;
import uk.onefileroutes.management.Refusal.Code;
import uk.onefileroutes.management.Refused;

/** The file of {@code --out}: a new one, and whole or not there. Stateless. */
final class OutFile {
  private OutFile() {}

  /**
   * Before anything is done.
   *
   * @param out null: none is wanted
   * @throws Refused if there is such a file
   */
  static void refuseExisting(@Nullable Path out) throws Refused {
    if (out != null && Files.exists(out)) {
      throw new Refused(
          new Refusal(Code.USAGE, out + " exists already.", "Name another file with --out."));
    }
  }

  static void write(Path out, String text) throws IOException {
    Path part = Files.writeString(part(out), text);
    Files.move(part, out.toAbsolutePath(), StandardCopyOption.ATOMIC_MOVE);
  }

  static void copy(Path from, Path out) throws IOException {
    Path part = Files.copy(from, part(out), StandardCopyOption.REPLACE_EXISTING);
    Files.move(part, out.toAbsolutePath(), StandardCopyOption.ATOMIC_MOVE);
  }

  private static Path part(Path out) {
    Path to = out.toAbsolutePath();
    return to.resolveSibling("." + to.getFileName() + ".part");
  }
}
