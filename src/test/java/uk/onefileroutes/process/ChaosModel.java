package uk.onefileroutes.process;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uk.onefileroutes.process.ChaosEvidence.AnsweredRow;
import uk.onefileroutes.process.ChaosRow.Ask;
import uk.onefileroutes.process.ChaosRow.Slot;

/**
 * What Onefile may hold, from the rows and their answers alone: the last row for a slot wins. Where
 * the last word is that nobody knows, the slot may hold the old or the new.
 */
final class ChaosModel {
  static final Integer NOTHING = 0;

  private final Map<Slot, Set<Integer>> possible = new HashMap<>();
  private final Map<Place, Set<Integer>> before = new HashMap<>();
  private final List<String> wronglyUnchanged = new ArrayList<>();

  /** A row of a file. */
  private record Place(long file, int row) {}

  /** Feeds the rows in the order of acceptance. */
  static ChaosModel of(List<AnsweredRow> rows) {
    ChaosModel model = new ChaosModel();
    rows.stream().filter(row -> row.asked().ask() != null).forEach(model::apply);
    return model;
  }

  private void apply(AnsweredRow row) {
    Ask ask = row.ask();
    before.put(new Place(row.file(), row.row()), Set.copyOf(of(ask.slot())));
    switch (row.state()) {
      case "sent" -> possible.put(ask.slot(), new HashSet<>(Set.of(ask.assignee())));
      case "unchanged" -> {
        if (!of(ask.slot()).equals(Set.of(ask.assignee()))) {
          wronglyUnchanged.add(row + " is unchanged where Onefile held " + of(ask.slot()));
        }
      }
      case "superseded", "blocked" -> {
        if (row.mayBeDone() && row.asked().meaning() == ChaosRow.Meaning.ASKS) {
          of(ask.slot()).add(ask.assignee());
        }
      }
      default -> {}
    }
  }

  private Set<Integer> of(Slot slot) {
    return possible.computeIfAbsent(slot, unseen -> new HashSet<>(Set.of(NOTHING)));
  }

  /** What the slot of a row may have held before it; {@link #NOTHING} where it was empty. */
  Set<Integer> before(long file, int row) {
    return before.getOrDefault(new Place(file, row), Set.of());
  }

  /** Rows that were taken for unchanged where the slot did not hold it for sure at that time. */
  List<String> wronglyUnchanged() {
    return wronglyUnchanged;
  }

  /** Where the far side holds what it should not hold. */
  List<String> differences(Map<Slot, Integer> held) {
    List<String> differences = new ArrayList<>();
    Set<Slot> slots = new HashSet<>(possible.keySet());
    slots.addAll(held.keySet());
    for (Slot slot : slots) {
      Integer there = held.getOrDefault(slot, NOTHING);
      if (!of(slot).contains(there)) {
        differences.add(slot + " holds " + there + ", not " + of(slot));
      }
    }
    return differences;
  }
}
