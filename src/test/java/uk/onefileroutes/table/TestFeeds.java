package uk.onefileroutes.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import uk.onefileroutes.feed.Feed;
import uk.onefileroutes.ledger.Trust;

/** Feeds for tests. */
public final class TestFeeds {
  private TestFeeds() {}

  /** A feed with the usual folders and these further keys: key, value, key, value, ... */
  public static Feed feed(String... keysAndValues) {
    Map<String, String> keys = new HashMap<>();
    keys.put("directory", "inbox");
    keys.put("results.directory", "results");
    for (int i = 0; i < keysAndValues.length; i += 2) {
      keys.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    List<String> faults = new ArrayList<>();
    return Feed.read("test", keys, Trust.FOR_EVER, faults)
        .orElseThrow(() -> new IllegalArgumentException(faults.toString()));
  }
}
