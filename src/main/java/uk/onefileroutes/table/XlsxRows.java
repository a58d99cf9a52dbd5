package uk.onefileroutes.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamConstants;
import org.jspecify.annotations.Nullable;

/** The rows of an Excel sheet. Cells and rows that the sheet leaves out are empty. */
final class XlsxRows implements Sheets.Rows {
  private static final Pattern AREA =
      Pattern.compile("([A-Za-z]{1,3})(\\d{1,7}):([A-Za-z]{1,3})(\\d{1,7})");

  private final XmlPart part;
  private final Workbook workbook;
  private final CellRow row;
  private final List<Sheets.Merged> merged = new ArrayList<>();
  private long position;
  private long hidden;

  XlsxRows(XmlPart part, Workbook workbook, CellRow row) {
    this.part = part;
    this.workbook = workbook;
    this.row = row;
  }

  @Override
  public long hidden() {
    return hidden;
  }

  @Override
  public List<Sheets.Merged> merged() {
    return merged;
  }

  /** How many bytes were read. */
  XmlPart part() {
    return part;
  }

  @Override
  public @Nullable Draft next() throws UnreadableFile, IOException {
    while (part.toElement()) {
      if (part.name().equals("row")) {
        long stated = number(part.attribute("r"));
        position = stated > position ? stated : position + 1;
        boolean isHidden =
            "1".equals(part.attribute("hidden")) || "true".equals(part.attribute("hidden"));
        readCells();
        Draft draft = row.draft(position);
        if (draft != null) {
          hidden += isHidden ? 1 : 0;
          return draft;
        }
      } else if (part.name().equals("mergeCell") && merged.size() < Sheets.Merged.MAX) {
        merge(part.attribute("ref"));
      }
    }
    return null;
  }

  private void merge(@Nullable String reference) throws UnreadableFile {
    Matcher area = AREA.matcher(reference == null ? "" : reference);
    if (area.matches()) {
      merged.add(
          new Sheets.Merged(
              Long.parseLong(area.group(2)),
              column(area.group(1), 0),
              Long.parseLong(area.group(4)),
              column(area.group(3), 0)));
    }
  }

  /** Reads the cells up to the row's end. */
  private void readCells() throws UnreadableFile, IOException {
    row.clear();
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
        row.put(column, cell());
        column++;
      }
    }
  }

  private String cell() throws UnreadableFile, IOException {
    String type = part.attribute("t");
    String style = part.attribute("s");
    StringBuilder value = new StringBuilder();
    String inline = null;
    while (true) {
      int event = part.next();
      if (event == XMLStreamConstants.END_ELEMENT && part.name().equals("c")) {
        // some programs write an inline text and a value beside it: the type says which counts
        boolean isInline = inline != null && ("inlineStr".equals(type) || value.isEmpty());
        return isInline
            ? CellText.unescaped(String.valueOf(inline))
            : value.isEmpty() ? "" : workbook.text(type, style, value.toString());
      }
      if (event == XMLStreamConstants.START_ELEMENT) {
        if (part.name().equals("v")) {
          readValue(value);
        } else if (part.name().equals("is")) {
          inline = SharedTexts.text(part, row.longest());
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
        SharedTexts.append(value, part.text(), row.longest());
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
    if (column >= CellRow.MAX_COLUMNS) {
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
