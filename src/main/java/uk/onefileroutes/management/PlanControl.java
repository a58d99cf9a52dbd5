package uk.onefileroutes.management;

import java.util.List;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import uk.onefileroutes.management.Operations.PlanOutputs;

/** The MBean {@code onefile:type=Plan}. Thread-safe. */
@ManagedResource(description = "What would happen with a file; sends nothing and changes nothing")
public final class PlanControl {
  private final Operations operations;

  public PlanControl(Operations operations) {
    this.operations = operations;
  }

  @ManagedOperation(
      description =
          "What would happen with a file: the absolute path of one in a drop"
              + " folder, the spool or the archive, or the number or name of one that came in. As JSON")
  public String plan(String file) {
    return planBy(file, "", "");
  }

  @ManagedOperation(
      description =
          "The same by the feed of this name, empty for the only one; and writes rows, requests, or"
              + " both (rows,requests) into files, whose names the answer has")
  public String planBy(String file, String feed, String outputs) {
    List<String> wanted = List.of(outputs.split(",", -1));
    return Jmx.json(
        () ->
            operations.plan(
                file, feed, new PlanOutputs(wanted.contains("rows"), wanted.contains("requests"))));
  }

  @ManagedOperation(
      description =
          "How an export differs from another one of its feed: slots added, changed and gone; both as"
              + " in plan, the new one first. As JSON")
  public String compare(String file, String against) {
    return Jmx.json(() -> operations.compare(file, against, ""));
  }
}
