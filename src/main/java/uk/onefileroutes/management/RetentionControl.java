package uk.onefileroutes.management;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import uk.onefileroutes.ledger.ActionRefused;
import uk.onefileroutes.ledger.LedgerException;
import uk.onefileroutes.management.Journal.Deed;
import uk.onefileroutes.management.Journal.Done;
import uk.onefileroutes.retention.Erasure;
import uk.onefileroutes.retention.Retention;

/** The MBean {@code onefile:type=Retention}. Thread-safe. */
@ManagedResource(description = "What is kept, and what is taken away")
public final class RetentionControl {
  private final Retention retention;
  private final Erasure erasure;
  private final Journal journal;

  public RetentionControl(Retention retention, Erasure erasure, Journal journal) {
    this.retention = retention;
    this.erasure = erasure;
    this.journal = journal;
  }

  @ManagedOperation(
      description = "Takes away now what is older than it is kept, as it is done each night")
  public String purge() {
    return sayingWhatFailed(
        () ->
            journal.note(
                new Deed("purge", "what is older than it is kept", "some or nothing there"),
                () -> {
                  try {
                    Retention.Purged purged = retention.purge();
                    return new Done("took away " + purged, "nothing there");
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                }));
  }

  @ManagedOperation(
      description =
          "Removes a learner from ledger and archive, by the Onefile id. This can't be undone")
  public String erase(String learner) {
    return sayingWhatFailed(
        () ->
            FilesControl.asked(
                () -> {
                  long id = OnefileId.of(learner);
                  return journal.keep(
                      new Deed("erase", "learner " + id, "kept, if known"), () -> erase(id));
                }));
  }

  private Done erase(long learner) throws ActionRefused {
    try {
      Erasure.Erased erased = erasure.erase(learner);
      return new Done(
          "erased learner %d: %d rows; of archived files %d had rows emptied, %d were deleted"
              .formatted(learner, erased.rows(), erased.emptied(), erased.deleted()),
          "not known");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sayingWhatFailed(Supplier<String> what) {
    try {
      return what.get();
    } catch (UncheckedIOException | LedgerException e) {
      throw new IllegalStateException(
          "It was not done, or not wholly; ask for it again: " + e.getMessage());
    }
  }
}
