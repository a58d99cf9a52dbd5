package uk.onefileroutes.table;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static uk.onefileroutes.table.TestFeeds.feed;
import static uk.onefileroutes.table.TestWorkbook.row;
import static uk.onefileroutes.table.TestWorkbook.sheet;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.onefileroutes.assignment.Code;
import uk.onefileroutes.assignment.FileCode;
import uk.onefileroutes.assignment.RequestedAssignment;
import uk.onefileroutes.feed.Feed;

class SheetTableTest {
  private static final String HEADER = row("learner_id", "role", "kind", "assignee_id");
  private static final String SHEET = "xl/worksheets/sheet1.xml";

  private final Path folder;
  private final FormatFixture files;

  SheetTableTest(@TempDir Path folder) {
    this.folder = folder;
    this.files = new FormatFixture(folder);
  }

  @Test
  void sharedAndInlineTextsAreReadWhereTheirPlaceIs() throws Exception {
    String rows =
        "<row r=\"3\"><c r=\"A3\" t=\"s\"><v>0</v></c><c r=\"B3\" t=\"s\"><v>1</v></c>"
            + "<c t=\"s\"><v>2</v></c><c r=\"D3\" t=\"inlineStr\"><is><r><t>assignee</t></r>"
            + "<rPh><t>no</t></rPh><r><t xml:space=\"preserve\">_x005F_id</t></r></is></c></row>"
            + "<row r=\"4\"><c r=\"D4\"><v>2</v></c></row>"
            + "<row r=\"6\"><c r=\"A6\"><v>1</v></c><c r=\"B6\" t=\"s\"><v>4</v></c>"
            + "<c r=\"C6\" t=\"s\"><v>5</v></c><c r=\"D6\" t=\"str\"><f>A1&amp;\"2\"</f><v>2</v></c></row>"
            + "<row r=\"7\"/><row r=\"9\"><c r=\"A9\" s=\"1\"/></row>";
    FormatFixture.Read read = files.read(TestWorkbook.of(rows).bytes(), feed());

    assertThat(read.columns()).containsExactly("learner_id", "role", "kind", "assignee_id");
    assertThat(read.cells())
        .containsExactly(
            List.of("", "", "", "2"), List.of("", "", "", ""), List.of("1", "iqa", "default", "2"));
    assertThat(read.asked().get(1).isBlank()).isTrue();
    assertThat(read.words(3))
        .isEqualTo(new RequestedAssignment.Words("1", "default", null, "iqa", "2", null, null));
    assertThat(read.rows().get(2).text()).isEqualTo("1,iqa,default,2");
    assertThat(read.warnings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "'<c><v>7000001</v></c>'~7000001",
        "'<c><v>7000001.0</v></c>'~7000001",
        "'<c><v>7.000001E6</v></c>'~7000001",
        "'<c><v>1.2E+10</v></c>'~12000000000",
        "'<c><v>1.23456789012345E+17</v></c>'~123456789012345000",
        "'<c><v>0.1</v></c>'~0.1",
        "'<c><v>0.10000000000000001</v></c>'~0.1",
        "'<c><v>-0</v></c>'~0",
        "'<c><v>1E+300</v></c>'~1E+300",
        "'<c><v>NaN</v></c>'~NaN",
        "'<c s=\"1\"><v>46144</v></c>'~2026-05-02",
        "'<c s=\"2\"><v>46144</v></c>'~2026-05-02",
        "'<c s=\"4\"><v>46144.354166666664</v></c>'~2026-05-02 08:30:00",
        "'<c s=\"1\"><v>0.5</v></c>'~12:00:00",
        "'<c s=\"1\"><v>59</v></c>'~1900-02-28",
        "'<c s=\"1\"><v>61</v></c>'~1900-03-01",
        "'<c s=\"1\"><v>9999999</v></c>'~9999999",
        "'<c s=\"3\"><v>46144</v></c>'~46144",
        "'<c s=\"999\"><v>46144</v></c>'~46144",
        "'<c s=\"5\"><v>7</v></c>'~007",
        "'<c s=\"5\"><v>1234</v></c>'~1234",
        "'<c s=\"5\"><v>0.5</v></c>'~0.5",
        "'<c s=\"6\"><v>1234</v></c>'~U-001-234",
        "'<c s=\"7\"><v>1234</v></c>'~1234",
        "'<c t=\"b\"><v>1</v></c>'~TRUE",
        "'<c t=\"b\"><v>0</v></c>'~FALSE",
        "'<c t=\"e\"><v>#N/A</v></c>'~#N/A",
        "'<c t=\"str\"><f>1+1</f><v>007</v></c>'~007",
        "'<c><f>A1+1</f><v>8</v></c>'~8",
        "'<c><f>A1+1</f></c>'~''",
        "'<c t=\"d\"><v>2026-05-02</v></c>'~2026-05-02",
        "'<c t=\"inlineStr\"><is><t>a_x000D_b&amp;</t></is></c>'~'a\rb&'",
        "'<c t=\"inlineStr\"><is><t><![CDATA[<1>]]></t></is></c>'~<1>",
      },
      delimiter = '~')
  void aCellIsTheTextThatAPersonWouldType(String cell, String text) throws Exception {
    String rows = HEADER + "<row>" + cell + "<c t=\"inlineStr\"><is><t>iqa</t></is></c></row>";

    assertThat(files.read(TestWorkbook.of(rows).bytes(), feed()).cells().get(0))
        .containsExactly(text, "iqa", "", "");
  }

