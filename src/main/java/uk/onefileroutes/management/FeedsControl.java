package uk.onefileroutes.management;

import java.util.List;
import java.util.Map;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;

/** The MBean {@code onefile:type=Feeds}. Thread-safe. */
@ManagedResource(description = "Where files come from, and whether they can")
public final class FeedsControl {

  private final StatusReader status;

  public FeedsControl(StatusReader status) {
    this.status = status;
  }

  @ManagedAttribute(description = "All feeds; when each was last looked into, UTC")
  public List<Map<String, Object>> getFeeds() {
    return Json.table(status.feeds());
  }

  @ManagedAttribute(description = "Feeds whose last look failed")
  public long getFailingFeeds() {
    return status.feeds().stream().filter(feed -> feed.listing().failure() != null).count();
  }
}
