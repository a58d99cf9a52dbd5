package uk.onefileroutes.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.onefileroutes.config.Configuration;
import uk.onefileroutes.ledger.Backup;
import uk.onefileroutes.ledger.Ledger;
import uk.onefileroutes.ledger.LedgerException;
import uk.onefileroutes.management.BackupTaker;
import uk.onefileroutes.shown.Causes;

/**
 * The backups of an embedded ledger in {@code backup/} of the data folder. One at a time, whole or
 * not at all; an old one goes only after a good new one came. Thread-safe.
 */
public final class Backups implements BackupTaker {
  private static final Logger LOG = LoggerFactory.getLogger(Backups.class);
  private static final String FOLDER = "backup";
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");
  private static final Pattern OURS = Pattern.compile("ledger-\\d{8}-\\d{6}\\.zip");
  private static final Pattern HALF = Pattern.compile("\\.ledger-\\d{8}-\\d{6}\\.zip\\.part");

  private final Path folder;
  private final Configuration.Backup plan;
  private final Backup ledger;
  private final InstantSource clock;
  private final ZoneId zone;
  private boolean isSaidImpossible;

  Backups(
      Path dataFolder, Configuration.Backup plan, Backup ledger, InstantSource clock, ZoneId zone) {
    this.folder = dataFolder.resolve(FOLDER);
    this.plan = plan;
    this.ledger = ledger;
    this.clock = clock;
    this.zone = zone;
  }

  /** Those of a process. */
  static Backups of(Configuration configuration, Ledger ledger, InstantSource clock) {
    return new Backups(
        configuration.folders().data(),
        configuration.backup(),
        new Backup(ledger),
        clock,
        configuration.delivery().zone());
  }

  /**
   * The nightly one, if there is to be one. What fails is tried again the next night; the old ones
   * stay.
   */
  public void nightly() {
    try {
      if (plan.at().isPresent() && isPossible()) {
        Path backup = take();
        LOG.info("Ledger backed up to {}, {} KiB", backup, Files.size(backup) >> 10);
      }
    } catch (IOException | LedgerException e) {
      LOG.error(
          "BACKUP: the ledger could not be backed up: {}. The earlier backups in {} are untouched;"
              + " it is tried again the next night, or now with the command backup",
          Causes.words(e),
          folder);
    }
  }

  private boolean isPossible() {
    boolean isPossible = ledger.isPossible();
    if (!isPossible && !isSaidImpossible) {
      isSaidImpossible = true;
      LOG.warn(
          "BACKUP: this ledger is not an embedded one; back it up by the means of its database, and"
              + " set ledger.backup.at=never");
    }
    return isPossible;
  }

  @Override
  public synchronized Path take() throws IOException {
    if (!ledger.isPossible()) {
      throw new IOException("this ledger is not an embedded one; use the means of its database");
    }
    Files.createDirectories(folder);
    // before anything is in it: the copy is made by the database, with its rights
    OwnerOnly.close(folder);
    delete(HALF, 0); // a crash left them
    String name = "ledger-" + STAMP.format(LocalDateTime.ofInstant(clock.instant(), zone)) + ".zip";
    Path part = folder.resolve("." + name + ".part");
    Path backup = folder.resolve(name);
    try {
      ledger.to(part);
      OwnerOnly.close(part);
      Files.move(part, backup, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
    delete(OURS, plan.keep());
    return backup;
  }

  /** All but the newest so many of these names, which sort as their times do. */
  private void delete(Pattern names, int butNewest) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> old =
          files
              .filter(file -> names.matcher(file.getFileName().toString()).matches())
              .sorted(Comparator.comparing(Path::getFileName).reversed())
              .skip(butNewest)
              .toList();
      for (Path file : old) {
        Files.delete(file);
      }
    }
  }
}