  @Test
  void datesMayCountFrom1904() throws Exception {
    TestWorkbook workbook = TestWorkbook.of(HEADER + "<row><c s=\"1\"><v>44682</v></c></row>");
    workbook.with(
        "xl/workbook.xml",
        "<workbook xmlns:r=\"r\"><workbookPr date1904=\"1\"/>"
            + "<sheets><sheet name=\"x\" r:id=\"rId1\"/></sheets></workbook>");

    assertThat(files.read(workbook.bytes(), feed()).cells().get(0)).startsWith("2026-05-02");
  }

  @Test
  void theFirstVisibleSheetIsReadUnlessTheFeedNamesOne() throws Exception {
    TestWorkbook workbook =
        TestWorkbook.of(HEADER)
            .with(
                "xl/workbook.xml",
                "<workbook xmlns:r=\"r\"><sheets><sheet name=\"Old\" state=\"hidden\" r:id=\"rId3\"/>"
                    + "<sheet name=\"Chart\" r:id=\"rId4\"/><sheet name=\"Now\" r:id=\"rId1\"/>"
                    + "<sheet name=\"Next year\" r:id=\"rId2\"/></sheets></workbook>")
            .withRelationships(
                "/xl/worksheets/Sheet1.xml",
                "worksheet",
                "worksheets/two.xml",
                "worksheet",
                "worksheets/three.xml",
                "worksheet",
                "chartsheets/four.xml",
                "chartsheet",
                "../customXml/x.xml",
                "customXml")
            .with("xl/worksheets/two.xml", sheet(HEADER + row("2", "iqa", "default", "3")))
            .with("xl/worksheets/three.xml", sheet(HEADER + row("3", "iqa", "default", "3")));

    assertThat(files.read(workbook.bytes(), feed()).rows()).isEmpty();
    assertThat(files.read(workbook.bytes(), feed()).warnings())
        .singleElement()
        .asString()
        .contains("3 visible sheets");
    assertThat(files.read(workbook.bytes(), feed("sheet", "next YEAR")).words(1).learner())
        .isEqualTo("2");
    assertThat(files.read(workbook.bytes(), feed("sheet", "Old")).words(1).learner())
        .isEqualTo("3");
    assertThat(files.refused(workbook.bytes(), feed("sheet", "Last"), FileCode.NOT_READABLE).what())
        .contains("no sheet \"Last\"", "Old, Chart, Now, Next year");
  }

