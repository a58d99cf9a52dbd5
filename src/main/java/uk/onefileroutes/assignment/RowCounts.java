package uk.onefileroutes.assignment;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many rows were given which code since the process started, each time one was given; for
 * meters. Thread-safe.
 */
public final class RowCounts {
  private final Map<Code, LongAdder> counts = new EnumMap<>(Code.class);

  public RowCounts() {
    for (Code code : Code.values()) {
      counts.put(code, new LongAdder());
    }
  }

  /** So many more rows have this code. */
  public void add(Code code, long rows) {
    of(code).add(rows);
  }

  /** How many had it. */
  public long count(Code code) {
    return of(code).sum();
  }

  private LongAdder of(Code code) {
    LongAdder count = counts.get(code);
    if (count == null) {
      throw new IllegalArgumentException(code.name());
    }
    return count;
  }
}
