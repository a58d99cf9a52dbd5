package uk.onefileroutes.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import uk.onefileroutes.ledger.Ledger;
import uk.onefileroutes.ledger.LedgerLogin;

/** A ledger that no file was accepted in. It is made once: to copy it is much quicker. */
public final class EmptyLedger {
  private static final byte[] BYTES = made();

  private EmptyLedger() {}

  /** Puts one into a data folder that has none. */
  public static void putInto(Path data) {
    Path file = file(data);
    if (Files.exists(file)) {
      return;
    }
    try {
      Files.createDirectories(data);
      Files.write(file, BYTES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] made() {
    try {
      Path folder = Files.createTempDirectory("empty-ledger-");
      Path file = file(folder);
      Ledger.open(LedgerLogin.embedded(folder), "onefile").close();
      byte[] bytes = Files.readAllBytes(file);
      Files.delete(file);
      Files.delete(folder);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path file(Path data) {
    return LedgerLogin.embedded(data).file().orElseThrow();
  }
}
