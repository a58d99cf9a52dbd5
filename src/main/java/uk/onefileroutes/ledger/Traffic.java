package uk.onefileroutes.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What came of the calls of the last 24 hours, by half hours. Half hours that are over are counted
 * once and remembered; only the newest two are counted again, as a call may end shortly before a
 * half hour does and be settled after it. Changes nothing. Thread-safe.
 */
public final class Traffic {
  private static final long SECONDS = 1800;
  private static final int SLICES = 48;

  /** Who looks all the time, or from many places, gets the same answer for so long. */
  private static final Duration FRESH = Duration.ofSeconds(3);

  static final String COUNT =
      "SELECT slice, COUNT(*) AS calls,"
          + " SUM(CASE WHEN code IN ('SENT', 'ALREADY_ASSIGNED') THEN 1 ELSE 0 END) AS delivered,"
          + " SUM(CASE WHEN code = 'RETRY' THEN 1 ELSE 0 END) AS again"
          + " FROM (SELECT FLOOR(EXTRACT(EPOCH FROM a.ended_at) / "
          + SECONDS
          + ") AS slice, a.code AS code FROM attempt a JOIN file f ON f.no = a.file_no"
          + " WHERE a.ended_at >= ? AND a.ended_at < ? AND f.account = ?) t GROUP BY slice";

  private final Ledger ledger;

  /** Half hours in which there were calls, by their number since 1970. */
  private final NavigableMap<Long, Slice> counted = new TreeMap<>();

  /** All half hours from the first number to before the second are counted for good. */
  private long countedFrom;

  private long countedUntil;
  private @Nullable Instant countedAt;

  /**
   * Half an hour.
   *
   * @param from its first moment
   * @param delivered calls that Onefile accepted
   * @param failed calls that left a row rejected or blocked
   * @param again calls that failed and are made again
   */
  public record Slice(Instant from, long delivered, long failed, long again) {
    public long calls() {
      return delivered + failed + again;
    }
  }

  Traffic(Ledger ledger) {
    this.ledger = ledger;
  }

  /** The 48 half hours up to the one that it is now, oldest first. */
  synchronized List<Slice> lastDay(Instant now) {
    long last = number(now);
    long first = last - SLICES + 1;
    if (!isFresh(now)) {
      count(first, last);
      countedAt = now;
    }
    List<Slice> slices = new ArrayList<>(SLICES);
    for (long slice = first; slice <= last; slice++) {
      slices.add(counted.getOrDefault(slice, new Slice(start(slice), 0, 0, 0)));
    }
    return slices;
  }

  private boolean isFresh(Instant now) {
    return countedAt != null
        && !now.isBefore(countedAt) // the clock was put back
        && now.isBefore(countedAt.plus(FRESH));
  }

  private void count(long first, long last) {
    boolean isKept = countedFrom <= first && first <= countedUntil && countedUntil < last;
    long from = isKept ? countedUntil : first;
    List<Slice> found =
        ledger.read(
            connection ->
                Sql.query(connection, COUNT, start(from), start(last + 1), ledger.account())
                    .list(Traffic::slice));
    counted.headMap(first).clear();
    counted.tailMap(from).clear();
    found.forEach(slice -> counted.put(number(slice.from()), slice));
    countedFrom = first;
    countedUntil = last - 1;
  }

  private static Slice slice(ResultSet row) throws SQLException {
    long delivered = row.getLong("delivered");
    long again = row.getLong("again");
    return new Slice(
        start(row.getLong("slice")), delivered, row.getLong("calls") - delivered - again, again);
  }

  private static long number(Instant instant) {
    return Math.floorDiv(instant.getEpochSecond(), SECONDS);
  }

  private static Instant start(long number) {
    return Instant.ofEpochSecond(number * SECONDS);
  }
}
