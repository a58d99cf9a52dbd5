package uk.onefileroutes.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.FileCode;
import uk.onefileroutes.feed.Feed;

/** A spreadsheet of LibreOffice ({@code .ods}). Not thread-safe. */
final class OpenDocument implements Sheets {
  private static final String CONTENT = "content.xml";
  private static final String MANIFEST = "META-INF/manifest.xml";
  private static final String SHEET = "table";

  private final ZipParts zip;
  private final Feed feed;
  private List<Integer> meant = List.of();

  private OpenDocument(ZipParts zip, Feed feed) {
    this.zip = zip;
    this.feed = feed;
  }

  /** Reads which sheets there are. */
  static OpenDocument open(Unpacked bytes, Feed feed) throws UnreadableFile, IOException {
    OpenDocument sheets = new OpenDocument(ZipParts.open(bytes.path(), feed.limits()), feed);
    try {
      sheets.refuseEncrypted();
      sheets.readSheets();
      return sheets;
    } catch (IOException | UnreadableFile | RuntimeException e) {
      sheets.close();
      throw e;
    }
  }

  private void refuseEncrypted() throws UnreadableFile, IOException {
    if (!zip.has(MANIFEST)) {
      return;
    }
    try (XmlPart part = zip.open(MANIFEST)) {
      while (part.toElement()) {
        if (part.name().equals("encryption-data")) {
          throw new UnreadableFile(
              FileCode.ENCRYPTED,
              "This is a spreadsheet (.ods) that is locked with a password.",
              0,
              "Remove the password and send it again.");
        }
      }
    }
  }

  private void readSheets() throws UnreadableFile, IOException {
    List<String> names = new ArrayList<>();
    List<String> styles = new ArrayList<>();
    Set<String> hidden = new HashSet<>();
    String style = "";
    try (XmlPart part = zip.open(CONTENT)) {
      while (part.toElement()) {
        switch (part.name()) {
          case "style" -> style = String.valueOf(part.attribute("name"));
          case "table-properties" -> {
            if ("false".equals(part.attribute("display"))) {
              hidden.add(style);
            }
          }
          case SHEET -> {
            names.add(String.valueOf(part.attribute("name")));
            styles.add(String.valueOf(part.attribute("style-name")));
          }
          default -> {}
        }
      }
    }
    List<Sheet> all = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      all.add(new Sheet(names.get(i), !hidden.contains(styles.get(i))));
    }
    meant = Sheets.meant("document", feed.layout().sheet(), all);
  }

  @Override
  public Sheets.@Nullable Rows open(int number) throws UnreadableFile, IOException {
    if (number >= meant.size()) {
      return null;
    }
    XmlPart part = zip.open(CONTENT);
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
  public void spend(Sheets.Rows rows) {
    if (rows instanceof SheetReader ours) {
      zip.spend(ours.part());
    }
  }

  @Override
  public @Nullable UnreadableFile whenEmpty() {
    return null;
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  private static final class SheetReader extends SheetXml {
    SheetReader(XmlPart part, CellRow row) {
      super(part, row, SHEET);
    }

    @Override
    boolean isRow(String name) {
      return name.equals("table-row");
    }

    @Override
    boolean isCell(String name) {
      return name.equals("table-cell") || name.equals("covered-table-cell");
    }

    @Override
    long place() {
      return 0;
    }

    @Override
    long repeated() {
      return Math.max(1, number("number-rows-repeated", 1));
    }

    @Override
    boolean isHidden() {
      String visibility = part().attribute("visibility");
      return visibility != null && !visibility.equals("visible");
    }

    @Override
    int cell(int column) throws UnreadableFile, IOException {
      int end =
          (int)
              Math.min(
                  CellRow.MAX_COLUMNS, column + Math.max(1, number("number-columns-repeated", 1)));
      merge(column, number("number-rows-spanned", 1), number("number-columns-spanned", 1));
      String type = part().attribute("value-type");
      String value =
          switch (type == null ? "" : type) {
            case "float", "percentage", "currency" -> part().attribute("value");
            case "date" -> part().attribute("date-value");
            case "boolean" -> part().attribute("boolean-value");
            default -> part().attribute("string-value");
          };
      String shown = shown();
      String text =
          value == null || shown.matches("0[0-9]+") // its format shows leading zeros
              ? shown
              : typed(String.valueOf(type), value);
      int kept = Math.min(end, row().columns() + 1);
      for (int i = column; i < kept && !text.isEmpty(); i++) {
        row().put(i, text);
      }
      return end;
    }

    private static String typed(String type, String value) {
      return switch (type) {
        case "float", "percentage", "currency" -> CellText.number(value);
        case "date" -> SpreadsheetMl.dateTime(value);
        case "boolean" -> value.equals("true") ? "TRUE" : "FALSE";
        default -> value;
      };
    }

    /** What a cell shows: its paragraphs, without notes beside it. */
    private String shown() throws UnreadableFile, IOException {
      StringBuilder text = new StringBuilder();
      int depth = 0;
      int silent = 0; // depth of a note
      boolean isFirst = true;
      int inParagraph = 0;
      while (true) {
        switch (part().next()) {
          case XMLStreamConstants.START_ELEMENT -> {
            depth++;
            String name = part().name();
            if (silent == 0 && name.equals("annotation")) {
              silent = depth;
            } else if (silent == 0 && name.equals("p")) {
              SharedTexts.append(text, isFirst ? "" : "\n", row().longest());
              isFirst = false;
              inParagraph = depth;
            } else if (silent == 0 && inParagraph > 0) {
              SharedTexts.append(text, blank(name), row().longest());
            }
          }
          case XMLStreamConstants.END_ELEMENT -> {
            if (depth == 0) {
              return text.toString();
            }
            silent = silent == depth ? 0 : silent;
            inParagraph = inParagraph == depth ? 0 : inParagraph;
            depth--;
          }
          case XMLStreamConstants.CHARACTERS,
              XMLStreamConstants.CDATA,
              XMLStreamConstants.SPACE -> {
            if (inParagraph > 0 && silent == 0) {
              SharedTexts.append(text, part().text(), row().longest());
            }
          }
          case XMLStreamConstants.END_DOCUMENT -> throw XmlPart.damaged("its XML is broken");
          default -> {}
        }
      }
    }

    private String blank(String element) {
      return switch (element) {
        case "s" -> " ".repeat((int) Math.min(row().longest(), Math.max(1, number("c", 1))));
        case "tab" -> "\t";
        case "line-break" -> "\n";
        default -> "";
      };
    }
  }
}
