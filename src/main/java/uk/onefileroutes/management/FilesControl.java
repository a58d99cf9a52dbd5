package uk.onefileroutes.management;

import java.util.List;
import java.util.Map;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import uk.onefileroutes.management.Operations.ReleaseChoice;
import uk.onefileroutes.management.Operations.RowChoice;
import uk.onefileroutes.management.Operations.SlotChoice;

/** The MBean {@code onefile:type=Files}. Thread-safe. */
@ManagedResource(description = "The files that came in, and what a person can do with them")
public final class FilesControl {
  private final StatusReader status;
  private final Operations operations;

  public FilesControl(StatusReader status, Operations operations) {
    this.status = status;
    this.operations = operations;
  }

  @ManagedAttribute(
      description = "Files that need something yet and the newest others; assignments by state")
  public List<Map<String, Object>> getFiles() {
    return Json.table(status.files());
  }

  @ManagedAttribute(description = "Files that wait for a person to release or cancel them")
  public long getHeldFiles() {
    return status.heldFiles();
  }

  @ManagedOperation(description = "Lets a held file go to delivery; by its number or name")
  public String release(String file) {
    return Jmx.sentence(() -> operations.release(file, ReleaseChoice.ALL));
  }

  @ManagedOperation(
      description =
          "Lets a held file go to delivery if it would send just what a dry run showed; by its number"
              + " or name and the digest of that plan")
  public String releasePlan(String file, String digest) {
    return Jmx.sentence(
        () -> operations.release(file, new ReleaseChoice(digest.strip(), null, null)));
  }

  @ManagedOperation(
      description =
          "Lets those assignments of a held file go to delivery that are not known to replace"
              + " anybody; the rest stays held. By its number or name")
  public String releaseAdds(String file) {
    return Jmx.sentence(
        () -> operations.release(file, new ReleaseChoice(null, ReleaseChoice.ADDS, null)));
  }

  @ManagedOperation(
      description =
          "Lets so many assignments of a held file go to delivery, in its order; the rest stays held."
              + " By its number or name")
  public String releaseFirst(String file, String count) {
    return Jmx.sentence(
        () ->
            operations.release(
                file, new ReleaseChoice(null, null, Jmx.number(count, "a number of assignments"))));
  }

  @ManagedOperation(
      description =
          "Sends nothing more of a file; by its number or name. Its sender gets results all the"
              + " same")
  public String cancel(String file) {
    return Jmx.sentence(() -> operations.cancel(file));
  }

  @ManagedOperation(
      description =
          "Gives the slots that a file changed back what they held before, by a file that is planned"
              + " and sent as any; by its number or name")
  public String undo(String file) {
    return Jmx.sentence(() -> operations.undo(file, false));
  }

  @ManagedOperation(description = "What an undo of a file would do; by its number or name. As JSON")
  public String planUndo(String file) {
    return Jmx.json(() -> operations.undo(file, true));
  }

  @ManagedOperation(
      description =
          "Sends the blocked and rejected assignments of a file again; by its number or name")
  public String retry(String file) {
    return Jmx.sentence(() -> operations.retry(RowChoice.file(file)));
  }

  @ManagedOperation(
      description =
          "Sends all blocked and rejected assignments with a code again, such as NOT_FOUND")
  public String retryCode(String code) {
    return Jmx.sentence(() -> operations.retry(RowChoice.code(code)));
  }

  @ManagedOperation(
      description =
          "Sends all blocked and rejected assignments of a learner again; by the Onefile id")
  public String retryLearner(String learner) {
    return Jmx.sentence(() -> operations.retry(RowChoice.learner(learner)));
  }

  @ManagedOperation(description = "Sends all blocked assignments again")
  public String retryBlocked() {
    return Jmx.sentence(() -> operations.retry(RowChoice.ALL_BLOCKED));
  }

  @ManagedOperation(
      description =
          "Makes one assignment now, as a file of one row would; ids, or misid:, email: and title:"
              + " with a value. Standard and unit may be empty")
  public String apply(
      String learner, String role, String kind, String assignee, String standard, String unit) {
    return Jmx.sentence(
        () ->
            operations.apply(
                new WantedAssignment(
                    learner,
                    role,
                    kind,
                    assignee,
                    standard.isBlank() ? null : standard,
                    unit.isBlank() ? null : unit)));
  }

  @ManagedOperation(
      description = "How such an assignment stands; by the number of its file. As JSON")
  public String applied(String file) {
    return Jmx.json(() -> operations.applied(file));
  }

  @ManagedOperation(
      description =
          "Makes a backup of the embedded ledger now, and deletes those that are too many")
  public String backup() {
    return Jmx.sentence(operations::backup);
  }

  @ManagedOperation(
      description =
          "Forgets what the slots hold that a file names, so that the next file sends them; by its"
              + " number or name")
  public String forget(String file) {
    return Jmx.sentence(() -> operations.forget(SlotChoice.file(file)));
  }

  @ManagedOperation(
      description =
          "Forgets what the slots of a learner hold, so that the next file sends them; by the"
              + " Onefile id")
  public String forgetLearner(String learner) {
    return Jmx.sentence(() -> operations.forget(SlotChoice.learner(learner)));
  }

  @ManagedOperation(
      description = "Forgets what all slots hold: the next full export is sent row by row")
  public String forgetAll() {
    return Jmx.sentence(() -> operations.forget(SlotChoice.ALL));
  }

  @ManagedOperation(
      description =
          "A file, and its first assignments that need a person, each with what was tried; by its number"
              + " or name. As JSON")
  public String details(String file) {
    return Jmx.json(() -> operations.details(file));
  }

  @ManagedOperation(
      description =
          "What was tried for a row of a file, and what came of it; by the file's number or name"
              + " and result_row. As JSON")
  public String history(String file, String row) {
    return Jmx.json(() -> operations.history(file, Jmx.number(row, "the number of a row")));
  }
}
