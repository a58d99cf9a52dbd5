package uk.onefileroutes.management;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.delivery.AccountGuard;
import uk.onefileroutes.management.Journal.Deed;
import uk.onefileroutes.management.Journal.Done;

/** The MBean {@code onefile:type=Delivery}. Thread-safe. */
@ManagedResource(description = "What is left to send, and whether it may go")
public final class DeliveryControl {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final StatusReader status;
  private final AccountGuard guard;
  private final Check check;
  private final Journal journal;

  public DeliveryControl(StatusReader status, AccountGuard guard, Check check, Journal journal) {
    this.status = status;
    this.guard = guard;
    this.check = check;
    this.journal = journal;
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

  @ManagedAttribute(description = "Rows that wait for a person")
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
    return json(status.read());
  }

  @ManagedOperation(description = "Sends nothing until resumed, also after a restart")
  public String pause(String why) {
    if (why.isBlank()) {
      throw new IllegalArgumentException("Say why: whoever is next must know.");
    }
    return journal.note(
        new Deed("pause", "delivery", guard.standing()),
        () -> {
          guard.pauseByHand(why.strip());
          return new Done("paused delivery: %s".formatted(why.strip()), guard.standing());
        });
  }

  @ManagedOperation(
      description =
          "Goes on now: ends a pause by hand, and the wait after an outage or a refused login. A"
              + " pause that Onefile asked for stays")
  public String resume() {
    return journal.note(
        new Deed("resume", "delivery", guard.standing()),
        () -> {
          guard.resumeByHand();
          return new Done("resumed delivery", guard.standing());
        });
  }

  @ManagedOperation(
      description =
          "Looks whether everything is there: folders, ledger, Onefile's login (one call), SFTP. As"
              + " JSON")
  public String check() {
    return json(check.run());
  }

  /** As JSON, on several lines. */
  public static String json(Object status) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(status);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
