package uk.onefileroutes.management;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import uk.onefileroutes.assignment.RowState;
import uk.onefileroutes.ledger.ActionRefused;
import uk.onefileroutes.ledger.AttemptLog;
import uk.onefileroutes.ledger.Backlog;
import uk.onefileroutes.ledger.FileActions;
import uk.onefileroutes.ledger.FileActions.Cancelled;
import uk.onefileroutes.ledger.FileActions.Retried;
import uk.onefileroutes.ledger.FileEntry;
import uk.onefileroutes.ledger.LedgerException;
import uk.onefileroutes.ledger.RetryOf;
import uk.onefileroutes.ledger.Slots;
import uk.onefileroutes.ledger.SlotsOf;
import uk.onefileroutes.management.Journal.Deed;
import uk.onefileroutes.management.Journal.Done;
import uk.onefileroutes.shown.Shown;

/**
 * The MBean {@code onefile:type=Files}, and what the commands do where no instance runs.
 * Thread-safe.
 */
@ManagedResource(description = "The files that came in, and what a person can do with them")
public final class FilesControl {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<List<Map<String, Object>>> TABLE = new TypeReference<>() {};

  private final StatusReader status;
  private final FileActions actions;
  private final Slots slots;
  private final Histories histories;
  private final InstantSource clock;
  private final Journal journal;
  private final BackupTaker backups;

  /** What the ledger has for it. */
  public record Store(FileActions actions, Slots slots, AttemptLog history) {}

  public FilesControl(
      StatusReader status, Store store, BackupTaker backups, InstantSource clock, Journal journal) {
    this.backups = backups;
    this.status = status;
    this.actions = store.actions();
    this.slots = store.slots();
    this.histories = new Histories(store.history());
    this.clock = clock;
    this.journal = journal;
  }

  @ManagedAttribute(
      description = "Files that need something yet and the newest others; rows by state")
  public List<Map<String, Object>> getFiles() {
    return JSON.convertValue(status.files(), TABLE);
  }

  @ManagedAttribute(description = "Files that wait for a person to release or cancel them")
  public long getHeldFiles() {
    return status.heldFiles();
  }

  @ManagedOperation(description = "Lets a held file go to delivery; by its number or name")
  public String release(String file) {
    return asked(
        () -> {
          FileEntry held = actions.find(file);
          return journal.keep(
              new Deed("release", named(held), standing(held.no())),
              () -> {
                FileEntry released = actions.release(held.no());
                return new Done("released " + named(released), standing(released.no()));
              });
        });
  }

  @ManagedOperation(
      description =
          "Sends nothing more of a file; by its number or name. Its sender gets results all the"
              + " same")
  public String cancel(String file) {
    return asked(
        () -> {
          FileEntry entry = actions.find(file);
          return journal.keep(
              new Deed("cancel", named(entry), standing(entry.no())),
              () -> {
                Cancelled cancelled = actions.cancel(entry.no(), clock.instant());
                return new Done(
                    "cancelled %s: %s"
                        .formatted(
                            named(cancelled.file()),
                            cancelled.isStillRead()
                                ? "it is still being read, and nothing of it will be sent"
                                : RowState.words(cancelled.tally())),
                    standing(entry.no()));
              });
        });
  }

  @ManagedOperation(
      description = "Sends the blocked and rejected rows of a file again; by its number or name")
  public String retry(String file) {
    return asked(() -> retried(RetryOf.file(actions.find(file).no())));
  }

  @ManagedOperation(
      description = "Sends all blocked and rejected rows with a code again, such as NOT_FOUND")
  public String retryCode(String code) {
    return asked(() -> retried(RetryOf.code(code.strip())));
  }

  @ManagedOperation(
      description = "Sends all blocked and rejected rows of a learner again; by the Onefile id")
  public String retryLearner(String learner) {
    return asked(() -> retried(RetryOf.learner(OnefileId.of(learner))));
  }

  @ManagedOperation(description = "Sends all blocked rows again")
  public String retryBlocked() {
    return asked(() -> retried(RetryOf.allBlocked()));
  }

