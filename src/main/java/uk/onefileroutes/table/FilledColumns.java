package uk.onefileroutes.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uk.onefileroutes.assignment.EmptyWords;

/** In how many rows each column that is read has a value. Not thread-safe. */
public final class FilledColumns {
  private final List<String> names = new ArrayList<>();
  private final List<Integer> places = new ArrayList<>();
  private final EmptyWords empty;
  private final long[] filled;
  private long rows;

  /**
   * @param columns where each column is, by its name
   */
  FilledColumns(Map<String, Integer> columns, EmptyWords empty) {
    columns.forEach(
        (name, place) -> {
          names.add(name);
          places.add(place);
        });
    this.empty = empty;
    this.filled = new long[names.size()];
  }

  /** None at all. */
  static FilledColumns none() {
    return new FilledColumns(Map.of(), new EmptyWords(Set.of()));
  }

  void add(List<String> cells) {
    rows++;
    for (int i = 0; i < filled.length; i++) {
      filled[i] += empty.has(Cells.trim(cells.get(places.get(i)))) ? 0 : 1;
    }
  }

  /** Rows that were counted: those that ask for something and whose cells could be read. */
  public long rows() {
    return rows;
  }

  /** In how many of them each column has a value, by its name. */
  public Map<String, Long> byName() {
    Map<String, Long> byName = new LinkedHashMap<>();
    for (int i = 0; i < filled.length; i++) {
      byName.put(names.get(i), filled[i]);
    }
    return byName;
  }
}
