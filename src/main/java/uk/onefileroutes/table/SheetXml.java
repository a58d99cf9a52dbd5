package uk.onefileroutes.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamConstants;
import org.jspecify.annotations.Nullable;

/**
 * Reads a sheet of an XML document in which rows hold cells, and cells their text: what LibreOffice
 * and Excel write. Not thread-safe.
 */
abstract class SheetXml implements Sheets.Rows {
  private final XmlPart part;
  private final CellRow row;
  private final @Nullable String sheet;
  private final List<Sheets.Merged> merged = new ArrayList<>();
  private long position;
  private long hidden;
  private @Nullable Draft again;
  private long times;
  private boolean ended;

  /**
   * @param part in the sheet
   * @param sheet name of the element that is the sheet, and ends it; null: the part is the sheet
   */
  SheetXml(XmlPart part, CellRow row, @Nullable String sheet) {
    this.part = part;
    this.row = row;
    this.sheet = sheet;
  }

  /** Where it is read from. */
  final XmlPart part() {
    return part;
  }

  CellRow row() {
    return row;
  }

  /** Whether an element is a row. */
  abstract boolean isRow(String name);

  /** Whether an element is a cell. */
  abstract boolean isCell(String name);

  /** The place of the row that has just begun, from 1; 0 where it is the next. */
  abstract long place();

  /** How many rows the one that has just begun stands for. */
  abstract long repeated();

  /** Whether the row that has just begun can't be seen. */
  abstract boolean isHidden();

  /** Reads the cell that has just begun to its end; the column behind it. */
  abstract int cell(int column) throws UnreadableFile, IOException;

  /** Reads what an element outside of all rows says. */
  void beside(String name) throws UnreadableFile {}

  @Override
  public @Nullable Draft next() throws UnreadableFile, IOException {
    if (again != null && times > 0) {
      times--;
      position++;
      return new Draft(position, again.cells(), again.fault());
    }
    again = null;
    while (!ended) {
      int event = part.next();
      if (event == XMLStreamConstants.END_DOCUMENT
          || (event == XMLStreamConstants.END_ELEMENT && part.name().equals(sheet))) {
        ended = true;
      } else if (event == XMLStreamConstants.START_ELEMENT && isRow(part.name())) {
        Draft draft = read();
        if (draft != null) {
          return draft;
        }
      } else if (event == XMLStreamConstants.START_ELEMENT) {
        beside(part.name());
      }
    }
    return null;
  }

  private @Nullable Draft read() throws UnreadableFile, IOException {
    long stated = place();
    position = Math.max(position + 1, stated);
    long repeated = repeated();
    boolean isHidden = isHidden();
    String name = part.name();
    row.clear();
    int column = 0;
    while (true) {
      int event = part.next();
      if (event == XMLStreamConstants.END_DOCUMENT) {
        throw XmlPart.damaged("its XML is broken");
      }
      if (event == XMLStreamConstants.END_ELEMENT && part.name().equals(name)) {
        break;
      }
      if (event == XMLStreamConstants.START_ELEMENT && isCell(part.name())) {
        column = cell(column);
      }
    }
    Draft draft = row.draft(position);
    if (draft == null) {
      position += repeated - 1;
    } else {
      hidden += isHidden ? 1 : 0;
      again = draft;
      times = repeated - 1;
    }
    return draft;
  }

  /** Notes that a cell of the row that is read is shown as several. */
  void merge(int column, long rows, long columns) {
    if (rows > 1 || columns > 1) {
      merge(
          new Sheets.Merged(
              position,
              column,
              position + Math.max(1, rows) - 1,
              (int) Math.min(CellRow.MAX_COLUMNS, column + Math.max(1, columns) - 1)));
    }
  }

  /** Notes cells that are shown as one. */
  void merge(Sheets.Merged cells) {
    if (merged.size() < Sheets.Merged.MAX) {
      merged.add(cells);
    }
  }

  /** A number of up to nine digits that an attribute has, else what is said. */
  long number(String attribute, long otherwise) {
    String text = part.attribute(attribute);
    return text != null && text.matches("[0-9]{1,9}") ? Long.parseLong(text) : otherwise;
  }

  @Override
  public long hidden() {
    return hidden;
  }

  @Override
  public List<Sheets.Merged> merged() {
    return merged;
  }

  @Override
  public void close() throws IOException {
    part.close();
  }
}
