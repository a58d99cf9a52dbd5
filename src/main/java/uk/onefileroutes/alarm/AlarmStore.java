package uk.onefileroutes.alarm;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.onefileroutes.ledger.LedgerAlarms;
import uk.onefileroutes.ledger.LedgerException;

/**
 * Writes alarms and notices down as soon as the ledger takes them. What it does not take now waits
 * here: an alarm about the disk must be raised while nothing can be written. Thread-safe.
 */
final class AlarmStore {
  private static final Logger LOG = LoggerFactory.getLogger(AlarmStore.class);

  private final LedgerAlarms ledger;
  private final List<LedgerAlarms.Entry> unwritten = new ArrayList<>();

  AlarmStore(LedgerAlarms ledger) {
    this.ledger = ledger;
  }

  LedgerAlarms ledger() {
    return ledger;
  }

  /** Adds what belongs together, and writes all that waits; what can't be written waits on. */
  synchronized void write(List<LedgerAlarms.Entry> entries) {
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
