package uk.onefileroutes.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import uk.onefileroutes.shown.Shown;
import uk.onefileroutes.table.Dialect;
import uk.onefileroutes.table.Row;
import uk.onefileroutes.table.Table;

/**
 * Puts our columns behind a row's own. The row's text is repeated as it is wherever our columns
 * then line up with the header; else it is padded, cut, or quoted again.
 */
final class RowText {
  private final Dialect dialect;
  private final CSVFormat format;
  private final String headerText;
  private final int width;
  private final BitSet dropped;

  private RowText(Table table, BitSet dropped) {
    this.dialect = table.dialect();
    this.format = dialect.format();
    this.headerText = table.headerText();
    this.width = table.columns().size();
    this.dropped = dropped;
  }

  /** Repeats all columns. */
  static RowText of(Table table) {
    return new RowText(table, new BitSet());
  }

  /** Repeats all columns but these, which an earlier rejects file brought along. */
  static RowText without(List<String> names, Table table) {
    BitSet dropped = new BitSet();
    for (int i = 0; i < table.columns().size(); i++) {
      dropped.set(i, names.contains(table.columns().get(i).strip().toLowerCase(Locale.ROOT)));
    }
    return new RowText(table, dropped);
  }

  String header(List<String> ours) {
    StringBuilder line = new StringBuilder();
    List<String> own = dropped.isEmpty() ? List.of(headerText) : kept(dialect.rawCells(headerText));
    join(line, own);
    for (String cell : ours) {
      line.append(dialect.delimiter()).append(cell);
    }
    return line.append(dialect.lineEnd()).toString();
  }

  /** The row's line with our cells, line end included. */
  String line(Row row, List<String> ours) {
    StringBuilder line = new StringBuilder(row.text().length() + 160);
    List<String> surplus = List.of();
    boolean asItIs = row.isWellFormed() && row.cells().size() == width && dropped.isEmpty();
    if (asItIs) {
      line.append(row.text());
    } else {
      List<String> cells = cells(row);
      surplus = cells.subList(Math.min(width, cells.size()), cells.size());
      List<String> own = new ArrayList<>(cells.subList(0, Math.min(width, cells.size())));
      own.addAll(Collections.nCopies(width - own.size(), ""));
      join(line, kept(own));
    }
    for (String cell : ours) {
      printBehind(line, harmless(cell));
    }
    for (String cell : surplus) {
      line.append(dialect.delimiter()).append(cell);
    }
    return line.append(dialect.lineEnd()).toString();
  }

  private List<String> cells(Row row) {
    return row.isWellFormed()
        ? dialect.rawCells(row.text())
        : row.cells().stream().map(this::quoted).toList();
  }

  private String quoted(String cell) {
    StringBuilder printed = new StringBuilder();
    printBehind(printed, cell);
    return printed.substring(1);
  }

  private List<String> kept(List<String> cells) {
    List<String> kept = new ArrayList<>(cells.size());
    for (int i = 0; i < cells.size(); i++) {
      if (!dropped.get(i)) {
        kept.add(cells.get(i));
      }
    }
    return kept;
  }

  private void join(StringBuilder line, List<String> cells) {
    for (int i = 0; i < cells.size(); i++) {
      if (i > 0) {
        line.append(dialect.delimiter());
      }
      line.append(cells.get(i));
    }
  }

  /** Appends the delimiter and the cell, in quotes where it needs them. */
  private void printBehind(StringBuilder line, String cell) {
    if (isPlain(cell)) {
      line.append(dialect.delimiter()).append(cell);
      return;
    }
    try {
      format.print(cell, line, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Whether a cell needs no quotes in any reader's eyes; most of ours don't, and then printing is
   * cheap.
   */
  private boolean isPlain(String cell) {
    for (int i = 0; i < cell.length(); i++) {
      char c = cell.charAt(i);
      boolean inside = i > 0 && i < cell.length() - 1;
      if (c == dialect.delimiter() || c == dialect.quote() || (c <= '#' && !(c == ' ' && inside))) {
        return false;
      }
    }
    return true;
  }

  /**
   * A cell of ours that no spreadsheet takes for a formula, and that holds nothing that steers who
   * shows it: an answer from far away may contain anything.
   */
  private static String harmless(String cell) {
    String line = Shown.line(cell);
    String begun = cell.stripLeading();
    boolean isFormula =
        !begun.isEmpty() && ("=+-@".indexOf(begun.charAt(0)) >= 0 || cell.charAt(0) < ' ');
    return isFormula ? "'" + line : line;
  }
}
