package uk.onefileroutes.plan;

import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.onefileroutes.ledger.ComingDays;
import uk.onefileroutes.ledger.Releases;

/**
 * The step of {@code open-days}: rows with {@code effective_from} get in line when their day opens.
 * May run again, and is cut off by nothing: a start completes it. Thread-safe.
 */
public final class DayOpening {
  private static final Logger LOG = LoggerFactory.getLogger(DayOpening.class);

  private final ComingDays days;
  private final Releases releases;
  private final InstantSource clock;

  public DayOpening(ComingDays days, Releases releases, InstantSource clock) {
    this.days = days;
    this.releases = releases;
    this.clock = clock;
  }

  /** Lets rows get in line whose day has opened. */
  public void open() {
    for (long file : days.open(clock.instant())) {
      releases.queueLearners(file);
      LOG.info("File {}: rows whose effective_from has come are sent now", file);
    }
  }
}
