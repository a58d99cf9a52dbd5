package uk.onefileroutes.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.xml.stream.XMLStreamConstants;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.Code;
import uk.onefileroutes.assignment.Fault;

/**
 * The rows of a sheet that have anything in them, and the empty ones between. Cells and rows that
 * the sheet leaves out are empty. Not thread-safe.
 */
final class SheetRows implements Draft.Cursor {
  private static final int MAX_COLUMNS = 16_384; // Excel's

  private final XmlPart part;
  private final Workbook workbook;
  private final Bounds bounds;
  private final List<String> cells = new ArrayList<>();
  private int width;
  private long position;
  private long given;
  private @Nullable Draft held;
  private long hidden;
  private boolean isTooLong;

  /**
   * @param line characters of a row
   * @param columns columns that are kept of a row
   */
  record Bounds(int line, int columns) {}

  SheetRows(XmlPart part, Workbook workbook, Bounds bounds) {
    this.part = part;
    this.workbook = workbook;
    this.bounds = bounds;
  }

  /**
   * Reads the first row with anything in it; those after it are as wide.
   *
   * @return without the empty cells at its end; null where the sheet is empty
   */
  @Nullable Draft header() throws UnreadableFile, IOException {
    Draft header = filled();
    if (header == null) {
      return null;
    }
    int last = header.cells().size();
    while (last > 0 && header.cells().get(last - 1).isBlank()) {
      last--;
    }
    width = last;
    given = header.line();
    return new Draft(header.line(), List.copyOf(header.cells().subList(0, last)), header.fault());
  }

  @Override
  public @Nullable Draft next() throws UnreadableFile, IOException {
    if (held == null) {
      held = filled();
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
    return next;
  }

  /** How many of the rows so far are hidden. */
  long hidden() {
    return hidden;
  }

  /** The next row with anything in it, null behind the last. */
  private @Nullable Draft filled() throws UnreadableFile, IOException {
    while (part.toElement()) {
      if (part.name().equals("row")) {
        long stated = number(part.attribute("r"));
        position = stated > position ? stated : position + 1;
        boolean isHidden =
            "1".equals(part.attribute("hidden")) || "true".equals(part.attribute("hidden"));
        readCells();
        if (isTooLong || !Cells.areBlank(cells)) {
          hidden += isHidden ? 1 : 0;
          return draft();
        }
      }
    }
    return null;
  }

  private Draft draft() {
    while (cells.size() < width) {
      cells.add("");
    }
    Fault fault =
        isTooLong
            ? new Fault(
                Code.TOO_LONG,
                "Row %d of the sheet has more than %d characters; only its beginning was kept."
                    .formatted(position, bounds.line()))
            : null;
    return new Draft(position, List.copyOf(cells), fault);
  }

  /** Reads the cells up to the row's end. */
  private void readCells() throws UnreadableFile, IOException {
    cells.clear();
    isTooLong = false;
    long length = 0;
    int column = 0;
    for (int event = part.next(); ; event = part.next()) {
      if (event == XMLStreamConstants.END_ELEMENT && part.name().equals("row")) {
        return;
      }
      if (event == XMLStreamConstants.END_DOCUMENT) {
        throw XmlPart.damaged("its XML is broken");
      }
      if (event == XMLStreamConstants.START_ELEMENT && part.name().equals("c")) {
        column = column(part.attribute("r"), column);
        String text = cell();
        length += text.length();
        if (length > bounds.line()) {
          isTooLong = true;
        } else {
          put(column, text);
        }
        column++;
      }
    }
  }

  private void put(int column, String text) {
    if (text.isEmpty()) {
      return;
    }
    // one more than the limit is enough to see that it is exceeded
    int place = Math.min(column, bounds.columns());
    while (cells.size() <= place) {
      cells.add("");
    }
    cells.set(place, text);
  }

  private String cell() throws UnreadableFile, IOException {
    String type = part.attribute("t");
    String style = part.attribute("s");
    StringBuilder value = new StringBuilder();
    boolean hasValue = false;
    while (true) {
      int event = part.next();
      if (event == XMLStreamConstants.END_ELEMENT && part.name().equals("c")) {
        return hasValue && value.length() > 0 ? workbook.text(type, style, value.toString()) : "";
      }
      if (event == XMLStreamConstants.START_ELEMENT) {
        if (part.name().equals("v")) {
          hasValue = true;
          readValue(value);
        } else if (part.name().equals("is")) {
          hasValue = true;
          value.append(SharedTexts.text(part, bounds.line()));
        }
      } else if (event == XMLStreamConstants.END_DOCUMENT) {
        throw XmlPart.damaged("its XML is broken");
      }
    }
  }

  private void readValue(StringBuilder value) throws UnreadableFile, IOException {
    while (true) {
      int event = part.next();
      if (event == XMLStreamConstants.CHARACTERS
          || event == XMLStreamConstants.CDATA
          || event == XMLStreamConstants.SPACE) {
        SharedTexts.append(value, part.text(), bounds.line());
      } else if (event == XMLStreamConstants.END_ELEMENT
          || event == XMLStreamConstants.END_DOCUMENT) {
        return;
      }
    }
  }

  /** The column of a reference such as {@code AB12}, from 0. */
  private static int column(@Nullable String reference, int otherwise) throws UnreadableFile {
    if (reference == null) {
      return checked(otherwise);
    }
    int column = 0;
    int letters = 0;
    while (letters < reference.length() && letters < 4 && isLetter(reference.charAt(letters))) {
      column = column * 26 + (Character.toUpperCase(reference.charAt(letters)) - 'A' + 1);
      letters++;
    }
    if (letters == 0) {
      throw XmlPart.damaged("a cell has no place");
    }
    return checked(column - 1);
  }

  private static int checked(int column) throws UnreadableFile {
    if (column >= MAX_COLUMNS) {
      throw XmlPart.damaged("a cell is far outside of its sheet");
    }
    return column;
  }

  private static boolean isLetter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }

  private static long number(@Nullable String text) {
    return text != null && text.matches("[0-9]{1,9}") ? Long.parseLong(text) : 0;
  }

  @Override
  public void close() throws IOException {
    part.close();
  }
}
