package uk.onefileroutes.alarm;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.onefileroutes.ledger.LedgerException;
import uk.onefileroutes.ledger.StandingAlarms;

/**
 * Writes alarms and notices down as soon as the ledger takes them. What it does not take now waits
 * here: an alarm about the disk must be raised while nothing can be written. Thread-safe.
 */
final class AlarmStore {
  private static final Logger LOG = LoggerFactory.getLogger(AlarmStore.class);

  private final StandingAlarms ledger;
  private final List<StandingAlarms.Entry> unwritten = new ArrayList<>();

  AlarmStore(StandingAlarms ledger) {
    this.ledger = ledger;
  }

  StandingAlarms ledger() {
    return ledger;
  }

  /** Adds what belongs together, and writes all that waits; what can't be written waits on. */
  synchronized void write(List<StandingAlarms.Entry> entries) {
    unwritten.addAll(entries);
    if (unwritten.isEmpty()) {
      return;
    }
    try {
      ledger.store(List.copyOf(unwritten));
      unwritten.clear();
    } catch (LedgerException e) { // which has an alarm of its own
      LOG.debug("{} changes of alarms wait for the ledger: {}", unwritten.size(), e.getMessage());
    }
  }
}
