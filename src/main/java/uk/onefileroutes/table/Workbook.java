package uk.onefileroutes.table;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.feed.Feed;

/**
 * An Excel workbook: which sheet is read, and what its cells need to be read, their texts and which
 * styles are dates. Formulas, links and everything else in it are left alone. Not thread-safe.
 */
final class Workbook implements Closeable {
  private static final String ROOT = "xl/workbook.xml";
  private static final int MAX_STYLES = 100_000; // Excel's own limit is 65,490

  private final ZipParts zip;
  private final int lineLimit;
  private final List<Sheet> sheets = new ArrayList<>();
  private final Map<String, String> targets = new HashMap<>();
  private final Map<String, String> types = new LinkedHashMap<>();
  private final BitSet dates = new BitSet();
  private final Map<Integer, List<String>> padded = new HashMap<>();
  private boolean from1904;
  private SharedTexts texts = new SharedTexts();

  private record Sheet(String name, boolean isVisible, @Nullable String relationship) {}

  private Workbook(ZipParts zip, int lineLimit) {
    this.zip = zip;
    this.lineLimit = lineLimit;
  }

  /** Opens a workbook; its sheets are not looked at yet. */
  static Workbook open(Path file, Feed.Limits limits) throws UnreadableFile, IOException {
    Workbook workbook = new Workbook(ZipParts.open(file, limits), limits.line());
    try {
      workbook.read();
      return workbook;
    } catch (IOException | UnreadableFile | RuntimeException e) {
      workbook.close();
      throw e;
    }
  }

  private void read() throws UnreadableFile, IOException {
    if (!zip.has(ROOT)) {
      throw zip.has("xl/workbook.bin")
          ? Contents.unreadable(
              "This is a binary Excel workbook (.xlsb).",
              "Save it as .xlsx or as CSV and send that.")
          : Contents.unreadable(
              "This is a ZIP file, but no Excel workbook (.xlsx).",
              "Send what is in it; gzip is unpacked, ZIP is not.");
    }
    try (XmlPart part = zip.open(ROOT)) {
      while (part.toElement()) {
        if (part.name().equals("sheet")) {
          String name = part.attribute("name");
          String state = part.attribute("state");
          boolean isVisible = state == null || state.equals("visible");
          sheets.add(new Sheet(name == null ? "" : name, isVisible, part.relationship()));
        } else if (part.name().equals("workbookPr")) {
          String flag = part.attribute("date1904");
          from1904 = "1".equals(flag) || "true".equals(flag);
        }
      }
      zip.spend(part);
    }
    readRelationships();
    String styles = ofType("styles");
    if (styles != null) {
      readStyles(styles);
    }
    String shared = ofType("sharedStrings");
    if (shared != null) {
      try (XmlPart part = zip.open(shared)) {
        texts = SharedTexts.read(part, lineLimit);
        zip.spend(part);
      }
    }
  }

  private void readRelationships() throws UnreadableFile, IOException {
    String name = "xl/_rels/workbook.xml.rels";
    if (!zip.has(name)) {
      return;
    }
    try (XmlPart part = zip.open(name)) {
      while (part.toElement()) {
        String id = part.attribute("Id");
        String type = part.attribute("Type");
        String target = part.attribute("Target");
        if (id != null
            && type != null
            && target != null
            && !"External".equals(part.attribute("TargetMode"))) {
          targets.put(id, target.startsWith("/") ? target.substring(1) : "xl/" + target);
          types.put(id, type.substring(type.lastIndexOf('/') + 1));
        }
      }
      zip.spend(part);
    }
  }

  /** The part of a type that is there, null where there is none. */
  private @Nullable String ofType(String type) {
    return types.entrySet().stream()
        .filter(entry -> entry.getValue().equals(type))
        .map(entry -> targets.getOrDefault(entry.getKey(), ""))
        .filter(zip::has)
        .findFirst()
        .orElse(null);
  }

  private void readStyles(String name) throws UnreadableFile, IOException {
    Map<Integer, String> formats = new HashMap<>();
    try (XmlPart part = zip.open(name)) {
      boolean inCells = false;
      int style = 0;
      while (part.toElement()) {
        switch (part.name()) {
          case "numFmt" -> {
            String code = part.attribute("formatCode");
            formats.put(number(part.attribute("numFmtId")), code == null ? "" : code);
          }
          case "cellXfs" -> inCells = true;
          case "cellStyles", "dxfs", "cellStyleXfs" -> inCells = false;
          case "xf" -> {
            if (inCells) {
              int id = number(part.attribute("numFmtId"));
              String format = formats.getOrDefault(id, "");
              List<String> padding = CellText.padding(format);
              if (!padding.isEmpty()) {
                padded.put(style, padding);
              }
              dates.set(style++, CellText.isDate(id, format));
            }
          }
          default -> {}
        }
        if (Math.max(style, formats.size()) > MAX_STYLES) {
          throw XmlPart.damaged("it has too many styles");
        }
      }
      zip.spend(part);
    }
  }

  /**
   * Begins to read a sheet.
   *
   * @param wanted its name; null for the first visible one
   */
  SheetRows rows(@Nullable String wanted, int columns) throws UnreadableFile, IOException {
    return new SheetRows(zip.open(part(wanted)), this, new SheetRows.Bounds(lineLimit, columns));
  }

  private String part(@Nullable String wanted) throws UnreadableFile {
    for (Sheet sheet : sheets) {
      boolean isIt =
          wanted == null ? sheet.isVisible : sheet.name.strip().equalsIgnoreCase(wanted.strip());
      String type = types.get(sheet.relationship);
      if (isIt && "worksheet".equals(type)) {
        String target = targets.getOrDefault(sheet.relationship, "");
        if (!zip.has(target)) {
          throw XmlPart.damaged("the sheet is missing");
        }
        return target;
      }
    }
    if (wanted == null) {
      throw Contents.unreadable(
          "The workbook has no visible sheet.", "Put the data on a visible sheet.");
    }
    String seen =
        sheets.stream()
            .limit(20)
            .map(sheet -> Cells.whole(sheet.name))
            .collect(Collectors.joining(", "));
    throw Contents.unreadable(
        "The workbook has no sheet \"" + wanted + "\". Seen: " + seen + ".",
        "Name the sheet like that, or change the feed's key sheet.");
  }

  /** How many sheets can be seen. */
  long visibleSheets() {
    return sheets.stream().filter(Sheet::isVisible).count();
  }

  /** What a cell's value is as text. */
  String text(@Nullable String type, @Nullable String style, String value) throws UnreadableFile {
    return switch (type == null ? "n" : type) {
      case "s" -> shared(value);
      case "b" -> value.equals("1") || value.equals("true") ? "TRUE" : "FALSE";
      case "n" -> number(style == null ? -1 : number(style), value.strip());
      default -> CellText.unescaped(value); // str, inlineStr, e (an error such as #N/A), d
    };
  }

  private String number(int style, String value) {
    if (style >= 0 && dates.get(style)) {
      return CellText.date(value, from1904);
    }
    return CellText.padded(value, padded.getOrDefault(style, List.of()));
  }

  private String shared(String value) throws UnreadableFile {
    String text = texts.get(number(value.strip()));
    if (text == null) {
      throw XmlPart.damaged("a cell names a text that is not there");
    }
    return CellText.unescaped(text);
  }

  /** A number up to nine digits; else one that nothing has. */
  private static int number(@Nullable String text) {
    return text != null && text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : Integer.MAX_VALUE;
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
