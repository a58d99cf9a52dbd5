package uk.onefileroutes.table;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamConstants;
import org.apache.commons.io.input.ReaderInputStream;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.feed.Feed;

/** The XML of Excel 2003, which programs write and call {@code .xls}. Not thread-safe. */
final class SpreadsheetMl implements Sheets {
  private static final String SHEET = "Worksheet";
  private static final String MIDNIGHT = "T00:00:00";

  private final Unpacked bytes;
  private final Feed feed;
  private final Encoding encoding;
  private List<Integer> meant = List.of();

  private SpreadsheetMl(Unpacked bytes, Feed feed) throws UnreadableFile, IOException {
    this.bytes = bytes;
    this.feed = feed;
    this.encoding = Encoding.of(bytes.path(), feed.layout().charset());
  }

  /** Reads which sheets there are. */
  static SpreadsheetMl open(Unpacked bytes, Feed feed) throws UnreadableFile, IOException {
    SpreadsheetMl sheets = new SpreadsheetMl(bytes, feed);
    sheets.readSheets();
    return sheets;
  }

  private XmlPart part() throws UnreadableFile, IOException {
    return new XmlPart(
        ReaderInputStream.builder()
            .setReader(new TextReader(encoding.open(bytes.path())))
            .setCharset(StandardCharsets.UTF_8)
            .get(),
        2 * feed.limits().bytes()); // a character of one byte may have two in UTF-8
  }

  private void readSheets() throws UnreadableFile, IOException {
    List<Sheet> all = new ArrayList<>();
    try (XmlPart part = part()) {
      while (part.toElement()) {
        if (part.name().equals(SHEET)) {
          String name = part.attribute("Name");
          all.add(new Sheet(name == null ? "" : name, true));
        } else if (part.name().equals("Visible") && !all.isEmpty()) {
          // it is there for hidden sheets only
          all.set(all.size() - 1, new Sheet(all.get(all.size() - 1).name(), false));
        }
      }
    }
    meant = Sheets.meant("workbook", feed.layout().sheet(), all);
  }

  @Override
  public Sheets.@Nullable Rows open(int number) throws UnreadableFile, IOException {
    if (number >= meant.size()) {
      return null;
    }
    XmlPart part = part();
    try {
      part.toElement(SHEET, meant.get(number));
      return new SheetReader(part, new CellRow(feed.limits().line(), feed.limits().columns()));
    } catch (IOException | UnreadableFile | RuntimeException e) {
      part.close();
      throw e;
    }
  }

  @Override
  public long count() {
    return meant.size();
  }

  @Override
  public List<String> notes() {
    return encoding.warnings();
  }

  @Override
  public void spend(Sheets.Rows rows) {
    // the file is no larger than the feed allows, and each sheet is read as a part of all
  }

  @Override
  public @Nullable UnreadableFile whenEmpty() {
    return null;
  }

  @Override
  public void close() {}

  /** A number, date or truth as a person would type it. */
  static String text(@Nullable String type, String value) {
    return switch (type == null ? "String" : type) {
      case "Number" -> CellText.number(value.strip());
      case "Boolean" -> value.strip().equals("1") ? "TRUE" : "FALSE";
      case "DateTime" -> dateTime(value.strip());
      default -> value;
    };
  }

  /** {@code 2026-05-02T00:00:00.000} as {@code 2026-05-02}. */
  static String dateTime(String value) {
    String seconds = value.replaceFirst("\\.0+$", "");
    return seconds.endsWith(MIDNIGHT)
        ? seconds.substring(0, seconds.length() - MIDNIGHT.length())
        : seconds.replace('T', ' ');
  }

  private static final class SheetReader extends SheetXml {
    SheetReader(XmlPart part, CellRow row) {
      super(part, row, SHEET);
    }

    @Override
    boolean isRow(String name) {
      return name.equals("Row");
    }

    @Override
    boolean isCell(String name) {
      return name.equals("Cell");
    }

    @Override
    long place() {
      return number("Index", 0);
    }

    @Override
    long repeated() {
      return 1;
    }

    @Override
    boolean isHidden() {
      return "1".equals(part().attribute("Hidden"));
    }

    @Override
    int cell(int column) throws UnreadableFile, IOException {
      int place = (int) Math.max(column, number("Index", 0) - 1);
      if (place >= CellRow.MAX_COLUMNS) {
        throw XmlPart.damaged("a cell is far outside of its sheet");
      }
      long across = number("MergeAcross", 0);
      merge(place, number("MergeDown", 0) + 1, across + 1);
      int depth = 0; // a comment has its data deeper
      while (true) {
        int event = part().next();
        if (event == XMLStreamConstants.START_ELEMENT) {
          if (depth == 0 && part().name().equals("Data")) {
            String type = part().attribute("Type");
            row().put(place, text(type, SharedTexts.all(part(), row().longest())));
          } else {
            depth++;
          }
        } else if (event == XMLStreamConstants.END_ELEMENT && depth-- == 0) {
          return (int) Math.min(CellRow.MAX_COLUMNS, place + across + 1);
        } else if (event == XMLStreamConstants.END_DOCUMENT) {
          throw XmlPart.damaged("its XML is broken");
        }
      }
    }
  }
}
