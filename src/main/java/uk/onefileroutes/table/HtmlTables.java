package uk.onefileroutes.table;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.feed.Feed;

/**
 * The tables of a page in HTML, which many programs write and call {@code .xls}. A table within a
 * table is one of its own. Not thread-safe.
 */
final class HtmlTables implements Sheets {
  private static final Pattern COLUMNS_SPANNED = HtmlTokens.attribute("colspan");
  private static final Pattern ROWS_SPANNED = HtmlTokens.attribute("rowspan");
  private static final Pattern BLANKS = Pattern.compile("[ \\t\\r\\n\\f]+");
  private static final int MAX_DEPTH = 100;
  private static final int MAX_COLUMNS_SPANNED = 1000; // the standard's
  private static final int MAX_ROWS_SPANNED = 65_534; // the standard's

  private final Unpacked bytes;
  private final Feed feed;
  private final Encoding encoding;

  private HtmlTables(Unpacked bytes, Feed feed) throws UnreadableFile, IOException {
    this.bytes = bytes;
    this.feed = feed;
    this.encoding = Encoding.of(bytes.path(), feed.layout().charset());
  }

  static HtmlTables open(Unpacked bytes, Feed feed) throws UnreadableFile, IOException {
    return new HtmlTables(bytes, feed);
  }

  @Override
  public Sheets.@Nullable Rows open(int number) throws UnreadableFile, IOException {
    TableRows rows =
        new TableRows(
            new HtmlTokens(new TextReader(encoding.open(bytes.path()))),
            new CellRow(feed.limits().line(), feed.limits().columns()),
            number);
    try {
      if (rows.begin()) {
        return rows;
      }
    } catch (IOException | UnreadableFile | RuntimeException e) {
      rows.close();
      throw e;
    }
    rows.close();
    return null;
  }

  @Override
  public long count() {
    return 0;
  }

  @Override
  public List<String> notes() {
    return encoding.warnings();
  }

  @Override
  public void spend(Sheets.Rows rows) {
    // the file is no larger than the feed allows
  }

  @Override
  public UnreadableFile whenEmpty() {
    return Contents.unreadable(
        "This is HTML without a table that has rows.", "Export the data as CSV and send that.");
  }

  @Override
  public void close() {}

  private static final class TableRows implements Sheets.Rows {
    private final HtmlTokens tokens;
    private final CellRow row;
    private final int wanted;
    private final Deque<Integer> open = new ArrayDeque<>();
    private final Map<Integer, Long> spans =
        new HashMap<>(); // column to the last row that is taken
    private final List<Sheets.Merged> merged = new ArrayList<>();
    private final StringBuilder cell = new StringBuilder();
    private int tables;
    private long position;
    private boolean isInRow;
    private boolean isInCell;
    private boolean ended;
    private int column;
    private int across = 1;
    private int down = 1;

    TableRows(HtmlTokens tokens, CellRow row, int wanted) {
      this.tokens = tokens;
      this.row = row;
      this.wanted = wanted;
    }

    /** Goes to the table; false where there are fewer. */
    boolean begin() throws UnreadableFile, IOException {
      while (tables <= wanted) {
        switch (tokens.next()) {
          case START -> table();
          case END -> pop();
          case TEXT -> {}
          case OVER -> {
            return false;
          }
        }
      }
      return true;
    }

    private void table() throws UnreadableFile {
      if (tokens.name().equals("table")) {
        open.push(tables++);
        if (open.size() > MAX_DEPTH) {
          throw Contents.unreadable(
              "The tables of this HTML are too deep within others.",
              "Export the data as CSV and send that.");
        }
      }
    }

    private void pop() {
      if (tokens.name().equals("table") && !open.isEmpty()) {
        ended |= open.pop() == wanted;
      }
    }

    private boolean isHere() {
      return !open.isEmpty() && open.peek() == wanted;
    }

    @Override
    public @Nullable Draft next() throws UnreadableFile, IOException {
      while (!ended) {
        Draft draft =
            switch (tokens.next()) {
              case START -> start();
              case END -> end();
              case TEXT -> {
                append(tokens.text());
                yield null;
              }
              case OVER -> {
                ended = true;
                yield endRow();
              }
            };
        if (draft != null) {
          return draft;
        }
      }
      return null;
    }

    private @Nullable Draft start() throws UnreadableFile {
      if (!isHere()) {
        table();
        return null;
      }
      switch (tokens.name()) {
        case "tr" -> {
          Draft before = endRow();
          beginRow();
          return before;
        }
        case "td", "th" -> {
          endCell();
          if (!isInRow) {
            beginRow();
          }
          beginCell();
        }
        case "br", "p", "div", "li" -> append(" ");
        default -> table();
      }
      return null;
    }

    private @Nullable Draft end() {
      boolean isHere = isHere();
      boolean isTable = tokens.name().equals("table");
      Draft row = isHere && (isTable || tokens.name().equals("tr")) ? endRow() : null;
      if (isHere && (tokens.name().equals("td") || tokens.name().equals("th"))) {
        endCell();
      }
      pop();
      return row;
    }

    private void append(String text) {
      if (isInCell && isHere()) {
        SharedTexts.append(cell, text, row.longest());
      }
    }

    private void beginRow() {
      isInRow = true;
      position++;
      column = 0;
      row.clear();
    }

    private void beginCell() {
      while (spans.getOrDefault(column, 0L) >= position) {
        column++;
      }
      isInCell = true;
      cell.setLength(0);
      across = tokens.number(COLUMNS_SPANNED, MAX_COLUMNS_SPANNED);
      down = tokens.number(ROWS_SPANNED, MAX_ROWS_SPANNED);
    }

    private void endCell() {
      if (!isInCell) {
        return;
      }
      isInCell = false;
      row.put(column, BLANKS.matcher(cell).replaceAll(" ").strip());
      if ((across > 1 || down > 1) && merged.size() < Sheets.Merged.MAX) {
        merged.add(new Sheets.Merged(position, column, position + down - 1, column + across - 1));
      }
      int end = Math.min(CellRow.MAX_COLUMNS, column + across);
      for (int i = column; down > 1 && i < Math.min(end, row.columns()); i++) {
        spans.put(i, position + down - 1);
      }
      column = end;
    }

    private @Nullable Draft endRow() {
      endCell();
      if (!isInRow) {
        return null;
      }
      isInRow = false;
      return row.draft(position);
    }

    @Override
    public long hidden() {
      return 0;
    }

    @Override
    public List<Sheets.Merged> merged() {
      return merged;
    }

    @Override
    public void close() throws IOException {
      tokens.close();
    }
  }
}
