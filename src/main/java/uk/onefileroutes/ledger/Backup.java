package uk.onefileroutes.ledger;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Copies of an embedded ledger, taken while it is at work. Thread-safe. */
public final class Backup {
  static final String ENDING = ".mv.db";

  private final Ledger ledger;

  public Backup(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Whether this is a ledger that can be copied so. */
  public boolean isPossible() {
    return ledger.inTransaction(
        connection ->
            connection.getMetaData().getDatabaseProductName().equals("H2")
                && Sql.query(connection, "SELECT DATABASE_PATH()")
                    .one(r -> r.getString(1) != null)
                    .orElse(false));
  }

  /**
   * Writes a ZIP file that holds everything that is committed by now, and reads it back. Nobody
   * else writes to the ledger while it is copied.
   *
   * @throws LedgerException if the ledger could not write it
   * @throws IOException if what was written can't be read
   */
  public void to(Path zip) throws IOException {
    ledger.inTransaction(connection -> Sql.update(connection, "BACKUP TO ?", zip.toString()));
    readWith(zip, OutputStream.nullOutputStream());
  }

  /**
   * Takes the ledger out of a backup; its checksum is verified.
   *
   * @throws ZipException if the file is no backup of a ledger
   */
  static void unpack(Path zip, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      readWith(zip, out);
    }
  }

  private static void readWith(Path zip, OutputStream to) throws IOException {
    try (ZipFile backup = new ZipFile(zip.toFile())) {
      ZipEntry entry =
          backup.stream()
              .filter(each -> each.getName().endsWith(ENDING))
              .findFirst()
              .orElseThrow(() -> new ZipException("no ledger is in it"));
      CheckedInputStream read =
          new CheckedInputStream(backup.getInputStream(entry), new CRC32()); // nobody else checks
      try (read) {
        long unused = read.transferTo(to);
      }
      if (read.getChecksum().getValue() != entry.getCrc()) {
        throw new ZipException("it is damaged: its checksum is wrong");
      }
    }
  }
}
