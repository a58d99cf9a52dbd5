package uk.onefileroutes.management;

import java.io.IOException;
import java.util.List;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import uk.onefileroutes.dryrun.DryRun;
import uk.onefileroutes.dryrun.DryRunReport;
import uk.onefileroutes.dryrun.DryRuns;

/** The MBean {@code onefile:type=Plan}. Thread-safe. */
@ManagedResource(description = "What would happen with a file; sends nothing and changes nothing")
public final class PlanControl {
  /** What {@code planBy} may write besides, each a word. */
  public static final String ROWS = "rows";

  public static final String REQUESTS = "requests";

  private final DryRuns dryRuns;
  private final ReadablePlaces places;

  /**
   * @param places what whoever asks may have read
   */
  public PlanControl(DryRuns dryRuns, ReadablePlaces places) {
    this.dryRuns = dryRuns;
    this.places = places;
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
    try {
      return DeliveryControl.json(report(dryRuns, places.resolved(file), feed, outputs));
    } catch (IOException e) {
      throw new IllegalStateException("The file can't be planned: " + e.getMessage());
    }
  }

  /** The same as it is, of any file: for whoever runs this process. */
  public static DryRunReport report(DryRuns dryRuns, String file, String feed, String outputs)
      throws IOException {
    List<String> wanted = List.of(outputs.split(",", -1));
    return dryRuns.run(
        file, feed, new DryRun.Wanted(wanted.contains(ROWS), wanted.contains(REQUESTS)));
  }
}
