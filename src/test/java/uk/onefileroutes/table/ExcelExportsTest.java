package uk.onefileroutes.table;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static uk.onefileroutes.table.TestFeeds.feed;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.onefileroutes.assignment.FileCode;
import uk.onefileroutes.assignment.RequestedAssignment;

/** What programs call an Excel export: tables in HTML, XML of Excel 2003, LibreOffice. */
class ExcelExportsTest {
  private static final RequestedAssignment.Words WORDS =
      new RequestedAssignment.Words("1", "default", null, "iqa", "2", null, null);
  private static final String HEAD =
      "<tr><th>learner_id</th><th>role</th><th>kind</th><th>assignee_id</th></tr>";
  private static final String ROW = "<tr><td>1</td><td>iqa</td><td>default</td><td>2</td></tr>";

  private final FormatFixture files;

  ExcelExportsTest(@TempDir Path folder) {
    this.files = new FormatFixture(folder);
  }

  static List<String> pages() {
    return List.of(
        "<table>" + HEAD + ROW + "</table>",
        "\uFEFF \r\n<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><head><style>td{a:\"<table>\"}</style>"
            + "<script>if (1</2) document.write('<table><tr><td>learner_id');</script></head><body><table border=1><thead>"
            + HEAD
            + "</thead><tbody>"
            + ROW
            + "</tbody></table></body></html>",
        "<!DOCTYPE html><!-- <table><tr><td>x -- > --><TABLE><TR><TD>learner_id<TD>role<TD>kind<TD>assignee_id<TR><TD>1<TD>iqa<TD>default<TD>2</TABLE>",
        "<?xml version=\"1.0\"?><html><table><tr><td>All learners</td></tr><tr/>"
            + HEAD
            + ROW
            + "</table></html>",
        "<table><tr><td>Menu</td></tr></table><p>x</p><table>" + HEAD + ROW + "</table>",
        "<div><table><tr><td>left</td><td><table>"
            + HEAD
            + ROW
            + "</table></td></tr></table></div>",
        "<table>"
            + HEAD
            + ROW.replace("<td>1<", "<td class='x>y' x:num=\"1\">\n <b>1</b>&nbsp;<br>\n<")
                .replace("iqa", "i&#113;&#x61;")
            + "</table>",
        "<table><tr><td colspan=4>Report</td></tr>" + HEAD + ROW + "</table>",
        "<table>"
            + HEAD.replace("</tr>", "<th>a<th>b</tr>")
            + ROW.replace("<td>2</td>", "<td>2</td><td colspan=\"2\">x</td>")
            + "</table>");
  }

  @ParameterizedTest
  @MethodSource("pages")
  void aTableInHtmlIsRead(String page) throws Exception {
    for (Charset charset : List.of(UTF_8, Charset.forName("windows-1252"))) {
      byte[] bytes =
          page.replace("\uFEFF", charset.equals(UTF_8) ? "\uFEFF" : "").getBytes(charset);
      FormatFixture.Read read = files.read(bytes, feed());
      assertThat(read.words(1)).isEqualTo(WORDS);
      assertThat(read.codes(1)).isEmpty();
      assertThat(read.rows()).hasSize(1);
      assertThat(files.read(bytes, feed("format", "xls")).rows()).hasSize(1);
    }
  }

  @Test
  void cellsOverSeveralRowsCountForTheFirst() throws Exception {
    FormatFixture.Read read =
        files.read(
            "<table>"
                + HEAD
                + "<tr><td rowspan=2>1<td>iqa<td>default<td>2<tr><td>iqa<td>default<td>3<tr><td>4<td>iqa<td>default<td>5</table>",
            feed());

    assertThat(read.cells())
        .containsExactly(
            List.of("1", "iqa", "default", "2"),
            List.of("", "iqa", "default", "3"),
            List.of("4", "iqa", "default", "5"));
    assertThat(read.warnings()).singleElement().asString().contains("A2:A3");
  }

