package uk.onefileroutes.process;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import uk.onefileroutes.process.ChaosRow.Ask;
import uk.onefileroutes.process.ChaosRow.Slot;

/** A file that a sender drops; without rows it is not even a header, and is refused. */
record ChaosFile(String feed, String name, List<ChaosRow> rows) {
  private static final String HEADER =
      "learner_id,role,kind,assignee_id,standard_id,unit_id,status,sender_note";

  private static final String UNDO_HEADER =
      "learner_id,kind,role,assignee_id,standard_id,unit_id,undo,undo_row,undo_assignee,undo_reason";

  private static final String PART_HEADER =
      "learner_id,kind,role,assignee_id,standard_id,unit_id,of_row";

  /** A file that was made here: of its lines, the first of which is the header. */
  static ChaosFile made(ChaosData.Accepted file, List<String> lines) {
    if (!lines.get(0).equals(header(file))) {
      throw new AssertionError(file + " has the header " + lines.get(0));
    }
    Function<String, ChaosRow> row = file.undo() == null ? ChaosRow::made : ChaosRow::undo;
    return new ChaosFile(file.feed(), file.name(), lines.stream().skip(1).map(row).toList());
  }

  /** How it must begin. */
  static String header(ChaosData.Accepted file) {
    if (file.made() == null) {
      return HEADER;
    }
    return file.undo() == null ? PART_HEADER : UNDO_HEADER;
  }

  ChaosFile named(String otherFeed, String otherName) {
    return new ChaosFile(otherFeed, otherName, rows);
  }

  boolean isReadable() {
    return !rows.isEmpty();
  }

  String content() {
    return rows.stream()
        .map(ChaosRow::line)
        .collect(Collectors.joining("\n", isReadable() ? HEADER + "\n" : "", "\n"));
  }

  String sha256() {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(content().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) { // every JDK has it
      throw new IllegalStateException(e);
    }
  }

  /** Without its rows, of which there are too many to print. */
  @Override
  public String toString() {
    return "%s/%s, %d rows".formatted(feed, name, rows.size());
  }

  /** The index of the row that has the last word about each slot in this file. */
  Map<Slot, Integer> lastRows() {
    Map<Slot, Integer> last = new HashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      Ask ask = rows.get(i).ask();
      if (ask != null) {
        last.put(ask.slot(), i);
      }
    }
    return last;
  }
}