  @Test
  void hiddenRowsAreReadAndMergedCellsHaveTheirValueInTheFirst() throws Exception {
    String rows =
        HEADER
            + row("1", "iqa", "default", "2").replace("<row>", "<row hidden=\"1\">")
            + "<row><c r=\"D3\"><v>9</v></c></row>";
    TestWorkbook workbook = TestWorkbook.of(rows);
    workbook.with(
        SHEET,
        sheet(rows)
            .replace(
                "</sheetData>",
                "</sheetData><mergeCells><mergeCell ref=\"D3:D4\"/></mergeCells>"
                    + "<hyperlinks><hyperlink ref=\"A1\" r:id=\"x\" xmlns:r=\"r\"/></hyperlinks>"));
    FormatFixture.Read read = files.read(workbook.bytes(), feed());

    assertThat(read.cells())
        .containsExactly(List.of("1", "iqa", "default", "2"), List.of("", "", "", "9"));
    assertThat(read.warnings()).hasSize(2);
    assertThat(read.warnings().get(0)).contains("1 rows").contains("hidden");
    assertThat(read.warnings().get(1)).contains("D3:D4");
  }

  @Test
  void cellsBesideTheHeaderAreAFaultUnlessBlank() throws Exception {
    FormatFixture.Read read =
        files.read(
            TestWorkbook.of(
                    HEADER
                        + row("1", "iqa", "default", "2", " ")
                        + row("1", "iqa", "default", "2", "", "x"))
                .bytes(),
            feed());

    assertThat(read.codes(1)).isEmpty();
    assertThat(read.codes(2)).containsExactly(Code.WRONG_COLUMN_COUNT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<row r=\"5\"/>", "<row><c><v> </v></c></row>"})
  void anEmptySheetHasNoRows(String rows) throws Exception {
    FormatFixture.Read read = files.read(TestWorkbook.of(rows).bytes(), feed());

    assertThat(read.columns()).containsExactly("learner_id", "role", "kind", "assignee_id");
    assertThat(read.rows()).isEmpty();
    assertThat(
            files
                .read(
                    TestWorkbook.of(rows).bytes(),
                    feed("constant.role", "iqa", "column.assignee_id", "Who"))
                .columns())
        .containsExactly("learner_id", "kind", "Who");
  }

  @Test
  void theHeaderStandsBelowATitleOrOnASecondSheet() throws Exception {
    TestWorkbook workbook =
        TestWorkbook.of(
            row("All learners") + row("1", "iqa") + HEADER + row("1", "iqa", "default", "2"));

    FormatFixture.Read below = files.read(workbook.bytes(), feed());
    assertThat(below.words(1).assignee()).isEqualTo("2");
    assertThat(below.warnings()).singleElement().asString().contains("row 3", "(2 rows)");

    workbook =
        TestWorkbook.of(row("Cover") + row("by MIS"))
            .with(
                "xl/workbook.xml",
                "<workbook xmlns:r=\"r\"><sheets><sheet name=\"Cover\" r:id=\"rId1\"/>"
                    + "<sheet name=\"Notes\" r:id=\"rId3\"/>"
                    + "<sheet name=\"Data\" r:id=\"rId2\"/></sheets></workbook>")
            .withRelationships(
                "worksheets/sheet1.xml",
                "worksheet",
                "worksheets/two.xml",
                "worksheet",
                "worksheets/three.xml",
                "worksheet")
            .with("xl/worksheets/three.xml", sheet(""))
            .with("xl/worksheets/two.xml", sheet(HEADER + row("1", "iqa", "default", "2")));
    FormatFixture.Read second = files.read(workbook.bytes(), feed());
    assertThat(second.words(1).assignee()).isEqualTo("2");
    assertThat(second.warnings())
        .singleElement()
        .asString()
        .contains("3 visible sheets", "number 3");
    files.refused(workbook.bytes(), feed("sheet", "Cover"), FileCode.NO_HEADER);
    assertThat(files.read(workbook.bytes(), feed("sheet", "Notes")).rows()).isEmpty();
  }

  @Test
  void theFeedSaysInWhichRowOfTheSheetTheHeaderIs() throws Exception {
    byte[] workbook =
        TestWorkbook.of(
                HEADER
                    + row("9", "iqa", "default", "8")
                    + "<row r=\"7\">"
                    + HEADER.substring(5)
                    + row("1", "iqa", "default", "2"))
            .bytes();

    assertThat(files.read(workbook, feed()).words(1).learner()).isEqualTo("9");
    assertThat(files.read(workbook, feed("header.row", "7")).words(1).learner()).isEqualTo("1");
    assertThat(files.refused(workbook, feed("header.row", "6"), FileCode.NO_HEADER).what())
        .contains("header.row=6");
  }