  @Test
  void textInHtmlIsOnlyText() throws Exception {
    FormatFixture.Read read =
        files.read(
            "<!DOCTYPE html [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><table>"
                + HEAD.replace("</tr>", "<th>name</tr>")
                + ROW.replace(
                    "</tr>",
                    "<td>&x; &lt;b&gt; a < b &amp;&unknown; 5 &euro; Zo&euml; &yuml;&szlig; O&rsquo;N</td></tr>")
                + "</table>",
            feed());

    assertThat(read.cells().get(0).get(4)).isEqualTo("&x; <b> a < b &&unknown; 5 € Zoë ÿß O’N");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "<html><body>Your session has expired</body></html>~NOT_READABLE~without a table",
        "<table></table>~NOT_READABLE~without a table",
        "<table><tr><td>User</td><td>Password</td></tr></table>~NO_HEADER~names none",
        "<table><tr><th>learner_id</th></tr></table>~MISSING_COLUMN~role",
        "<feed><entry/></feed>~NOT_READABLE~This is XML",
        "MIME-Version: 1.0~NOT_READABLE~web page",
      })
  void whatIsNoTableIsNamed(String text, FileCode code, String said) throws Exception {
    assertThat(files.refused(text, feed(), code).what()).contains(said);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16", "windows-1252"})
  void xmlOfExcel2003IsRead(String charset) throws Exception {
    String rows =
        xmlRow("String", "All learners")
            + "<Row/>"
            + xmlRow(
                "String",
                "learner_id",
                "String",
                "role",
                "String",
                "kind",
                "String",
                "assignee_id",
                "String",
                "name",
                "String",
                "day")
            + "<Row ss:Index=\"6\" ss:Hidden=\"1\"><Cell ss:MergeDown=\"1\"><Data ss:Type=\"Number\">1.0</Data>"
            + "<Comment><ss:Data>not me</ss:Data></Comment></Cell><Cell><Data ss:Type=\"String\">iqa</Data></Cell>"
            + "<Cell ss:Index=\"4\"><Data ss:Type=\"Number\">2E0</Data></Cell>"
            + "<Cell><Data ss:Type=\"String\">Zoë <B>&amp;</B> €</Data></Cell>"
            + "<Cell><Data ss:Type=\"DateTime\">2026-05-02T00:00:00.000</Data></Cell></Row>"
            + xmlRow("Boolean", "1");
    byte[] bytes = xml("Data", rows).getBytes(Charset.forName(charset));
    FormatFixture.Read read = files.read(bytes, feed());

    assertThat(read.cells())
        .containsExactly(
            List.of("", "", "", "", "", ""),
            List.of("", "", "", "", "", ""),
            List.of("1", "iqa", "", "2", "Zoë & €", "2026-05-02"),
            List.of("TRUE", "", "", "", "", ""));
    assertThat(String.join(";", read.warnings())).contains("row 3", "1 rows", "A6:A7");
    assertThat(files.read(bytes, feed("format", "xls", "sheet", "data")).rows()).hasSize(4);
    files.refused(bytes, feed("sheet", "Other"), FileCode.NOT_READABLE);
    files.refused(bytes, feed("format", "xlsx"), FileCode.NOT_READABLE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE x [<!ENTITY e \"x\">]>",
        "<Row ss:Index=\"999999999\"><Cell><Data>x</Data></Cell></Row>",
        "<Row><Cell ss:Index=\"99999\"><Data>x</Data></Cell></Row>",
        "<Row><Cell><Data>&e;</Data></Cell></Row>",
        "<Row><Cell>",
      })
  void hostileXmlOfExcel2003IsRefused(String rows) throws Exception {
    String header =
        xmlRow("String", "learner_id", "String", "role", "String", "kind", "String", "assignee_id");
    String text =
        rows.startsWith("<!")
            ? xml("x", header).replace("<Workbook", rows + "<Workbook")
            : xml("x", header + rows);
    try {
      files.read(text, feed());
      throw new AssertionError("was read");
    } catch (UnreadableFile e) {
      assertThat(e.code()).isIn(FileCode.NOT_READABLE, FileCode.TOO_LARGE);
    }
  }

  @Test
  void aSpreadsheetOfLibreOfficeIsRead() throws Exception {
    String cell =
        "<table:table-cell office:value-type=\"string\"><text:p>%s</text:p></table:table-cell>";
    String header =
        "<table:table-row>"
            + cell.formatted("learner_id")
            + cell.formatted("role")
            + cell.formatted("kind")
            + cell.formatted("assignee_id")
            + cell.formatted("day")
            + "<table:table-cell table:number-columns-repeated=\"16379\"/></table:table-row>";
    String rows =
        "<table:table-row table:number-rows-repeated=\"2\"><table:table-cell/></table:table-row>"
            + "<table:table-row table:number-rows-repeated=\"2\"><table:table-cell office:value-type=\"float\" office:value=\"1\" table:number-rows-spanned=\"2\">"
            + "<office:annotation><text:p>not me</text:p></office:annotation><text:p>1.00</text:p></table:table-cell>"
            + cell.formatted("<text:span>i</text:span>qa")
            + "<table:covered-table-cell/>"
            + "<table:table-cell office:value-type=\"float\" office:value=\"7\"><text:p>007</text:p></table:table-cell>"
            + "<table:table-cell office:value-type=\"date\" office:date-value=\"2026-05-02\"><text:p>2 May</text:p></table:table-cell></table:table-row>"
            + "<table:table-row table:number-rows-repeated=\"1048570\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>";
    byte[] bytes =
        ods("<table:table table:name=\"Cover\"><table:table-row>"
                + cell.formatted("x<text:s text:c=\"3\"/>y")
                + "</table:table-row></table:table>"
                + "<table:table table:name=\"Old\" table:style-name=\"ta2\">"
                + header
                + "</table:table>"
                + "<table:table table:name=\"Data\">"
                + header
                + rows
                + "</table:table>")
            .bytes();
    FormatFixture.Read read = files.read(bytes, feed());
    List<String> row = List.of("1", "iqa", "", "007", "2026-05-02");
    List<String> empty = List.of("", "", "", "", "");

    assertThat(read.cells()).containsExactly(empty, empty, row, row);
    assertThat(String.join(";", read.warnings())).contains("2 visible sheets", "A4:A5");
    assertThat(files.read(bytes, feed("format", "ods", "sheet", "old")).rows()).isEmpty();
    files.refused(bytes, feed("format", "xlsx"), FileCode.NOT_READABLE);
    files.refused(ods("").bytes(), feed(), FileCode.NOT_READABLE);
    files.refused(
        ods("").with("META-INF/manifest.xml", "<m><encryption-data/></m>").bytes(),
        feed(),
        FileCode.ENCRYPTED);
    String bomb =
        header
            + "<table:table-row table:number-rows-repeated=\"999999999\">"
            + cell.formatted("x")
            + "</table:table-row>";
    files.refused(
        ods("<table:table>" + bomb + "</table:table>").bytes(),
        feed("limit.rows", "5000"),
        FileCode.TOO_LARGE);
  }

  private static TestWorkbook ods(String tables) {
    return TestWorkbook.empty()
        .with("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        .with(
            "content.xml",
            "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\" xmlns:style=\"s\"><office:automatic-styles>"
                + "<style:style style:name=\"ta2\"><style:table-properties table:display=\"false\"/></style:style></office:automatic-styles>"
                + "<office:body><office:spreadsheet>"
                + tables
                + "</office:spreadsheet></office:body></office:document-content>");
  }

  private static String xml(String name, String rows) {
    return "<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>\n<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\""
        + " xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet ss:Name=\"Cover\"><Table><Row><Cell><Data ss:Type=\"String\">x</Data></Cell></Row></Table></Worksheet>"
        + "<Worksheet ss:Name=\""
        + name
        + "\"><Table>"
        + rows
        + "</Table></Worksheet></Workbook>";
  }

  private static String xmlRow(String... typesAndValues) {
    StringBuilder row = new StringBuilder("<Row>");
    for (int i = 0; i < typesAndValues.length; i += 2) {
      row.append("<Cell><Data ss:Type=\"").append(typesAndValues[i]).append("\">");
      row.append(typesAndValues[i + 1]).append("</Data></Cell>");
    }
    return row.append("</Row>").toString();
  }
}
