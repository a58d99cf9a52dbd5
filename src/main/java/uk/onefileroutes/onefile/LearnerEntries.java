package uk.onefileroutes.onefile;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Some of the entries of a learner's list, as they come page by page. It ends where all that are
 * wanted are found, or with a page that brings nothing new: one that is merely short may be cut by
 * a limit of Onefile's own. Used by one thread at a time.
 */
public final class LearnerEntries {
  private static final int MAX_PAGES = 40;

  private final LearnerList list;
  private final long learner;
  private final Set<String> wanted;
  private final Set<JsonNode> seen = new HashSet<>();
  private final Map<String, JsonNode> found = new HashMap<>();
  private int pages;
  private boolean isAtEnd;
  private boolean isUnclear;

  /**
   * @param wanted catalogue ids of standards or units
   */
  public LearnerEntries(LearnerList list, long learner, Set<String> wanted) {
    this.list = list;
    this.learner = learner;
    this.wanted = Set.copyOf(wanted);
  }

  /** The call for the next page. */
  public OnefileCall next() {
    return list.page(learner, pages + 1);
  }

  /**
   * Takes what the call for that page brought.
   *
   * @return false if it is no list; then nothing changes
   */
  public boolean take(Reading.Found answer) {
    Optional<List<JsonNode>> page = Listing.of(answer.status(), answer.text());
    if (page.isEmpty()) {
      return false;
    }
    pages++;
    boolean isNew = false;
    for (JsonNode entry : page.get()) {
      if (seen.add(entry)) {
        isNew = true;
        add(entry);
      }
    }
    isAtEnd = !isNew;
    return true;
  }

  private void add(JsonNode entry) {
    String id = list.idOf(entry);
    if (id.isEmpty()) {
      isUnclear = true;
    } else if (entry.path("UserID").asLong(learner) == learner) { // the filter may be ignored
      JsonNode unused = found.putIfAbsent(id, entry);
    }
  }

  /** Whether no further page is to be asked for. */
  public boolean isDone() {
    return isAtEnd || pages == MAX_PAGES || found.keySet().containsAll(wanted);
  }

  /** Whether what was not found is not there: the list ended, and each entry said what it is. */
  public boolean isWhole() {
    return isAtEnd && !isUnclear;
  }

  /** The ids that were found, wanted or not. */
  public Set<String> ids() {
    return Set.copyOf(found.keySet());
  }

  /** The entry for a standard or unit; empty if it was not found. */
  public Optional<JsonNode> entry(String id) {
    return Optional.ofNullable(found.get(id));
  }
}
