package uk.onefileroutes.ledger;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Invalid rows of a dry run that have the same fault.
 *
 * @param row the first of them
 * @param rows how many they are
 */
public record SameFault(long row, long rows, String codes, String message) {
  /** By where a fault is it differs from any other. */
  private static final Pattern LINE = Pattern.compile("^Line \\d+: ");

  /** The first different faults of these rows, each with how many of all rows have it. */
  static List<SameFault> first(int most, Iterator<DryRunRows.PlannedRow> rows) {
    Map<String, SameFault> faults = new LinkedHashMap<>();
    while (rows.hasNext()) {
      StoredRow row = rows.next().row();
      String message = LINE.matcher(String.valueOf(row.note().message())).replaceFirst("");
      String codes = String.valueOf(row.note().codes());
      String key = codes + " " + message;
      SameFault same = faults.get(key);
      if (same != null) {
        faults.put(key, new SameFault(same.row, same.rows + 1, codes, message));
      } else if (faults.size() < most) {
        faults.put(key, new SameFault(row.row(), 1, codes, message));
      }
    }
    return List.copyOf(faults.values());
  }
}
