package uk.onefileroutes.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.feed.Feed;

/**
 * An Excel workbook: which sheet is read, and what its cells need to be read, their texts and which
 * styles are dates. Formulas, links and everything else in it are left alone. Not thread-safe.
 */
final class Workbook implements Sheets {
  private static final int MAX_STYLES = 100_000; // Excel's own limit is 65,490

  private final ZipParts zip;
  private final Feed feed;
  private final int lineLimit;
  private String root = "xl/workbook.xml";
  private final List<Listed> sheets = new ArrayList<>();
  private final Map<String, String> targets = new HashMap<>();
  private final Map<String, String> types = new LinkedHashMap<>();
  private final BitSet dates = new BitSet();
  private final Map<Integer, List<String>> padded = new HashMap<>();
  private boolean from1904;
  private SharedTexts texts = new SharedTexts();

  private record Listed(Sheet sheet, @Nullable String relationship) {}

  private Workbook(ZipParts zip, Feed feed) {
    this.zip = zip;
    this.feed = feed;
    this.lineLimit = feed.limits().line();
  }

  /** Opens a workbook; its sheets are not looked at yet. */
  static Workbook open(Path file, Feed feed) throws UnreadableFile, IOException {
    Workbook workbook = new Workbook(ZipParts.open(file, feed.limits()), feed);
    try {
      workbook.read();
      return workbook;
    } catch (IOException | UnreadableFile | RuntimeException e) {
      workbook.close();
      throw e;
    }
  }

  private void read() throws UnreadableFile, IOException {
    readRelationships("_rels/.rels", "");
    String stated = ofType("officeDocument");
    root = stated == null ? root : stated;
    targets.clear();
    types.clear();
    if (!zip.has(root)) {
      throw zip.has("xl/workbook.bin")
          ? Contents.unreadable(
              "This is a binary Excel workbook (.xlsb).",
              "Save it as .xlsx or as CSV and send that.")
          : Contents.unreadable(
              "This is an Office document or a ZIP file within another, but no Excel workbook (.xlsx).",
              "Send a table: CSV, or an Excel workbook, packed once at most.");
    }
    try (XmlPart part = zip.open(root)) {
      while (part.toElement()) {
        if (part.name().equals("sheet")) {
          String name = part.attribute("name");
          String state = part.attribute("state");
          boolean isVisible = state == null || state.equals("visible");
          Sheet sheet = new Sheet(name == null ? "" : name, isVisible);
          sheets.add(new Listed(sheet, part.relationship()));
        } else if (part.name().equals("workbookPr")) {
          String flag = part.attribute("date1904");
          from1904 = "1".equals(flag) || "true".equals(flag);
        }
      }
      zip.spend(part);
    }
    int slash = root.lastIndexOf('/') + 1;
    String folder = root.substring(0, slash);
    readRelationships(folder + "_rels/" + root.substring(slash) + ".rels", folder);
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

  private void readRelationships(String name, String folder) throws UnreadableFile, IOException {
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
          targets.put(id, target.startsWith("/") ? target.substring(1) : folder + target);
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

  @Override
  public Sheets.@Nullable Rows open(int number) throws UnreadableFile, IOException {
    List<String> meant = meant();
    if (number >= meant.size()) {
      return null;
    }
    String target = meant.get(number);
    if (!zip.has(target)) {
      throw XmlPart.damaged("the sheet is missing");
    }
    return new XlsxRows(zip.open(target), this, new CellRow(lineLimit, feed.limits().columns()));
  }

  @Override
  public void spend(Sheets.Rows rows) {
    if (rows instanceof XlsxRows ours) {
      zip.spend(ours.part());
    }
  }

  @Override
  public @Nullable UnreadableFile whenEmpty() {
    return null;
  }

  /** The parts of the sheets that may be meant. */
  private List<String> meant() throws UnreadableFile {
    String wanted = feed.layout().sheet();
    List<Sheet> all = sheets.stream().map(Listed::sheet).toList();
    List<String> meant =
        Sheets.meant("workbook", wanted, all).stream()
            .map(i -> sheets.get(i).relationship)
            .filter(relationship -> "worksheet".equals(types.get(relationship)))
            .map(relationship -> targets.getOrDefault(relationship, ""))
            .toList();
    if (meant.isEmpty()) { // only charts and the like
      throw Sheets.noneMeant("workbook", wanted, all);
    }
    return meant;
  }

  @Override
  public long count() {
    return sheets.stream().filter(listed -> listed.sheet.isVisible()).count();
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
