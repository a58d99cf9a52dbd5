package uk.onefileroutes.onefile;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import uk.onefileroutes.assignment.Role;
import uk.onefileroutes.assignment.Slot;

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
  private final Map<String, List<JsonNode>> found = new HashMap<>();
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
      boolean unused = found.computeIfAbsent(id, each -> new ArrayList<>()).add(entry);
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

  /** Whether there is an entry for this standard or unit. */
  public boolean has(String id) {
    return found.containsKey(id);
  }

  /** Whom the entries name in a slot of this list. */
  public Said said(Slot slot) {
    List<JsonNode> entries = found.getOrDefault(list.idOf(slot), List.of());
    if (entries.isEmpty()) {
      return isWhole()
          ? new Said.NotListed()
          : new Said.Open(
              "Onefile's list does not end, or does not say which %s is which"
                  .formatted(list.noun()));
    }
    Role role = Role.IQA.word().equals(slot.role()) ? Role.IQA : Role.ASSESSOR;
    Set<Said> all =
        entries.stream()
            .map(entry -> LearnerList.said(entry, role))
            .collect(Collectors.toUnmodifiableSet());
    return all.size() == 1
        ? all.iterator().next()
        : new Said.Open(
            "Onefile lists the %s more than once, with different people".formatted(list.noun()));
  }
}
