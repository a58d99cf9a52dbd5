package uk.onefileroutes.lookup;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.ledger.CentreReading.Entry;
import uk.onefileroutes.ledger.CentreReading.User;
import uk.onefileroutes.ledger.Lookup;
import uk.onefileroutes.onefile.Listing;

/**
 * What one search answered: a bare JSON array, or nothing at all where nothing was found. Of people
 * only what lookups need is kept.
 */
final class Page {
  private static final int LONGEST_ID = 64;

  private final List<JsonNode> items;

  private Page(List<JsonNode> items) {
    this.items = items;
  }

  /** The page that a 2xx brought; empty if it is none. */
  static Optional<Page> of(int status, String text) {
    return Listing.of(status, text).map(Page::new);
  }

  int size() {
    return items.size();
  }

  /** What it lists, to tell a page from the one before it. */
  List<String> ids() {
    return items.stream().map(item -> item.path("ID").asText()).toList();
  }

  /** Its accounts; what has no id is left out. */
  List<User> users(int role) {
    List<User> users = new ArrayList<>();
    for (JsonNode item : items) {
      long id = item.path("ID").asLong(0);
      if (id > 0) {
        users.add(
            new User(
                id,
                item.path("Role").asInt(role),
                Listing.isArchived(item),
                lookup(Lookup.Sort.MISID, item.path("MISID")),
                lookup(Lookup.Sort.EMAIL, item.path("Email"))));
      }
    }
    return users;
  }

  /** Its standards or units; what has no id or no title is left out. */
  List<Entry> entries(Lookup.Sort sort) {
    List<Entry> entries = new ArrayList<>();
    for (JsonNode item : items) {
      String id = item.path("ID").asText();
      Lookup title = lookup(sort, item.path("Title"));
      if (!id.isEmpty() && id.length() <= LONGEST_ID && title != null) {
        entries.add(new Entry(id, title));
      }
    }
    return entries;
  }

  private static @Nullable Lookup lookup(Lookup.Sort sort, JsonNode value) {
    String text = value.isNull() ? "" : value.asText().strip();
    return text.isEmpty() ? null : Lookup.of(sort, text);
  }
}
