package uk.onefileroutes.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import uk.onefileroutes.assignment.Ids;
import uk.onefileroutes.feed.Column;
import uk.onefileroutes.shown.Shown;

/**
 * What someone should know about the cells of a file, as far as they were read: ids that were
 * written in a way of their own, and columns in which there is none. Bounded by the number of
 * columns. Not thread-safe.
 */
final class CellNotes {
  private static final int SHOWN = 40;

  private final Map<Named, Tally> columns = new LinkedHashMap<>();
  private long row;

  /**
   * A column of ids.
   *
   * @param header as the sender calls it
   * @param column what it is for
   * @param key by which the feed says so; empty where its own name does
   */
  record Named(String header, Column column, String key) {}

  private static final class Tally {
    private long row;
    private long values;
    private long ids;
    private long addresses;
    private long converted;
    private String example = "";
  }

  /** Says which row's cells follow. */
  void begin(long number) {
    row = number;
  }

  /** Takes a cell that is not empty, and what it was taken for; the same of a row counts once. */
  void add(Named column, String cell, String id) {
    Tally tally = columns.computeIfAbsent(column, named -> new Tally());
    if (tally.row == row) {
      return;
    }
    tally.row = row;
    tally.values++;
    tally.ids += Ids.parse(id) == null ? 0 : 1;
    tally.addresses += id.indexOf('@') > 0 ? 1 : 0;
    if (!cell.equals(id) && Ids.parse(id) != null) {
      tally.example =
          tally.converted++ == 0 ? "%s is read as %s".formatted(cell, id) : tally.example;
    }
  }

  /** A sentence each. */
  List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    columns.forEach(
        (column, tally) -> {
          if (tally.ids == 0) {
            sentences.add(noId(column, tally.addresses == tally.values));
          }
          if (tally.converted > 0) {
            sentences.add(
                "%s: %s written in another way than Onefile's, such as: %s."
                    .formatted(
                        Shown.line(column.header, SHOWN),
                        tally.converted == 1
                            ? "1 id is"
                            : String.format(Locale.UK, "%,d ids are", tally.converted),
                        Shown.line(tally.example, 2 * SHOWN)));
          }
        });
    return sentences;
  }

  private static String noId(Named column, boolean areAddresses) {
    String header = Shown.line(column.header, SHOWN);
    String word = column.column.word();
    if (column.key.isEmpty()) {
      return "No cell of %s is an id; does another column have the ids? Name that by column.%s."
          .formatted(header, word);
    }
    String remedy =
        areAddresses && column.key.startsWith("column.") && column.column != Column.STANDARD
            ? "e-mail addresses belong to column." + word.replace("_id", "_email")
            : "is " + column.key + " right?";
    return "No cell of %s, mapped to %s, is an id; %s"
        .formatted(header, word, remedy.endsWith("?") ? remedy : remedy + ".");
  }
}
