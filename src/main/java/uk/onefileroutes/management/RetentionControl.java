package uk.onefileroutes.management;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import uk.onefileroutes.ledger.LedgerException;
import uk.onefileroutes.management.AuditTrail.AuditEntry;
import uk.onefileroutes.management.AuditTrail.Outcome;
import uk.onefileroutes.retention.Retention;
import uk.onefileroutes.shown.Causes;

/** The MBean {@code onefile:type=Retention}. Thread-safe. */
@ManagedResource(description = "How long data is kept, and what is deleted")
public final class RetentionControl {
  private final Retention retention;
  private final Operations operations;
  private final AuditTrail trail;

  public RetentionControl(Retention retention, Operations operations, AuditTrail trail) {
    this.retention = retention;
    this.operations = operations;
    this.trail = trail;
  }

  @ManagedOperation(description = "Deletes expired data now, as it is done each night")
  public String purge() {
    try {
      return trail.note(
          new AuditEntry("purge", "expired data", "some or none"),
          () -> {
            try {
              return Outcome.of("deleted " + retention.purge(), "none");
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException | LedgerException e) {
      throw new IllegalStateException(
          "It was not done, or not wholly; ask for it again: " + Causes.words(e));
    }
  }

  @ManagedOperation(
      description =
          "Removes a learner from ledger and archive, by the Onefile id. This can't be undone")
  public String erase(String learner) {
    return Jmx.sentence(() -> operations.erase(learner));
  }
}
