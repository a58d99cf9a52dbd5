package uk.onefileroutes.config;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Optional;
import uk.onefileroutes.keys.Key;
import uk.onefileroutes.keys.KeyTable.Topic;
import uk.onefileroutes.keys.Keys;
import uk.onefileroutes.keys.Type;
import uk.onefileroutes.ledger.LedgerLogin;
import uk.onefileroutes.retention.Retention;

/** The keys of what is kept: the ledger, its backups, and for how long data stays. */
final class StorageKeys {
  static final Topic TOPIC = Topic.ofProcess("the ledger, and how long data is kept");

  static final Key<String> URL =
      TOPIC.add(
          Key.text("ledger.url")
              .example(
                  "jdbc:h2:plain:/var/lib/onefile/ledger;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=30000;TRACE_LEVEL_FILE=0;QUERY_CACHE_SIZE=256")
              .absent("the file ledger.mv.db in the data folder")
              .means(
                  "Where the ledger is kept, a JDBC URL of H2 or PostgreSQL. PostgreSQL: jdbc:postgresql://<host>:<port>/<database>, and for another machine how the way there is encrypted, such as ?sslmode=verify-full&sslrootcert=<file>; the manual's page Install says more. H2: WRITE_DELAY=0 must be there: without it H2 may lose the last half second of answers. Other settings that it may have: DB_CLOSE_ON_EXIT=FALSE, LOCK_TIMEOUT, CACHE_SIZE and QUERY_CACHE_SIZE with a number, TRACE_LEVEL_FILE=0; all others, and a ledger in memory, are refused. Only one instance at a time works on a ledger."));

  static final Key<String> USER =
      TOPIC.add(
          Key.text("ledger.user")
              .orElse("ledger")
              .means("The login of that ledger, with ledger.url only."));

  static final Key<String> PASSWORD =
      TOPIC.add(
          Key.secret("ledger.password")
              .absent("empty")
              .means("Its password; for an empty one leave the key out."));

  static final Key<Optional<LocalTime>> BACKUP_AT =
      TOPIC.add(
          Key.of("ledger.backup.at", Type.timeOrNever())
              .orElse("02:30")
              .means(
                  "When the embedded ledger is backed up into backup/ of the data folder: a time of day on the clocks of delivery.zone, or never."));

  static final Key<Integer> BACKUP_KEEP =
      TOPIC.add(
          Key.of("ledger.backup.keep", Type.number(1, 1000))
              .orElse("7")
              .means("How many backups are kept; the oldest is deleted when a new one is complete.")
              .raised("More disk."));

  static final Key<Integer> DISK_FLOOR =
      TOPIC.add(
          Key.of("disk.floor-mib", Type.number(0, 1 << 20))
              .orElse("200")
              .means(
                  "How much must be free on the disk of the data folder, in MiB: below it the alarm DISK is raised, and the instance is not ready. It keeps working meanwhile. 0: never.")
              .raised("The alarm is raised earlier."));

  static final Key<Optional<LocalTime>> RETENTION_AT =
      TOPIC.add(
          Key.of("retention.at", Type.timeOrNever())
              .orElse("03:30")
              .means(
                  "When expired data is deleted: a time of day on the clocks of delivery.zone, or never. What slots hold is kept for ever."));

  static final Key<Duration> ARCHIVE =
      TOPIC.add(
          age("retention.archive", "90d")
              .means(
                  "How long after a file's end its input is kept in archive/ or refused/ of the data folder. Afterwards its assignments can't be retried.")
              .raised("Personal data stays longer."));

  static final Key<Duration> RESULTS =
      TOPIC.add(
          age("retention.results", "90d")
              .means(
                  "How long results and rejects stay in folders of this machine; those that went out by SFTP are not touched.")
              .raised("Personal data stays longer."));

  static final Key<Duration> ROWS =
      TOPIC.add(
          age("retention.rows", "400d")
              .means(
                  "How long assignments, and what was sent for them, stay in the ledger; not shorter than retention.archive.")
              .raised("More disk."));

  static final Key<Duration> ATTEMPTS =
      TOPIC.add(
          age("retention.attempts", "90d")
              .means("How long the outcome of each call stays in the ledger.")
              .raised("More disk."));

  static final Key<Duration> AUDIT =
      TOPIC.add(
          age("retention.audit", "730d")
              .means("How long the audit is kept: what people did.")
              .raised("More disk."));

  private StorageKeys() {}

  private static Key<Duration> age(String name, String byDefault) {
    return Key.of(name, Type.duration("1d", "36500d")).orElse(byDefault);
  }

  static LedgerLogin ledger(Keys keys, Path dataFolder) {
    Optional<String> url = keys.find(URL);
    String user = keys.get(USER);
    String password = keys.secret(PASSWORD);
    if (url.isEmpty()) {
      return LedgerLogin.embedded(dataFolder);
    }
    // without its value: a password in it may be written in ways that are not recognised
    LedgerUrl.faults(url.get()).forEach(fault -> keys.fault(URL + ": " + fault));
    return new LedgerLogin(url.get(), user, password == null ? "" : password);
  }

  static Configuration.Backup backup(Keys keys) {
    return new Configuration.Backup(keys.get(BACKUP_AT), keys.get(BACKUP_KEEP));
  }

  static Retention.Ages retention(Keys keys) {
    Duration archive = keys.get(ARCHIVE);
    Duration rows = keys.get(ROWS);
    if (rows.compareTo(archive) < 0) {
      keys.refuse(
          ROWS,
          "shorter than retention.archive",
          "keep assignments at least as long as the files that they came in");
    }
    return new Retention.Ages(
        keys.get(RETENTION_AT),
        archive,
        keys.get(RESULTS),
        rows,
        keys.get(ATTEMPTS),
        keys.get(AUDIT));
  }
}
