package uk.onefileroutes.runtime;

import org.apache.camel.Variable;
import org.quartz.SchedulerException;
import org.quartz.TriggerKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.onefileroutes.ledger.FileEntry;

/**
 * How a stage wakes the next one: the tick of that stage comes now instead of within its second.
 * Only a hint. What there is to do stands in the ledger, and the next tick would find it too; so a
 * wake that is lost costs a second, and one too many a query. Quartz still runs no stage twice at
 * once, and makes one tick of all wakes that come while one runs. Never fails; thread-safe.
 */
public final class Wake {
  private static final Logger LOG = LoggerFactory.getLogger(Wake.class);
  private static final TriggerKey PLANNING = new TriggerKey("next", "plan");
  private static final String DELIVERY = "deliver";
  private static final String REPORTS = "report";

  private final Triggers triggers;

  Wake(Triggers triggers) {
    this.triggers = triggers;
  }

  /** A file was accepted. */
  public void planning() {
    now(PLANNING);
  }

  /** Requests may be due. */
  public void delivery() {
    all(DELIVERY);
  }

  /** A file may be owed an answer. */
  public void report(@Variable("file") FileEntry file) {
    now(new TriggerKey("due-" + file.feed(), REPORTS));
  }

  /** Files of any feed may be owed an answer. */
  public void reports() {
    all(REPORTS);
  }

  private void all(String group) {
    try {
      triggers.of(group).forEach(this::now);
    } catch (SchedulerException e) {
      LOG.debug("Can't wake {}: {}", group, e.getMessage());
    }
  }

  private void now(TriggerKey key) {
    try {
      triggers.fireNow(key);
    } catch (SchedulerException e) { // it stops, or the tick comes all the same
      LOG.debug("Can't wake {}: {}", key, e.getMessage());
    }
  }
}
