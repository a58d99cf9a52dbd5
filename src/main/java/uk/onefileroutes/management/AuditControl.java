package uk.onefileroutes.management;

import java.util.List;
import java.util.Map;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.ledger.AuditLog;

/** The MBean {@code onefile:type=Audit}. Thread-safe. */
@ManagedResource(description = "Who did what, when, and how things stood before and after")
public final class AuditControl {
  private static final int NEWEST = 50;

  private final Operations operations;

  /**
   * An action; the moment is UTC.
   *
   * @param after null where it was cut off, or is not over yet
   */
  public record EntryNow(
      long no,
      String at,
      String who,
      String way,
      String action,
      String subject,
      String before,
      @Nullable String after) {
    static EntryNow of(AuditLog.Entry entry) {
      AuditLog.NewEntry begun = entry.begun();
      return new EntryNow(
          entry.no(),
          begun.at().toString(),
          begun.who(),
          begun.way(),
          begun.action(),
          begun.subject(),
          begun.before(),
          entry.after());
    }
  }

  public AuditControl(Operations operations) {
    this.operations = operations;
  }

  @ManagedAttribute(description = "The newest 50 actions, newest first")
  public List<Map<String, Object>> getNewest() {
    return Json.table(Jmx.answer(() -> operations.audit(NEWEST)));
  }

  @ManagedOperation(description = "So many of the newest actions, newest first. As JSON")
  public String entries(String most) {
    return Jmx.json(
        () -> operations.audit((int) Math.min(Jmx.number(most, "a number up to 10000"), 10_000)));
  }
}
