package uk.onefileroutes.management;

import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import uk.onefileroutes.ledger.ActionRefused;
import uk.onefileroutes.ledger.CentreDirectory;
import uk.onefileroutes.management.AuditTrail.AuditEntry;
import uk.onefileroutes.management.AuditTrail.Outcome;

/** The MBean {@code onefile:type=Directory}. Thread-safe. */
@ManagedResource(description = "Accounts, standards and units of centres, as last read")
public final class DirectoryControl {
  private final CentreDirectory directory;
  private final Operations operations;
  private final AuditTrail trail;

  public DirectoryControl(CentreDirectory directory, Operations operations, AuditTrail trail) {
    this.directory = directory;
    this.operations = operations;
    this.trail = trail;
  }

  @ManagedOperation(
      description =
          "Has all centres read again whose directory was ever needed; it costs look-up calls, under"
              + " the pace")
  public String refresh() {
    return Jmx.kept(
        trail,
        new AuditEntry("refresh-directory", "all centres", standing()),
        () -> {
          int centres = directory.askAll();
          if (centres == 0) {
            throw new ActionRefused("No file ever needed the directory of a centre.");
          }
          return Outcome.of(
              "asked to read the directory of %d %s again"
                  .formatted(centres, centres == 1 ? "centre" : "centres"),
              standing());
        });
  }

  @ManagedOperation(
      description =
          "What assignees held who left Onefile, and nobody is known to hold since. As JSON")
  public String leavers() {
    return Jmx.json(operations::leavers);
  }

  private String standing() {
    StringBuilder text = new StringBuilder();
    for (CentreDirectory.Standing centre : directory.all()) {
      text.append(text.isEmpty() ? "" : ", ")
          .append("organisation %d ".formatted(centre.organisation()))
          .append(centre.readAt() == null ? "not read yet" : "read at " + centre.readAt())
          .append(centre.isWanted() ? ", to be read again" : "");
    }
    return text.isEmpty() ? "none" : text.toString();
  }
}