  @ManagedOperation(
      description =
          "Makes a backup of the embedded ledger now, and deletes those that are too many")
  public String backup() {
    try {
      return journal.note(
          new Deed("backup", "the ledger", "backups are made each night"),
          () -> {
            try {
              Path made = backups.take();
              return new Done("backed up the ledger to " + made, made + " is there");
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException | LedgerException e) {
      throw new IllegalStateException("The ledger could not be backed up: " + e.getMessage());
    }
  }

  @ManagedOperation(
      description =
          "Forgets what the slots hold that a file names, so that the next file sends them; by its"
              + " number or name")
  public String forget(String file) {
    return asked(() -> forgotten(SlotsOf.file(actions.find(file).no())));
  }

  @ManagedOperation(
      description =
          "Forgets what the slots of a learner hold, so that the next file sends them; by the"
              + " Onefile id")
  public String forgetLearner(String learner) {
    return asked(() -> forgotten(SlotsOf.learner(OnefileId.of(learner))));
  }

  @ManagedOperation(
      description = "Forgets what all slots hold: the next full export is sent row by row")
  public String forgetAll() {
    return asked(() -> forgotten(SlotsOf.all()));
  }

  @ManagedOperation(
      description =
          "A file, and its first rows that need a person, each with what was tried; by its number"
              + " or name. As JSON")
  public String details(String file) {
    return asked(
        () -> {
          FileEntry entry = actions.find(file);
          return DeliveryControl.json(histories.of(status.file(entry.no()).orElseThrow()));
        });
  }

  @ManagedOperation(
      description =
          "What was tried for a row of a file, and what came of it; by the file's number or name"
              + " and result_row. As JSON")
  public String history(String file, String row) {
    return asked(
        () -> {
          long no = actions.find(file).no();
          if (!row.strip().matches("[0-9]{1,10}")) {
            throw new ActionRefused("\"" + row + "\" is not the number of a row.");
          }
          List<Histories.RowNow> rows = histories.row(no, Long.parseLong(row.strip()));
          if (rows.isEmpty()) {
            throw new ActionRefused("File %d has no row %s.".formatted(no, row.strip()));
          }
          return DeliveryControl.json(rows);
        });
  }

  private String forgotten(SlotsOf which) throws ActionRefused {
    return journal.keep(
        new Deed("forget", ("slots " + which).strip(), "some or none known"),
        () -> {
          long forgotten = slots.forget(which);
          return new Done(
              forgotten == 0
                  ? "no slot %s was known; nothing is forgotten".formatted(which)
                  : "forgot what %d slots %s hold; the next file that names them sends them"
                      .formatted(forgotten, which),
              "none known, %d were".formatted(forgotten));
        });
  }

  private String retried(RetryOf which) throws ActionRefused {
    return journal.keep(
        new Deed("retry", ("rows" + which).strip(), backlog()),
        () -> {
          Retried retried = actions.retry(which, clock.instant());
          return new Done(
              retried.why() != null
                  ? uncapitalised(retried.why())
                  : "asked to retry%s: %d rows are sent again, %d are superseded by newer ones"
                      .formatted(which, retried.retried(), retried.superseded()),
              backlog());
        });
  }

  /** As a part of a line; {@link Journal} makes a sentence of it again. */
  private static String uncapitalised(String sentence) {
    return Character.toLowerCase(sentence.charAt(0))
        + sentence.substring(1).replaceFirst("\\.$", "");
  }

  private static String named(FileEntry file) {
    return "file %d, %s".formatted(file.no(), Shown.line(file.name()));
  }

  /** How a file stands, for the audit. */
  private String standing(long no) {
    return status
        .file(no)
        .map(
            file ->
                (file.state() + " " + Objects.requireNonNullElse(file.code(), "")).strip()
                    + file.rows().entrySet().stream()
                        .map(rows -> ", %d %s".formatted(rows.getValue(), rows.getKey()))
                        .collect(Collectors.joining()))
        .orElse("");
  }

  private String backlog() {
    Backlog backlog = status.counts();
    return "%d rows blocked, %d requests open".formatted(backlog.blocked(), backlog.open());
  }

  interface Asked {
    String doIt() throws ActionRefused;
  }

  /** JMX knows what can be sent over a wire; the sentence can. */
  static String asked(Asked what) {
    try {
      return what.doIt();
    } catch (ActionRefused e) {
      throw new IllegalArgumentException(e.getMessage());
    }
  }
}
