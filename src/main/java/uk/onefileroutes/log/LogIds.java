package uk.onefileroutes.log;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import uk.onefileroutes.route.ExchangeEnd;

/**
 * The ids that the lines of a thread carry: numbers and names that the bundle gave itself, never
 * anything of a row. Immutable.
 */
public final class LogIds {
  private static final String FEED = "feed";
  private static final String FILE = "file";
  private static final String ROW = "row";

  private final Map<String, String> ids;

  private LogIds(Map<String, String> ids) {
    this.ids = ids;
  }

  public static LogIds ofFeed(String feed) {
    return new LogIds(Map.of(FEED, feed));
  }

  public static LogIds ofFile(String feed, long file) {
    return new LogIds(Map.of(FEED, feed, FILE, Long.toString(file)));
  }

  public static LogIds ofRow(String feed, long file, long row) {
    return new LogIds(Map.of(FEED, feed, FILE, Long.toString(file), ROW, Long.toString(row)));
  }

  /** From now on, until {@link #leave}. */
  public void enter() {
    ids.forEach(MDC::put);
  }

  /** The end of {@link #enter}. */
  public void leave() {
    ids.keySet().forEach(MDC::remove);
  }

  /**
   * Until this exchange is over, however it ends; then what was there before is there again. The
   * exchange must end on the thread that it is on.
   */
  public void during(Exchange exchange) {
    Map<String, @Nullable String> before = replaced();
    ExchangeEnd.of(exchange, () -> restore(before));
  }

  /** While this runs. */
  public void around(Runnable work) {
    Map<String, @Nullable String> before = replaced();
    try {
      work.run();
    } finally {
      restore(before);
    }
  }

  private Map<String, @Nullable String> replaced() {
    Map<String, @Nullable String> before = new LinkedHashMap<>();
    ids.keySet().forEach(id -> before.put(id, MDC.get(id)));
    enter();
    return before;
  }

  private static void restore(Map<String, @Nullable String> before) {
    before.forEach(
        (id, value) -> {
          if (value == null) {
            MDC.remove(id);
          } else {
            MDC.put(id, value);
          }
        });
  }
}
