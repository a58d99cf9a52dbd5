package uk.onefileroutes.table;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamConstants;
import org.jspecify.annotations.Nullable;

/** The rows of an Excel sheet. Cells and rows that the sheet leaves out are empty. */
final class XlsxRows extends SheetXml {
  private static final Pattern AREA =
      Pattern.compile("([A-Za-z]{1,3})(\\d{1,7}):([A-Za-z]{1,3})(\\d{1,7})");

  private final Workbook workbook;

  XlsxRows(XmlPart part, Workbook workbook, CellRow row) {
    super(part, row, null);
    this.workbook = workbook;
  }

  @Override
  boolean isRow(String name) {
    return name.equals("row");
  }

  @Override
  boolean isCell(String name) {
    return name.equals("c");
  }

  @Override
  long place() {
    return number("r", 0);
  }

  @Override
  long repeated() {
    return 1;
  }

  @Override
  boolean isHidden() {
    String hidden = part().attribute("hidden");
    return "1".equals(hidden) || "true".equals(hidden);
  }

  @Override
  int cell(int column) throws UnreadableFile, IOException {
    int place = column(part().attribute("r"), column);
    row().put(place, cell());
    return place + 1;
  }

  @Override
  void beside(String name) throws UnreadableFile {
    String reference = name.equals("mergeCell") ? part().attribute("ref") : null;
    Matcher area = AREA.matcher(reference == null ? "" : reference);
    if (area.matches()) {
      merge(
          new Sheets.Merged(
              Long.parseLong(area.group(2)),
              column(area.group(1), 0),
              Long.parseLong(area.group(4)),
              column(area.group(3), 0)));
    }
  }

  private String cell() throws UnreadableFile, IOException {
    String type = part().attribute("t");
    String style = part().attribute("s");
    StringBuilder value = new StringBuilder();
    String inline = null;
    while (true) {
      int event = part().next();
      if (event == XMLStreamConstants.END_ELEMENT && part().name().equals("c")) {
        // some programs write an inline text and a value beside it: the type says which counts
        boolean isInline = inline != null && ("inlineStr".equals(type) || value.isEmpty());
        return isInline
            ? CellText.unescaped(String.valueOf(inline))
            : value.isEmpty() ? "" : workbook.text(type, style, value.toString());
      }
      if (event == XMLStreamConstants.START_ELEMENT) {
        if (part().name().equals("v")) {
          readValue(value);
        } else if (part().name().equals("is")) {
          inline = SharedTexts.text(part(), row().longest());
        }
      } else if (event == XMLStreamConstants.END_DOCUMENT) {
        throw XmlPart.damaged("its XML is broken");
      }
    }
  }

  private void readValue(StringBuilder value) throws UnreadableFile, IOException {
    while (true) {
      int event = part().next();
      if (event == XMLStreamConstants.CHARACTERS
          || event == XMLStreamConstants.CDATA
          || event == XMLStreamConstants.SPACE) {
        SharedTexts.append(value, part().text(), row().longest());
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
}
