package uk.onefileroutes.management;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
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
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<List<Map<String, Object>>> TABLE = new TypeReference<>() {};
  private static final int NEWEST = 50;
  private static final int MOST = 10_000;

  private final AuditLog audit;

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
    private static EntryNow of(AuditLog.Entry entry) {
      return new EntryNow(
          entry.no(),
          entry.at().toString(),
          entry.who(),
          entry.way(),
          entry.action(),
          entry.subject(),
          entry.before(),
          entry.after());
    }
  }

  public AuditControl(AuditLog audit) {
    this.audit = audit;
  }

  @ManagedAttribute(description = "The newest 50 actions, newest first")
  public List<Map<String, Object>> getNewest() {
    return JSON.convertValue(newest(NEWEST), TABLE);
  }

  @ManagedOperation(description = "So many of the newest actions, newest first. As JSON")
  public String entries(String most) {
    if (!most.strip().matches("[0-9]{1,5}")) {
      throw new IllegalArgumentException("\"" + most + "\" is not a number up to 10000.");
    }
    return DeliveryControl.json(newest(Math.min(Integer.parseInt(most.strip()), MOST)));
  }

  /** So many of the newest. */
  public List<EntryNow> newest(int most) {
    return audit.newest(most).stream().map(EntryNow::of).toList();
  }
}
