package uk.onefileroutes.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Workbooks for tests, part by part, so that each part can be what no program would write. */
public final class TestWorkbook {
  private static final String MAIN =
      "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
  private static final String REL =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

  private final Map<String, String> parts = new LinkedHashMap<>();

  private TestWorkbook() {}

  /** One sheet with these rows: XML within {@code sheetData}. */
  public static TestWorkbook of(String rows) {
    return new TestWorkbook()
        .with(
            "xl/workbook.xml",
            "<workbook "
                + MAIN
                + " xmlns:r=\""
                + REL
                + "\"><sheets><sheet name=\"Data\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>")
        .withRelationships(
            "worksheets/sheet1.xml",
            "worksheet",
            "styles.xml",
            "styles",
            "sharedStrings.xml",
            "sharedStrings")
        .with("xl/worksheets/sheet1.xml", sheet(rows))
        .with(
            "xl/styles.xml",
            "<styleSheet "
                + MAIN
                + "><numFmts><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy\"/>"
                + "<numFmt numFmtId=\"165\" formatCode=\"[Red]0 &quot;days&quot;\"/>"
                + "<numFmt numFmtId=\"166\" formatCode=\"000;-000\"/>"
                + "<numFmt numFmtId=\"167\" formatCode=\"[Red]&quot;U&quot;-000\\-000\"/>"
                + "<numFmt numFmtId=\"168\" formatCode=\"#,##0\"/></numFmts>"
                + "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
                + "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/>"
                + "<xf numFmtId=\"165\"/><xf numFmtId=\"22\"/><xf numFmtId=\"166\"/>"
                + "<xf numFmtId=\"167\"/><xf numFmtId=\"168\"/></cellXfs></styleSheet>")
        .withTexts("learner_id", "role", "kind", "assignee_id", "iqa", "default");
  }

  /** No part at all. */
  public static TestWorkbook empty() {
    return new TestWorkbook();
  }

  /** A worksheet's XML. */
  public static String sheet(String rows) {
    return "<worksheet " + MAIN + "><sheetData>" + rows + "</sheetData></worksheet>";
  }

  /** A row of cells with inline texts. */
  public static String row(String... cells) {
    StringBuilder row = new StringBuilder("<row>");
    for (String cell : cells) {
      String text = cell.replace("&", "&amp;").replace("<", "&lt;");
      row.append("<c t=\"inlineStr\"><is><t>").append(text).append("</t></is></c>");
    }
    return row.append("</row>").toString();
  }

  /** A part as it is. */
  public String part(String name) {
    return parts.getOrDefault(name, "");
  }

  /** The same with another part, or a part replaced. */
  public TestWorkbook with(String part, String xml) {
    parts.put(part, xml);
    return this;
  }

  /** The same with these texts for its cells to name. */
  public TestWorkbook withTexts(String... texts) {
    StringBuilder xml = new StringBuilder("<sst " + MAIN + ">");
    for (String text : texts) {
      xml.append("<si><t>").append(text).append("</t></si>");
    }
    return with("xl/sharedStrings.xml", xml.append("</sst>").toString());
  }

  /** The same with parts of these targets and types: target, type, target, type, ... */
  public TestWorkbook withRelationships(String... targetsAndTypes) {
    StringBuilder xml =
        new StringBuilder(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">");
    for (int i = 0; i < targetsAndTypes.length; i += 2) {
      xml.append("<Relationship Id=\"rId").append(i / 2 + 1).append("\" Type=\"").append(REL);
      xml.append('/').append(targetsAndTypes[i + 1]).append("\" Target=\"");
      xml.append(targetsAndTypes[i]).append("\"/>");
    }
    return with("xl/_rels/workbook.xml.rels", xml.append("</Relationships>").toString());
  }

  /** The workbook's bytes. */
  public byte[] bytes() throws IOException {
    return bytes(UTF_8);
  }

  /** The workbook's bytes, all parts in this charset. */
  public byte[] bytes(Charset charset) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, String> part : parts.entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        zip.write(part.getValue().getBytes(charset));
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  /** Writes a part that is made of a beginning, a piece again and again, and an end. */
  public void write(Path file, String part, String begin, String piece, long times, String end)
      throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, String> other : parts.entrySet()) {
        if (!other.getKey().equals(part)) {
          zip.putNextEntry(new ZipEntry(other.getKey()));
          zip.write(other.getValue().getBytes(UTF_8));
        }
      }
      zip.putNextEntry(new ZipEntry(part));
      repeat(zip, begin, piece, times, end);
    }
  }

  /** Writes a beginning, a piece again and again, and an end. */
  public static void repeat(OutputStream out, String begin, String piece, long times, String end)
      throws IOException {
    int batch = (int) Math.max(1, Math.min(times, 65_536 / piece.length()));
    byte[] pieces = piece.repeat(batch).getBytes(UTF_8);
    out.write(begin.getBytes(UTF_8));
    int length = pieces.length / batch;
    for (long i = 0; i < times; i += batch) {
      out.write(pieces, 0, (int) Math.min(batch, times - i) * length);
    }
    out.write(end.getBytes(UTF_8));
  }

  /** Bytes packed by gzip. */
  public static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }
}
