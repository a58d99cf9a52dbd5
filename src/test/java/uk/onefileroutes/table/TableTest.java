package uk.onefileroutes.table;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uk.onefileroutes.table.TestFeeds.feed;

import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.onefileroutes.assignment.Code;
import uk.onefileroutes.assignment.Fault;
import uk.onefileroutes.assignment.FileCode;
import uk.onefileroutes.assignment.RequestedAssignment;
import uk.onefileroutes.feed.Feed;

class TableTest {
  private static final Charset WINDOWS = Charset.forName("windows-1252");
  private static final String HEADER = "learner_id,role,kind,assignee_id";

  private final Path folder;

  TableTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void rowsAreNumberedBehindTheHeaderAndMapped() throws Exception {
    List<RequestedAssignment> asked =
        asked(HEADER + ",name\n1,iqa,default,2,Ann\n 3\u00A0,IQA,,4,\n", feed());

    assertThat(asked)
        .containsExactly(
            new RequestedAssignment(1, 0, words("1", "default", null, "iqa", "2"), List.of()),
            new RequestedAssignment(2, 0, words("3", "", null, "IQA", "4"), List.of()));
  }

  @Test
  void headersAreComparedWithoutCaseSpacesAndSigns() throws Exception {
    String header = "\uFEFF\"Learner ID\",\u00A0ROLE ,Ki nd,assignee-Id,Learning Aim_ID,UNITID\n";
    List<RequestedAssignment> asked = asked(header + "1,iqa,3,2,77,KS_1\n", feed());

    assertThat(asked.get(0).words())
        .isEqualTo(new RequestedAssignment.Words("1", "3", null, "iqa", "2", "77", "KS_1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"apprentice_id", "Trainee ID", "candidateid", "STUDENT-ID"})
  void aLearnerGoesByOtherNamesToo(String name) throws Exception {
    assertThat(asked(name + ",role,level,assignee_id\n9,iqa,1,2\n", feed()).get(0).words())
        .isEqualTo(words("9", null, "1", "iqa", "2"));
  }

  @Test
  void theFeedNamesColumnsAndSuppliesConstants() throws Exception {
    Feed feed =
        feed(
            "column.learner_id", "Ref No",
            "column.assignee_id", "Student ID",
            "constant.kind", "default",
            "constant.role", "employer");
    Table table = open("ref no;student id;role\n1;2;iqa\n", feed);

    assertThat(table.assignments().next().words())
        .isEqualTo(words("1", "default", null, "employer", "2"));
    assertThat(table.warnings()).singleElement().asString().contains("constant.role");
    assertThat(table.dialect().delimiter()).isEqualTo(';');
  }

  @Test
  void aHeaderThatTheFeedClaimsIsNoSynonymAnyMore() throws Exception {
    String text = "student_id,learner_id,role,kind\n2,1,iqa,1\n";

    assertThat(asked(text, feed("column.assignee_id", "student_id")).get(0).words())
        .isEqualTo(words("1", "1", null, "iqa", "2"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "column.learner_id~Email~Email,role,level,assignee_id|a@b.uk,iqa,1,2|c@d.uk,iqa,1,2"
            + "~No cell of Email, mapped to learner_id, is an id; e-mail addresses belong to"
            + " column.learner_email.",
        "column.assignee_id~Tutor~learner_id,role,level,Tutor|1,iqa,1,Ann|2,iqa,1,Bob|3,iqa,1,-"
            + "~No cell of Tutor, mapped to assignee_id, is an id; is column.assignee_id right?",
        "fan-out.1~default,assessor,Tutor~learner_id,Tutor|1,Ann|2,Bob"
            + "~No cell of Tutor, mapped to assignee_id, is an id; is fan-out.1 right?",
        "poll~5s~learner_id,role,level,assignee_id|P-1,iqa,1,2|P-2,iqa,1,2"
            + "~No cell of learner_id is an id; does another column have the ids? Name that by"
            + " column.learner_id.",
        "poll~5s~learner_id,role,level,assignee_id|1.0,iqa,1,2|2.0,iqa,1,3"
            + "~learner_id: 2 ids are written in another way than Onefile's, such as: 1.0 is read as"
            + " 1.",
        "poll~5s~learner_id,role,level,assignee_id|1,iqa,1,2|x,iqa,1,2~^^",
        "poll~5s~learner_id,role,level,assignee_id|,iqa,1,-~^^"
      })
  void whatIsOddAboutAColumnOfIdsIsNotedOnce(String key, String value, String lines, String note)
      throws Exception {
    Path file = folder.resolve("notes.csv");
    Files.writeString(file, lines.replace('|', '\n'));
    try (Table table = Table.open(file, feed(key, value))) {
      table.assignments().forEachRemaining(asked -> {});

      assertThat(String.join(" ", table.notes())).isEqualTo(note);
    }
  }

  @Test
  void severalValuesOfAColumnMayBeIgnored() throws Exception {
    List<RequestedAssignment> asked =
        asked(
            HEADER + ",Status\n1,iqa,1,2,LEFT\n1,iqa,1,2,withdrawn \n1,iqa,1,2,\n1,iqa,1,2,here\n",
            feed("ignore.Status", "Left, Withdrawn"));

    assertThat(asked.stream().map(RequestedAssignment::isIgnored))
        .containsExactly(true, true, false, false);
    assertThat(asked.get(1).ignoredBy()).isEqualTo("ignore.Status=Withdrawn");
  }

  @Test
  void aRowWithAnIgnoredValueAsksNothing() throws Exception {
    List<RequestedAssignment> asked =
        asked(
            HEADER + ",Status\n1,iqa,1,2,LEFT \n1,iqa,1,2,here\n1,iqa,1\n",
            feed("ignore.status", "left"));

    assertThat(asked.get(0).ignoredBy()).isEqualTo("ignore.status=left");
    assertThat(asked.get(0).isIgnored()).isTrue();
    assertThat(asked.get(1).isIgnored()).isFalse();
    assertThat(asked.get(2).isIgnored()).isFalse();
  }

  @Test
  void blankRecordsAreRowsOfTheirOwn() throws Exception {
    Table table = open("\n ,\n" + HEADER + "\n\n,,,\n , \u00A0\n1,iqa,1,2\n\"\",,,\n", feed());

    assertThat(rows(table)).extracting(Row::isBlank).containsExactly(true, true, true, false, true);
    List<RequestedAssignment> asked = new ArrayList<>();
    table.assignments().forEachRemaining(asked::add);
    assertThat(asked)
        .extracting(RequestedAssignment::isBlank)
        .containsExactly(true, true, true, false, true);
    assertThat(asked).extracting(RequestedAssignment::row).containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void tooFewAndTooManyCellsAreAFaultButEmptySurplusIsNot() throws Exception {
    List<RequestedAssignment> asked =
        asked(HEADER + "\n1,iqa,1\n1,iqa,1,2,3\n1,iqa,1,2,, \n", feed());

    assertThat(codes(asked.get(0))).containsExactly(Code.WRONG_COLUMN_COUNT);
    assertThat(asked.get(0).faults().get(0).message())
        .startsWith("Line 2: the row ends after 3 of 4 cells; usually")
        .doesNotContain("delimiter");
    assertThat(asked.get(1).faults().get(0).message())
        .isEqualTo(
            "The header has 4 columns, this row 5; put a cell that contains the delimiter in"
                + " quotes.");
    assertThat(asked.get(0).words()).isNull();
    assertThat(codes(asked.get(1))).containsExactly(Code.WRONG_COLUMN_COUNT);
    assertThat(asked.get(2))
        .isEqualTo(new RequestedAssignment(3, 0, words("1", "1", null, "iqa", "2"), List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "::",
      value = {",::comma", ";::semicolon", "TAB::tab", "|::pipe"})
  void theDelimiterIsFoundAndCanBeDeclared(String shown, String word) throws Exception {
    String delimiter = shown.equals("TAB") ? "\t" : shown;
    String text = (HEADER + ",\"a;b\tc|d\"\n1,\"iqa\",1,2,x\n").replace(",", delimiter);

    assertThat(asked(text, feed()).get(0).words()).isEqualTo(words("1", "1", null, "iqa", "2"));
    assertThat(asked(text, feed("delimiter", word)).get(0).words())
        .isEqualTo(words("1", "1", null, "iqa", "2"));
  }

  @Test
  void anExcelHintSaysTheDelimiter() throws Exception {
    Table table = open("sep=~\r\n" + HEADER.replace(",", "~") + "\r\n1~iqa~1~2\r\n", feed());

    assertThat(table.dialect()).isEqualTo(new Dialect(UTF_8, false, '~', '"', "\r\n", "sep=~"));
    assertThat(rows(table)).singleElement().extracting(Row::text).isEqualTo("1~iqa~1~2");
  }

  @ParameterizedTest
  @CsvSource({"UTF-8,true", "UTF-8,false", "UTF-16LE,true", "UTF-16BE,true", "windows-1252,false"})
  void theCharsetIsFoundFromTheBytes(String name, boolean bom) throws Exception {
    Charset charset = Charset.forName(name);
    String text = (bom ? "\uFEFF" : "") + HEADER + ",name\n1,iqa,1,2,Zoë €\n";
    Table table = open(text.getBytes(charset), feed());

    assertThat(table.dialect().charset()).isEqualTo(charset);
    assertThat(table.dialect().bom()).isEqualTo(bom);
    assertThat(rows(table).get(0).cells().get(4)).isEqualTo("Zoë €");
    assertThat(table.warnings()).hasSize(charset.equals(WINDOWS) ? 1 : 0);
  }

  @Test
  void aLateByteDecidesTheCharsetToo() throws Exception {
    String text = HEADER + ",name\n" + "1,iqa,1,2,Ann\n".repeat(20_000) + "1,iqa,1,2,Zoë\n";

    assertThat(open(text.getBytes(WINDOWS), feed()).dialect().charset()).isEqualTo(WINDOWS);
    assertThat(open(text.getBytes(UTF_8), feed()).dialect().charset()).isEqualTo(UTF_8);
  }

  @Test
  void aDeclaredCharsetIsStrictRowByRow() throws Exception {
    byte[] text = (HEADER + ",unit_id\n1,iqa,1,2,Zo\u00EB\n1,iqa,1,2,\n").getBytes(WINDOWS);
    Table table = open(text, feed("charset", "UTF-8"));
    List<RequestedAssignment> asked = new ArrayList<>();
    table.assignments().forEachRemaining(asked::add);

    assertThat(codes(asked.get(0))).containsExactly(Code.BAD_ENCODING);
    assertThat(words(asked.get(0)).unit()).isEqualTo("Zo\uFFFD");
    assertThat(asked.get(1).faults()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    // the carried cell, in bytes; how the file is read then
    "C3AB C3,UTF-8",
    "C3AB 81,UTF-8",
    "C581 E9,UTF-8",
    "C581 EFBFBD,UTF-8",
    "E282AC 00 C581,UTF-8",
    "F09F9A80 F09F9A,UTF-8",
    "EB 81,windows-1252",
    "EB E9 C3A9,windows-1252",
  })
  void damageInACellThatNobodyReadsHarmsNoRow(String hex, String charset) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] name = HexFormat.of().parseHex(hex.replace(" ", ""));
    bytes.writeBytes((HEADER + ",name\n1,iqa,1,2,").getBytes(UTF_8));
    bytes.writeBytes(name);
    bytes.writeBytes("\n3,iqa,1,4,Ann\n".getBytes(UTF_8));
    Table table = open(bytes.toByteArray(), feed());
    List<RequestedAssignment> asked = new ArrayList<>();
    table.assignments().forEachRemaining(asked::add);
    Path copy = folder.resolve("copy.csv");
    try (LosslessOutput output = table.dialect().create(copy)) {
      output.write(table.headerText() + "\n");
      for (Row row : rows(table)) {
        output.write(row.text() + "\n");
      }
    }

    assertThat(table.dialect().charset()).isEqualTo(Charset.forName(charset));
    assertThat(asked).allSatisfy(one -> assertThat(one.faults()).isEmpty());
    assertThat(copy).hasBinaryContent(bytes.toByteArray());
  }

  @Test
  void halfACharacterOfUtf16ComesBackAsItCame() throws Exception {
    byte[] text = ("\uFEFF" + HEADER + ",name\n1,iqa,1,2,xy\n").getBytes(UTF_16LE);
    text[text.length - 5] = (byte) 0xD8; // x is half of a pair now
    Table table = open(text, feed());
    Path copy = folder.resolve("copy.csv");
    try (LosslessOutput output = table.dialect().create(copy)) {
      output.write(table.headerText() + "\n" + rows(table).get(0).text() + "\n");
    }

    assertThat(rows(table).get(0).faults()).isEmpty();
    assertThat(copy).hasBinaryContent(text);
  }

  @Test
  void damagedCharactersAreBadEncoding() throws Exception {
    byte[] undefined = (HEADER + "\n1,iqa,1,2\u0081\n1,iqa,1,2\n").getBytes(ISO_8859_1);
    List<RequestedAssignment> windows = new ArrayList<>();
    open(undefined, feed()).assignments().forEachRemaining(windows::add);

    assertThat(codes(windows.get(0))).containsExactly(Code.BAD_ENCODING);
    assertThat(words(windows.get(0)).assignee()).isEqualTo("2\uFFFD");
    assertThat(windows.get(1).faults()).isEmpty();
    assertThat(codes(asked(HEADER + "\n1,iq\uFFFDa,1,2\n", feed()).get(0)))
        .containsExactly(Code.BAD_ENCODING);
    assertThat(codes(asked(HEADER + "\n1,iq\uFFFDa,1\n", feed()).get(0)))
        .containsExactly(Code.WRONG_COLUMN_COUNT, Code.BAD_ENCODING);
  }

  @Test
  void whatABrokenOffUploadLeavesBehindTheLastRowIsNoRow() throws Exception {
    byte[] padded = ("\uFEFF" + HEADER + "\n1,iqa,1,2\n\0\0\0").getBytes(UTF_16LE);
    List<RequestedAssignment> asked = new ArrayList<>();
    open(padded, feed()).assignments().forEachRemaining(asked::add);

    assertThat(asked.get(0).faults()).isEmpty();
    assertThat(codes(asked.get(1))).containsExactly(Code.WRONG_COLUMN_COUNT, Code.BAD_ENCODING);
  }

  @Test
  void aByteOrderMarkThatContradictsTheFeedIsRefused() throws Exception {
    String text = "\uFEFF" + HEADER + "\n";

    assertRefused(text.getBytes(UTF_8), feed("charset", "windows-1252"), FileCode.BAD_CHARSET);
    assertRefused(text.getBytes(UTF_16LE), feed("charset", "UTF-16BE"), FileCode.BAD_CHARSET);
    assertThat(open(text.getBytes(UTF_16BE), feed("charset", "UTF-16")).columns()).hasSize(4);
    assertThat(open(text.getBytes(UTF_8), feed("charset", "UTF-8")).columns()).hasSize(4);
  }

  @Test
  void utf16WithoutAByteOrderMarkIsRefusedUnlessDeclared() throws Exception {
    byte[] text = (HEADER + "\n1,iqa,1,2\n").getBytes(UTF_16LE);

    assertRefused(text, feed(), FileCode.BAD_CHARSET);
    assertRefused(text, feed("charset", "UTF-8"), FileCode.BAD_CHARSET);
    assertRefused(text, feed("charset", "UTF-16"), FileCode.BAD_CHARSET);
    assertThat(rows(open(text, feed("charset", "UTF-16LE")))).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "PK\u0003\u0004xl~Excel workbook",
        "'\u001F\u008B\u0008'~gzip",
        "%PDF-1.7~PDF",
        "<table>~HTML",
        "\u00D0\u00CF\u0011\u00E0\u00A1\u00B1\u001A\u00E1~old Excel",
        "learner_id,ro\u0000le~byte 14",
      })
  void whatIsNoCsvIsNamedAndRefused(String text, String named) throws Exception {
    assertThat(assertRefused(text.getBytes(ISO_8859_1), feed(), FileCode.NOT_READABLE).what())
        .contains(named);
  }

  @Test
  void aZeroFarInsideTheFileIsFound() throws Exception {
    String text = HEADER + "\n" + "1,iqa,1,2\n".repeat(20_000);
    UnreadableFile refused =
        assertRefused((text + "\u0000").getBytes(UTF_8), feed(), FileCode.NOT_READABLE);

    assertThat(refused.what()).contains("byte " + (text.length() + 1));
    assertRefused(
        (text + "\u0000").getBytes(UTF_8), feed("charset", "windows-1252"), FileCode.NOT_READABLE);
  }

  @Test
  void aWorkbookWithAPasswordIsEncrypted() throws Exception {
    byte[] ole = "\u00D0\u00CF\u0011\u00E0\u00A1\u00B1\u001A\u00E1".getBytes(ISO_8859_1);
    byte[] name = "EncryptedPackage".getBytes(UTF_16LE);
    // Across the border of two reads.
    byte[] all = new byte[(1 << 16) + 100];
    System.arraycopy(ole, 0, all, 0, ole.length);
    System.arraycopy(name, 0, all, (1 << 16) - 10, name.length);

    assertRefused(all, feed(), FileCode.ENCRYPTED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", " , ,\n", "1,iqa,1,2\n3,iqa,1,4\n", "\uFEFF"})
  void withoutAHeaderTheFileIsRefused(String text) throws Exception {
    assertRefused(text.getBytes(UTF_8), feed(), FileCode.NO_HEADER);
  }

  @Test
  void allMissingColumnsAreNamedWithThoseSeen() throws Exception {
    UnreadableFile refused =
        assertRefused(
            "\nLearner ID,Name\n".getBytes(UTF_8),
            feed("ignore.status", "left", "column.unit_id", "Module"),
            FileCode.MISSING_COLUMN);

    assertThat(refused.what())
        .contains("role", "assignee_id", "kind or level", "status", "Module")
        .contains("Seen: Learner ID, Name.");
    assertThat(refused.line()).isEqualTo(2);
    assertThat(asked("learner_id,role,level,assignee_id\n", feed())).isEmpty();
  }

  @Test
  void twoHeadersForOneColumnAreRefusedUnlessTheFeedSaysWhich() throws Exception {
    String text = "Learner ID,apprentice_id,role,kind,assignee_id\n1,2,iqa,1,3\n";

    assertThat(assertRefused(text.getBytes(UTF_8), feed(), FileCode.NOT_READABLE).what())
        .contains("Learner ID (column 1) and apprentice_id (column 2)");
    assertThat(words(asked(text, feed("column.learner_id", "apprentice_id")).get(0)).learner())
        .isEqualTo("2");
  }

  @Test
  void aResultsFileOfOursIsRefusedAndAMendedRejectsFileIsNot() throws Exception {
    assertRefused(
        (HEADER + ",result_row,result_status\n").getBytes(UTF_8), feed(), FileCode.RESULTS_FILE);
    assertThat(asked(HEADER + ",result_code,result_message\n1,iqa,1,2,GONE,x\n", feed()))
        .hasSize(1);
  }

  @Test
  void aHeaderWithBrokenQuotesIsRefused() throws Exception {
    assertRefused(
        "learner_id,\"role,kind,assignee_id\n1,iqa,1,2\n".getBytes(UTF_8),
        feed(),
        FileCode.NOT_READABLE);
  }

  @Test
  void aFileAtTheLimitOfBytesIsReadAndOneOverItIsNot() throws Exception {
    String text = HEADER + "\n";
    String at = text + "x".repeat(1024 - text.length());

    assertThat(open(at, feed("limit.bytes", "1024")).columns()).hasSize(4);
    assertRefused((at + "x").getBytes(UTF_8), feed("limit.bytes", "1024"), FileCode.TOO_LARGE);
  }

  @Test
  void aHeaderAtTheLimitOfColumnsIsReadAndOneOverItIsNot() throws Exception {
    Feed feed = feed("limit.columns", "5");

    assertThat(open(HEADER + ",a\n", feed).columns()).hasSize(5);
    assertRefused((HEADER + ",a,b\n").getBytes(UTF_8), feed, FileCode.TOO_LARGE);
  }

  @Test
  void aHeaderOverTheLimitOfCharactersIsRefused() throws Exception {
    String at = HEADER + "," + "x".repeat(99 - HEADER.length());

    assertThat(open(at + "\n", feed("limit.line", "100")).columns()).hasSize(5);
    assertRefused((at + "x\n").getBytes(UTF_8), feed("limit.line", "100"), FileCode.TOO_LARGE);
  }

  @Test
  void rowsUpToTheLimitAreReadAndOneOverItRefusesTheFile() throws Exception {
    Feed feed = feed("limit.rows", "3");

    assertThat(rows(open(HEADER + "\n1,iqa,1,2\n\n1,iqa,1,2\n", feed))).hasSize(3);
    Table over = open(HEADER + "\n1,iqa,1,2\n\n1,iqa,1,2\n\n", feed);
    assertThatThrownBy(() -> rows(over))
        .isInstanceOfSatisfying(
            UnreadableFile.WhileReading.class,
            e -> {
              assertThat(e.reason().code()).isEqualTo(FileCode.TOO_LARGE);
              assertThat(e.reason().line()).isEqualTo(5);
            });
  }

  @Test
  void anOpenQuoteInTheMiddleOfALongFileCostsOnlyItsRow() throws Exception {
    String text =
        IntStream.rangeClosed(1, 10_000)
            .mapToObj(i -> (i == 5_000 ? "\"" : "") + i + ",iqa,1,2\r\n")
            .collect(Collectors.joining("", HEADER + "\r\n", ""));
    List<RequestedAssignment> asked = asked(text, feed());

    assertThat(asked).hasSize(10_000);
    for (RequestedAssignment each : asked) {
      assertThat(codes(each))
          .isEqualTo(each.row() == 5_000 ? List.of(Code.BAD_QUOTING) : List.of());
      if (each.row() != 5_000) {
        assertThat(words(each).learner()).isEqualTo(Long.toString(each.row()));
      }
    }
    assertThat(asked.get(4_999).faults().get(0).message()).startsWith("Line 5001:");
  }

  @Test
  void aSingleLineOf50MegabytesDoesNotGrowMemory() throws Exception {
    Path file = folder.resolve("long.csv");
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      writer.write(HEADER + "\n1,iqa,1,");
      String piece = "x".repeat(1 << 20);
      for (int i = 0; i < 50; i++) {
        writer.write(piece);
      }
      writer.write("\n2,iqa,1,3\n");
    }
    com.sun.management.ThreadMXBean thread =
        (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
    long before = thread.getCurrentThreadAllocatedBytes();
    List<Row> rows;
    try (Table table = Table.open(file, feed())) {
      rows = rows(table);
    }

    assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(10L << 20);
    assertThat(rows).extracting(Row::number).containsExactly(1L, 2L);
    assertThat(rows.get(0).faults()).extracting(Fault::code).containsExactly(Code.TOO_LONG);
    assertThat(rows.get(0).text()).hasSize(65_536);
    assertThat(rows.get(1).cells()).containsExactly("2", "iqa", "1", "3");
  }

  @Test
  void theTableIsReadAnewByEachIterator() throws Exception {
    Table table = open(HEADER + "\n1,iqa,1,2\n", feed());

    assertThat(rows(table)).isEqualTo(rows(table)).hasSize(1);
    assertThat(table.assignments().hasNext()).isTrue();
  }

  private Table open(String text, Feed feed) throws UnreadableFile, IOException {
    return open(text.getBytes(UTF_8), feed);
  }

  private Table open(byte[] bytes, Feed feed) throws UnreadableFile, IOException {
    return Table.open(Files.write(folder.resolve("export.csv"), bytes), feed);
  }

  private List<RequestedAssignment> asked(String text, Feed feed)
      throws UnreadableFile, IOException {
    try (Table table = open(text, feed)) {
      List<RequestedAssignment> asked = new ArrayList<>();
      table.assignments().forEachRemaining(asked::add);
      return asked;
    }
  }

  private static List<Row> rows(Table table) {
    List<Row> rows = new ArrayList<>();
    table.rows().forEachRemaining(rows::add);
    return rows;
  }

  private UnreadableFile assertRefused(byte[] bytes, Feed feed, FileCode code) throws IOException {
    try (Table table = open(bytes, feed)) {
      throw new AssertionError("was read: " + table.columns());
    } catch (UnreadableFile e) {
      assertThat(e.code()).as(e.getMessage()).isEqualTo(code);
      assertThat(e.what()).endsWith(".");
      assertThat(e.remedy()).endsWith(".");
      return e;
    }
  }

  private static List<Code> codes(RequestedAssignment asked) {
    return asked.faults().stream().map(Fault::code).toList();
  }

  private static RequestedAssignment.Words words(RequestedAssignment asked) {
    RequestedAssignment.Words words = asked.words();
    assertThat(words).isNotNull();
    return words == null ? words("", "", "", "", "") : words;
  }

  private static RequestedAssignment.Words words(
      @Nullable String learner,
      @Nullable String kind,
      @Nullable String level,
      @Nullable String role,
      @Nullable String assignee) {
    return new RequestedAssignment.Words(learner, kind, level, role, assignee, null, null);
  }
}
