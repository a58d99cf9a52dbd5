package uk.onefileroutes.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a sheet behind its header, those between them that are empty included; each is as
 * wide as the header at least. Not thread-safe.
 */
final class SheetRows implements Draft.Cursor {
  private final Sheets.Rows rows;
  private final int width;
  private long given;
  private @Nullable Draft held;

  /**
   * @param rows begun, and with the header read
   * @param header the row that it is
   */
  SheetRows(Sheets.Rows rows, Header header) {
    this.rows = rows;
    this.width = header.width();
    this.given = header.line();
  }

  @Override
  public @Nullable Draft next() throws UnreadableFile, IOException {
    if (held == null) {
      held = rows.next();
    }
    Draft next = held;
    if (next == null) {
      return null;
    }
    given++;
    if (given < next.line()) {
      return new Draft(given, Collections.nCopies(width, ""), null);
    }
    held = null;
    if (next.cells().size() >= width) {
      return next;
    }
    List<String> cells = new ArrayList<>(next.cells());
    cells.addAll(Collections.nCopies(width - cells.size(), ""));
    return new Draft(next.line(), cells, next.fault());
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
