package uk.onefileroutes.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.config.ConfigurationFault;
import uk.onefileroutes.config.ConfigurationParts;
import uk.onefileroutes.config.Folders;
import uk.onefileroutes.ledger.ActionRefused;
import uk.onefileroutes.ledger.AuditLog;
import uk.onefileroutes.ledger.LedgerException;
import uk.onefileroutes.ledger.LedgerLogin;
import uk.onefileroutes.ledger.LedgerMove;
import uk.onefileroutes.management.Caller;
import uk.onefileroutes.management.Refusal.Code;
import uk.onefileroutes.management.Refused;
import uk.onefileroutes.pace.PaceTime;
import uk.onefileroutes.shown.Causes;

/** Moves the ledger to another database, while no instance runs. For one thread. */
public final class LedgerMoving {
  private final Folders folders;
  private final Target target;
  private final PaceTime time;

  /**
   * Where to, as a command line says it.
   *
   * @param to a URL, or {@value ConfigurationParts#EMBEDDED}
   * @param user empty for the one by default
   * @param passwordFile null for none
   */
  public record Target(String to, String user, @Nullable String passwordFile) {
    /** Whether it is the file in the data folder. */
    public boolean isEmbedded() {
      return to.equals(ConfigurationParts.EMBEDDED);
    }
  }

  /** Is told how far it is: rows that were written or read back, of how many. */
  @FunctionalInterface
  public interface Watcher {
    void done(long done, long total);
  }

  /**
   * A table that is in both ledgers now.
   *
   * @param digest of its rows, in whatever order: 64 digits
   */
  public record Table(String name, long rows, String digest) {}

  /**
   * What came of it.
   *
   * @param at an instant: from when on the ledger is at the other place
   * @param rows in all tables
   * @param tables empty where only the last step was left from a move that was cut off
   */
  public record Moved(String from, String to, String at, long rows, List<Table> tables) {
    public Moved {
      tables = List.copyOf(tables);
    }
  }

  public LedgerMoving(Folders folders, Target target, PaceTime time) {
    this.folders = folders;
    this.target = target;
    this.time = time;
  }

  /**
   * Does it, as {@link LedgerMove} says: after a crash or a failure it may run again. In the audit
   * of both ledgers.
   *
   * @throws ConfigurationFault if one of the two can't be a ledger's place
   * @throws Refused if it can't be moved there; then nothing changed
   * @throws StartFailure if one of the two can't be opened, read or written; then the ledger is
   *     where it was
   */
  public Moved move(Watcher watcher) throws ConfigurationFault, Refused, StartFailure {
    LedgerLogin to =
        ConfigurationParts.otherLedger(folders, target.to, target.user, target.passwordFile);
    LedgerLogin from = ConfigurationParts.ledger(folders);
    if (from.file().filter(file -> !Files.exists(file)).isPresent()) {
      throw StartFailure.environment(
          "there is no ledger at %s; name the data folder with --data".formatted(from),
          new IOException("no ledger"));
    }
    try (LedgerMove move = LedgerMove.open(from, to)) {
      if (to.file().isPresent()) { // the database made it by the umask; no row is in it yet
        OwnerOnly.close(to.file().get());
      }
      LedgerMove.Moved moved = move.run(entry(from), watcher::done);
      return new Moved(
          from.toString(),
          to.toString(),
          moved.at().toString(),
          moved.tables().stream().mapToLong(LedgerMove.Table::rows).sum(),
          moved.tables().stream()
              .map(table -> new Table(table.name(), table.rows(), table.digest()))
              .toList());
    } catch (ActionRefused e) {
      throw new Refused(Code.NOT_POSSIBLE, String.valueOf(e.getMessage()));
    } catch (LedgerException e) { // its sentences are ours
      throw StartFailure.environment(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw StartFailure.environment(
          "the rights of the ledger %s can't be set: %s".formatted(to, Causes.words(e)), e);
    }
  }

  private AuditLog.NewEntry entry(LedgerLogin from) {
    Caller caller = Caller.ofProcess("command");
    return new AuditLog.NewEntry(
        time.instant(), caller.who(), caller.way(), "move", "ledger", "in " + from);
  }
}