  @ParameterizedTest
  @CsvSource({
    "./worksheets/sheet1.xml",
    "worksheets/./sheet1.xml",
    "../xl/worksheets/sheet1.xml",
    "/xl/worksheets/SHEET1.xml",
    "worksheets/x/../sheet1.xml",
    ".\\worksheets\\sheet1.xml"
  })
  void aTargetMayBeRelative(String target) throws Exception {
    TestWorkbook workbook =
        TestWorkbook.of(HEADER + row("1", "iqa", "default", "2"))
            .withRelationships(target, "worksheet");

    assertThat(files.read(workbook.bytes(), feed()).rows()).hasSize(1);
  }

  @Test
  void theWorkbookIsWhereItsPackageSays() throws Exception {
    TestWorkbook from = TestWorkbook.of(HEADER + row("1", "iqa", "default", "2"));
    TestWorkbook moved =
        TestWorkbook.empty()
            .with(
                "_rels/.rels",
                from.part("xl/_rels/workbook.xml.rels")
                    .replaceAll(
                        "<Relationship .*",
                        "<Relationship Id=\"r\" Type=\"x/officeDocument\" Target=\"book/book.xml\"/></Relationships>"))
            .with("book/book.xml", from.part("xl/workbook.xml"))
            .with("book/_rels/book.xml.rels", from.part("xl/_rels/workbook.xml.rels"))
            .with("book/worksheets/sheet1.xml", from.part(SHEET));

    assertThat(files.read(moved.bytes(), feed()).rows()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE"})
  void partsMayBeInUtf16(String charset) throws Exception {
    TestWorkbook workbook =
        TestWorkbook.of(HEADER + row("1", "iqa", "default", "2") + row("Zoë €"));
    workbook.with(SHEET, "<?xml version=\"1.0\" encoding=\"UTF-16\"?>" + workbook.part(SHEET));
    FormatFixture.Read read = files.read(workbook.bytes(Charset.forName(charset)), feed());

    assertThat(read.words(1).learner()).isEqualTo("1");
    assertThat(read.cells().get(1).get(0)).isEqualTo("Zoë €");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "<c t=\"inlineStr\"><v>0</v><is><t>501</t></is></c>~501",
        "<c t=\"inlineStr\"><is><t>501</t></is><v>0</v></c>~501",
        "<c t=\"inlineStr\"><v>501</v></c>~501",
        "<c t=\"str\"><v>501</v><is><t>x</t></is></c>~501",
        "<c><v>501</v><is><t>x</t></is></c>~501",
        "<c t=\"s\"><v>4</v><is><t>x</t></is></c>~iqa",
        "<c><is><t>501</t></is></c>~501",
      })
  void theTypeSaysWhetherTheInlineTextOrTheValueCounts(String cell, String text) throws Exception {
    String rows = HEADER + "<row>" + cell + "</row>";

    assertThat(files.read(TestWorkbook.of(rows).bytes(), feed()).cells().get(0).get(0))
        .isEqualTo(text);
  }

  @Test
  void mergedCellsOfColumnsThatAreReadAreNamed() throws Exception {
    TestWorkbook workbook = TestWorkbook.of("");
    String merges =
        "<mergeCells><mergeCell ref=\"A1:C1\"/><mergeCell ref=\"A2:A3\"/><mergeCell ref=\"E2:E9\"/><mergeCell ref=\"C4:E4\"/></mergeCells>";
    String header = row("learner_id", "role", "kind", "assignee_id", "name");
    workbook.with(
        SHEET,
        sheet(header + row("1", "iqa", "default", "2") + row("", "iqa", "default", "3"))
            .replace("</sheetData>", "</sheetData>" + merges));
    FormatFixture.Read read = files.read(workbook.bytes(), feed());

    assertThat(read.words(1).learner()).isEqualTo("1");
    assertThat(read.words(2).learner()).isEmpty();
    assertThat(read.warnings()).singleElement().asString().contains("A2:A3, C4:E4;");
  }

  @Test
  void rowsThatShareALongTextAreNoMoreThanTheFeedAllows() throws Exception {
    Path file = folder.resolve("bomb");
    TestWorkbook.of("")
        .withTexts("learner_id", "role", "kind", "assignee_id", "x".repeat(30_000))
        .write(
            file,
            SHEET,
            "<worksheet><sheetData><row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c t=\"s\"><v>2</v></c><c t=\"s\"><v>3</v></c><c><v>5</v></c></row>",
            "<row><c/><c/><c/><c/><c t=\"s\"><v>4</v></c></row>",
            5_000,
            "</sheetData></worksheet>");

    assertThat(Files.size(file)).isLessThan(100_000);
    assertThat(files.refused(file, feed("limit.bytes", "1000000"), FileCode.TOO_LARGE).what())
        .contains("texts");
  }

  @Test
  void aWorkbookWithoutAHeaderOrSheetIsRefused() throws Exception {
    files.refused(TestWorkbook.of(row("a", "b")).bytes(), feed(), FileCode.NO_HEADER);
    files.refused(TestWorkbook.of(row("learner_id")).bytes(), feed(), FileCode.MISSING_COLUMN);
    TestWorkbook none = TestWorkbook.of("").with("xl/workbook.xml", "<workbook/>");
    files.refused(none.bytes(), feed(), FileCode.NOT_READABLE);
    TestWorkbook missing = TestWorkbook.of("").withRelationships("worksheets/9.xml", "worksheet");
    files.refused(missing.bytes(), feed(), FileCode.NOT_READABLE);
  }

  @Test
  void anotherZipFileIsRefusedByWhatItIs() throws Exception {
    byte[] cut = TestWorkbook.of(HEADER).bytes();

    assertThat(
            files.refused(Arrays.copyOf(cut, cut.length / 2), feed(), FileCode.NOT_READABLE).what())
        .contains("its end is missing");
    assertThat(files.refused("PK\u0003\u0004", feed(), FileCode.NOT_READABLE).what())
        .contains("damaged");
    assertThat(files.refused(zip("[Content_Types].xml"), feed(), FileCode.NOT_READABLE).what())
        .contains("no Excel workbook");
    assertThat(files.refused(zip("xl/workbook.bin"), feed(), FileCode.NOT_READABLE).what())
        .contains(".xlsb");
    assertThat(
            files
                .refused(
                    TestWorkbook.of(HEADER).bytes(), feed("format", "csv"), FileCode.NOT_READABLE)
                .what())
        .contains("format=csv", "Excel workbook");
  }

  private static byte[] zip(String name) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"})
  void aDocumentTypeIsRefusedAndNothingIsFetched(String part) throws Exception {
    AtomicInteger fetched = new AtomicInteger();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          fetched.incrementAndGet();
          exchange.close();
        });
    server.start();
    try {
      String from = "http://127.0.0.1:" + server.getAddress().getPort() + "/x";
      Path secret = Files.writeString(folder.resolve("secret.txt"), "learner_id");
      for (String type :
          List.of(
              "<!DOCTYPE x SYSTEM \"" + from + "\">",
              "<!DOCTYPE x [<!ENTITY e SYSTEM \"" + secret.toUri() + "\">]>",
              "<!DOCTYPE x [<!ENTITY % p SYSTEM \"" + from + "\"> %p;]>",
              "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>")) {
        String xml = type + "<x><row><c t=\"str\"><v>&e;&b;</v></c></row></x>";
        UnreadableFile refused =
            files.refused(
                TestWorkbook.of(HEADER).with(part, xml).bytes(), feed(), FileCode.NOT_READABLE);
        assertThat(refused.what()).contains("document type");
      }
      assertThat(fetched).hasValue(0);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void anEntityThatNobodyDeclaredIsRefused() throws Exception {
    String rows = HEADER + "<row><c t=\"str\"><v>&e;</v></c></row>";

    files.refused(TestWorkbook.of(rows).bytes(), feed(), FileCode.NOT_READABLE);
  }

  @Test
  void externalLinksAreLeftAlone() throws Exception {
    String xml =
        "<Relationships><Relationship Id=\"rId1\" Type=\"x/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
            + "<Relationship Id=\"rId2\" Type=\"x/styles\" Target=\"http://192.0.2.1/s\" TargetMode=\"External\"/>"
            + "<Relationship Id=\"rId3\" Type=\"x/externalLink\" Target=\"externalLinks/1.xml\"/></Relationships>";
    TestWorkbook workbook =
        TestWorkbook.of(HEADER + row("1", "iqa", "default", "2"))
            .with("xl/_rels/workbook.xml.rels", xml)
            .with("xl/externalLinks/1.xml", "<!DOCTYPE x SYSTEM \"http://192.0.2.1/\"><x/>")
            .with("../../escaped.txt", "x");

    assertThat(files.read(workbook.bytes(), feed()).rows()).hasSize(1);
    assertThat(folder.resolve("../../escaped.txt")).doesNotExist();
    assertThat(folder.getParent().resolve("escaped.txt")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<row><c r=\"ZZZZ1\"><v>1</v></c></row>",
        "<row><c r=\"XFE1\"><v>1</v></c></row>",
        "<row><c r=\"11\"><v>1</v></c></row>",
        "<row><c t=\"s\"><v>6</v></c></row>",
        "<row><c t=\"s\"><v>2147483647</v></c></row>",
        "<row><c t=\"s\"><v>-1</v></c></row>",
        "<row><c t=\"s\"><v>x</v></c></row>",
        "<row><c><v>1</v></row>",
        "<row>\u0001</row>",
        "<row><c><v>1"
      })
  void aSheetThatNoProgramWritesIsRefused(String rows) throws Exception {
    files.refused(TestWorkbook.of(HEADER + rows).bytes(), feed(), FileCode.NOT_READABLE);
  }

  @Test
  void aRowFarDownIsOverTheLimitOfRows() throws Exception {
    String far = "<row r=\"%s\"><c><v>1</v></c></row>";
    Feed feed = feed("limit.rows", "10");

    assertThat(files.read(TestWorkbook.of(HEADER + far.formatted("11")).bytes(), feed).rows())
        .hasSize(10);
    files.refused(TestWorkbook.of(HEADER + far.formatted("12")).bytes(), feed, FileCode.TOO_LARGE);
    files.refused(
        TestWorkbook.of(HEADER + far.formatted("999999999")).bytes(), feed(), FileCode.TOO_LARGE);
  }

  @Test
  void aRowAtTheLimitOfCharactersIsReadAndOneOverItIsARowWithAFault() throws Exception {
    Feed feed = feed("limit.line", "100");
    FormatFixture.Read read =
        files.read(
            TestWorkbook.of(
                    HEADER + row("1", "x".repeat(99)) + row("1", "x".repeat(100)) + row("3"))
                .bytes(),
            feed);

    assertThat(read.codes(1)).isEmpty();
    assertThat(read.codes(2)).containsExactly(Code.TOO_LONG);
    assertThat(read.codes(3)).isEmpty();
    TestWorkbook shared =
        TestWorkbook.of(HEADER + "<row><c t=\"s\"><v>0</v></c></row>").withTexts("x".repeat(200));
    assertThat(files.read(shared.bytes(), feed).codes(1)).containsExactly(Code.TOO_LONG);
  }

  @Test
  void columnsUpToTheLimitAreReadAndOneOverItRefusesTheFile() throws Exception {
    Feed feed = feed("limit.columns", "5");
    String five = HEADER.replace("</row>", row("x").substring(5));

    assertThat(files.read(TestWorkbook.of(five).bytes(), feed).columns()).hasSize(5);
    String six = five.replace("</row>", row("y").substring(5));
    files.refused(TestWorkbook.of(six).bytes(), feed, FileCode.TOO_LARGE);
  }

  /** Each becomes large only when it is unpacked. */
  @ParameterizedTest
  @CsvSource(
      value = {
        SHEET + "|<x><sheetData>|<row/>|1000000|</sheetData></x>",
        SHEET + "|<x><row><c><v>|1|2000000|</v></c></row></x>",
        SHEET + "|<x><row a=\"|1|2000000|\"/></x>",
        SHEET + "|<x><!--|<|2000000|--></x>",
        SHEET + "|<x><![CDATA[|<|2000000|]]></x>",
        "xl/styles.xml|<x><cellXfs>|<y/>|1000000|</cellXfs></x>",
        "xl/sharedStrings.xml|<x>|<si/>|3000000|</x>",
        "xl/workbook.xml|<x>|<y></y>|1000000|</x>"
      },
      delimiter = '|')
  void whatUnpacksToTooMuchIsRefused(
      String part, String begin, String piece, long times, String end) throws Exception {
    Path file = folder.resolve("bomb.xlsx");
    TestWorkbook.of(HEADER).write(file, part, begin, piece, times, end);

    assertThat(Files.size(file)).isLessThan(100_000);
    UnreadableFile refused = refused(file, feed("limit.bytes", "100000"));
    assertThat(refused.code()).isEqualTo(FileCode.TOO_LARGE);
  }

  @Test
  void whatIsTooDeepOrHasTooManyNamesIsRefused() throws Exception {
    Path file = folder.resolve("deep.xlsx");
    TestWorkbook.of(HEADER).write(file, SHEET, "<x>", "<x>", 1_000_000, "");
    assertThat(refused(file, feed()).what()).contains("too deep");
    TestWorkbook.of(HEADER).write(file, SHEET, "<x><?p ", "<", 2_000_000, "?></x>");
    assertThat(refused(file, feed()).code()).isEqualTo(FileCode.TOO_LARGE);

    StringBuilder names = new StringBuilder("<x>");
    for (int i = 0; i < 10_000; i++) {
      names.append("<x").append(i).append(" y").append(i).append("=\"\"/>");
    }
    assertThat(
            files
                .refused(
                    TestWorkbook.of(HEADER).with(SHEET, names + "</x>").bytes(),
                    feed(),
                    FileCode.NOT_READABLE)
                .what())
        .contains("too many names");
  }

  @Test
  void aDirectoryOfTooManyPartsIsRefused() throws Exception {
    TestWorkbook workbook = TestWorkbook.of(HEADER);
    for (int i = 0; i < 9_995; i++) {
      workbook.with("x" + i, "");
    }
    assertThat(files.read(workbook.bytes(), feed()).columns()).hasSize(4);
    files.refused(workbook.with("one", "").with("more", "").bytes(), feed(), FileCode.TOO_LARGE);
  }

  @Test
  void aMarkOfTheByteOrderIsNoFault() throws Exception {
    TestWorkbook workbook =
        TestWorkbook.of("").with(SHEET, "\uFEFF" + sheet(HEADER + row("1", "iqa", "1", "2")));

    assertThat(files.read(workbook.bytes(), feed()).rows()).hasSize(1);
  }

  @Test
  void manyEscapedCharactersAreNoBomb() throws Exception {
    Path file = folder.resolve("many.xlsx");
    TestWorkbook.of("")
        .write(
            file,
            SHEET,
            "<x>" + HEADER,
            "<row><c t=\"str\"><v>&amp;&lt;&#65;&quot;</v></c></row>",
            60_000,
            "</x>");

    FormatFixture.Read read = files.read(file, feed());
    assertThat(read.rows()).hasSize(60_000);
    assertThat(read.rows().get(59_999).cells()).startsWith("&<A\"");
  }

  private UnreadableFile refused(Path file, Feed feed) throws Exception {
    try {
      throw new AssertionError("was read: " + files.read(file, feed).columns());
    } catch (UnreadableFile e) {
      return e;
    }
  }

  @Test
  void theTextsBytesAreUtf8() throws Exception {
    TestWorkbook workbook =
        TestWorkbook.of(HEADER + "<row><c t=\"s\"><v>1</v></c></row>")
            .withTexts("x", "Zoë \uD83D\uDE00 ž");

    FormatFixture.Read read = files.read(workbook.bytes(), feed());
    assertThat(read.cells().get(0).get(0).getBytes(UTF_8)).isEqualTo("Zoë 😀 ž".getBytes(UTF_8));
  }
}
