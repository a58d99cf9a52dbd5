package uk.onefileroutes.management;

import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.jspecify.annotations.Nullable;

/** The MBean {@code onefile:type=Delivery}. Thread-safe. */
@ManagedResource(description = "What is left to send, and whether it may go")
public final class DeliveryControl {
  private final StatusReader status;
  private final Operations operations;

  public DeliveryControl(StatusReader status, Operations operations) {
    this.status = status;
    this.operations = operations;
  }

  @ManagedAttribute(description = "Requests that are not final")
  public long getOpenRequests() {
    return status.counts().open();
  }

  @ManagedAttribute(description = "Requests that are on their way now")
  public long getRequestsInFlight() {
    return status.counts().inFlight();
  }

  @ManagedAttribute(description = "Requests that failed for now and will be tried again")
  public long getWaitingRequests() {
    return status.counts().waiting();
  }

  @ManagedAttribute(description = "Assignments that wait for a person")
  public long getBlockedRows() {
    return status.counts().blocked();
  }

  @ManagedAttribute(description = "When the oldest file with an open request was accepted, UTC")
  public @Nullable String getOldestAcceptedAt() {
    return status.backlog().oldestAcceptedAt();
  }

  @ManagedAttribute(description = "When the last open request will be sent, UTC")
  public @Nullable String getExpectedFinishAt() {
    return status.backlog().expectedFinishAt();
  }

  @ManagedAttribute(description = "Everything that the command status shows, as JSON")
  public String getStatus() {
    return Jmx.json(operations::status);
  }

  @ManagedOperation(description = "Sends nothing until resumed, also after a restart")
  public String pause(String why) {
    return Jmx.sentence(() -> operations.pause(why));
  }

  @ManagedOperation(
      description =
          "Goes on now: ends a pause by hand, and the wait after an outage or a refused login. A"
              + " pause that Onefile asked for stays")
  public String resume() {
    return Jmx.sentence(operations::resume);
  }

  @ManagedOperation(
      description =
          "Looks whether everything is there: folders, ledger, Onefile's login (one call), SFTP. As"
              + " JSON")
  public String check() {
    return Jmx.json(operations::check);
  }
}
