package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.Code;
import uk.onefileroutes.assignment.FileState;
import uk.onefileroutes.assignment.RowState;
import uk.onefileroutes.durable.Step;

/**
 * What people do with files: release, cancel, retry; and the hold that asks for it. Each verb may
 * be called again, from any thread, and after a crash. Who did it, and when, is for the caller to
 * log.
 */
public final class FileActions {
  private static final Set<FileState> RETRYABLE = Set.of(FileState.DELIVERING, FileState.DONE);

  private final Ledger ledger;
  private final Cancelling cancelling;

  /**
   * What came of a cancel.
   *
   * @param file cancelled now
   * @param tally its rows by state; some may be {@code sending} still, and end as they end
   * @param isStillRead whether it was cancelled before it was read whole: then its rows follow, and
   *     the tally is not complete
   */
  public record Cancelled(FileEntry file, Map<RowState, Long> tally, boolean isStillRead) {
    public Cancelled {
      tally = Map.copyOf(tally);
    }
  }

  /**
   * What came of a retry.
   *
   * @param retried rows that will be sent again
   * @param superseded rows that a newer one has overtaken, so that they won't
   * @param why a sentence where nothing was done at all; null otherwise
   */
  public record Retried(long retried, long superseded, @Nullable String why) {}

  public FileActions(Ledger ledger) {
    this.ledger = ledger;
    this.cancelling = new Cancelling(ledger);
  }

  /**
   * The file that a person means: its number, or its name as the feed delivered it; of several of
   * that name the newest.
   *
   * @throws ActionRefused if there is none
   */
  public FileEntry find(String nameOrNumber) throws ActionRefused {
    String wanted = nameOrNumber.strip();
    Optional<FileEntry> found =
        ledger.read(
            connection -> {
              Optional<FileEntry> numbered =
                  wanted.matches("[0-9]{1,18}")
                      ? FileEntry.find(connection, ledger.account(), Long.parseLong(wanted))
                      : Optional.empty();
              return numbered.isPresent() ? numbered : newest(connection, wanted);
            });
    return found.orElseThrow(
        () -> ActionRefused.notFound("No file has the number or the name " + wanted + "."));
  }

  private Optional<FileEntry> newest(Connection connection, String name) throws SQLException {
    return FileEntry.where(
            connection, "name = ? AND account = ? ORDER BY no DESC LIMIT 1", name, ledger.account())
        .stream()
        .findFirst();
  }

  /**
   * Holds a file that was read whole, for a person to release or cancel.
   *
   * @param approvals how many people must approve its release
   * @param code why
   * @param message the same as a sentence
   * @return false if it must not be held, since a person has released or cancelled it already: then
   *     {@link Releases#release} follows
   */
  public boolean hold(long fileNo, String code, String message, int approvals, Instant at) {
    return ledger.write(
        Step.FILE_HELD,
        connection -> {
          ledger.lock(connection);
          return Sql.update(
                  connection,
                  """
                  UPDATE file SET state = 'held', code = ?, message = ?, approvals = ? WHERE no = ?
                    AND state = 'receiving' AND NOT released_by_person""",
                  code,
                  Sql.bounded(message, 4000),
                  approvals,
                  fileNo)
              == 1;
        });
  }

  /**
   * Releases a held file: it is read once more, for much may have changed since, and then delivered
   * however it is judged.
   *
   * @throws ActionRefused if there is no such file, or it is not held
   */
  public FileEntry release(long fileNo) throws ActionRefused {
    int released =
        ledger.write(
            Step.HOLD_ENDED,
            connection -> {
              ledger.lock(connection);
              return Sql.update(
                  connection,
                  """
                  UPDATE file SET state = 'receiving', released_by_person = TRUE, code = NULL,
                    message = NULL WHERE no = ? AND account = ? AND state = 'held'""",
                  fileNo,
                  ledger.account());
            });
    FileEntry file = existing(fileNo);
    if (released == 0) {
      throw new ActionRefused(
          "File %d is %s; only a held file can be released."
              .formatted(fileNo, file.state().word()));
    }
    return file;
  }

  /**
   * Cancels a file. Nothing of it leaves once this returns; what is on its way is finished and
   * keeps its outcome, unless it would be tried again. Undelivered rows become {@code cancelled},
   * in several transactions. One that was not read whole yet is read to its end first, by the
   * caller that reads it. Again on a cancelled file, completes what was interrupted.
   *
   * @throws ActionRefused if there is no such file, or nothing of it is left to cancel
   */
  public Cancelled cancel(long fileNo, Instant at) throws ActionRefused {
    existing(fileNo);
    boolean isStillRead = cancelling.mark(fileNo);
    if (!isStillRead) {
      cancelling.sweep(fileNo, at);
    }
    return ledger.read(
        connection ->
            new Cancelled(
                FileEntry.find(connection, ledger.account(), fileNo).orElseThrow(),
                Tally.of(connection, fileNo),
                isStillRead));
  }

  /** Completes the cancels that a crash or a failure interrupted. May run again. */
  public void completeCancels(Instant at) {
    cancelling.sweepAll(at);
  }

  /**
   * Puts blocked rows, and rejected ones where a file, code or learner is named, up for sending
   * again, with all their attempts. A row whose slot a newer row of a released file asks for
   * becomes {@code superseded} instead. Their files are delivered again and get a further answer.
   * Several transactions; called again after a crash it continues with what is left.
   *
   * @throws ActionRefused if the file or the code does not exist, or the file is neither being
   *     delivered nor done
   */
  public Retried retry(RetryOf which, Instant at) throws ActionRefused {
    if (which.file() != null) {
      FileEntry file = existing(which.file());
      if (!RETRYABLE.contains(file.state())) {
        throw new ActionRefused(
            "File %d is %s; only assignments of a file that is delivering or done can be retried."
                .formatted(file.no(), file.state().word()));
      }
      if (file.stored().isEmpty()) {
        throw new ActionRefused(
            "File %d is older than what is kept; drop its rows again.".formatted(file.no()));
      }
    }
    if (which.code() != null && !isCode(which.code())) {
      throw ActionRefused.notFound("There is no code " + which.code() + ".");
    }
    Retrying retrying = new Retrying(ledger, which, at);
    retrying.run();
    boolean nothing = retrying.retried() + retrying.superseded() == 0;
    return new Retried(
        retrying.retried(), retrying.superseded(), nothing ? whyNothing(which) : null);
  }

  private String whyNothing(RetryOf which) {
    if (which.isAll()) {
      return "No assignment is blocked.";
    }
    String sentence = "No assignment" + which + " is blocked or rejected.";
    Map<RowState, Long> tally = new EnumMap<>(RowState.class);
    if (which.file() != null) {
      long no = which.file();
      tally.putAll(ledger.read(connection -> Tally.of(connection, no)));
    }
    return tally.containsKey(RowState.INVALID)
        ? sentence
            + " Invalid ones were never sent to Onefile: correct their rows and drop them again."
        : sentence;
  }

  private FileEntry existing(long fileNo) throws ActionRefused {
    return ledger
        .read(connection -> FileEntry.find(connection, ledger.account(), fileNo))
        .orElseThrow(() -> ActionRefused.notFound("There is no file " + fileNo + "."));
  }

  private static boolean isCode(String word) {
    return Arrays.stream(Code.values()).anyMatch(code -> code.name().equals(word));
  }
}
