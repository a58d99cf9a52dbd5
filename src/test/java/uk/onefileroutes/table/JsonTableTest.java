package uk.onefileroutes.table;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static uk.onefileroutes.table.TestFeeds.feed;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.onefileroutes.assignment.Code;
import uk.onefileroutes.assignment.FileCode;
import uk.onefileroutes.assignment.RequestedAssignment;
import uk.onefileroutes.feed.Feed;

class JsonTableTest {
  private static final String ROW =
      "{\"learner_id\":1,\"role\":\"iqa\",\"kind\":\"default\",\"assignee_id\":2}";

  private final FormatFixture files;

  JsonTableTest(@TempDir Path folder) {
    this.files = new FormatFixture(folder);
  }

  @ParameterizedTest
  @CsvSource({"'[\n',',\n',']'", "'','\n',''", "'','\r\n','\r\n'", "'\uFEFF \n[',',','] '"})
  void arraysAndLinesAreRead(String begin, String between, String end) throws Exception {
    String text =
        begin
            + ROW
            + between
            + "{\"role\":\"assessor\",\"Learner ID\":null,\"kind\":true,\"note\":\"a,\\\"b\\\"\\n\"}"
            + end;
    FormatFixture.Read read =
        files.read(text.replace("Learner ID", "learner_id"), feed("charset", "UTF-8"));

    assertThat(read.columns()).containsExactly("learner_id", "role", "kind", "assignee_id", "note");
    assertThat(read.cells())
        .filteredOn(cells -> !cells.get(1).isEmpty())
        .containsExactly(
            List.of("1", "iqa", "default", "2", ""),
            List.of("", "assessor", "true", "", "a,\"b\"\n"));
    assertThat(read.words(1))
        .isEqualTo(new RequestedAssignment.Words("1", "default", null, "iqa", "2", null, null));
    assertThat(read.rows().get(read.rows().size() - 1).text())
        .isEqualTo(",assessor,true,,\"a,\"\"b\"\"\n\"");
  }

  @ParameterizedTest
  @CsvSource({
    "12345678901, 12345678901, 12345678901",
    "1.2E+10, 1.2E+10, 1.2E+10",
    "7000001.0, 7000001.0, 7000001",
    "-0, -0, -0",
    "12345678901234567890123, 12345678901234567890123, 12345678901234567890123",
    "7e5, 700000, 700000",
    "7.000010E+5, 700001, 700001",
    "7e-5, 7e-5, 7e-5",
    "1e999999999, 1e999999999, 1e999999999"
  })
  void numbersStayAsTheyAreWrittenUnlessTheyAreIds(String number, String carried, String read)
      throws Exception {
    String array = "[" + ROW.replace(":1,", ":" + number + ",") + "]";
    FormatFixture.Read file = files.read(array, feed());

    assertThat(file.rows().get(0).cells()).contains(carried);
    assertThat(file.words(1).learner()).isEqualTo(read);
    assertThat(file.warnings())
        .hasSize(carried.equals(number) ? 0 : 1)
        .allSatisfy(warning -> assertThat(warning).contains("such as " + number));
  }

  @Test
  void objectsAndArraysInAMemberAreCarriedAsJson() throws Exception {
    String nested = "{\"a\" : [1.10, \"x\", null, {}],\"b\":true}";
    FormatFixture.Read read =
        files.read("[" + ROW.replace(":1,", ":" + nested + ",") + "," + ROW + "]", feed());

    assertThat(read.words(1).learner()).isEqualTo("{\"a\":[1.10,\"x\",null,{}],\"b\":true}");
    assertThat(read.words(2).learner()).isEqualTo("1");
  }

  @ParameterizedTest
  @CsvSource({"[,]", "'',''"})
  void aMemberThatIsThereTwiceIsAFault(String begin, String end) throws Exception {
    FormatFixture.Read read =
        files.read(begin + ROW.replace("}", ",\"role\":\"iqa\"}") + end, feed());

    assertThat(read.codes(1)).containsExactly(Code.WRONG_COLUMN_COUNT);
    assertThat(read.rows().get(0).faults().get(0).message()).contains("\"role\" is there twice");
    assertThat(read.asked().get(0).words()).isNull();
  }

  @Test
  void elementsThatAreNoObjectsAreRowsWithAFault() throws Exception {
    FormatFixture.Read read =
        files.read("[" + ROW + ",5,\"x\",null,[1,[2]],{}," + ROW + "]", feed());

    assertThat(read.rows()).hasSize(7);
    assertThat(IntStream.rangeClosed(2, 5).mapToObj(read::codes))
        .allMatch(codes -> codes.equals(List.of(Code.WRONG_COLUMN_COUNT)));
    assertThat(read.rows().get(4).cells()).containsExactly("[1,[2]]");
    assertThat(read.asked().get(5).isBlank()).isTrue();
    assertThat(read.words(7).learner()).isEqualTo("1");
  }

  @Test
  void aBrokenLineIsARowOfItsOwnAndABlankOneTwo() throws Exception {
    FormatFixture.Read read =
        files.read(
            ROW + "\n{\"learner_id\":1,\n\n[1]\n" + ROW + ROW + "\n{'a':1}\n" + ROW + "\n", feed());

    assertThat(read.columns()).hasSize(4);
    assertThat(read.rows()).hasSize(7);
    assertThat(read.codes(2)).containsExactly(Code.BAD_QUOTING);
    assertThat(read.rows().get(1).cells()).containsExactly("{\"learner_id\":1,");
    assertThat(read.rows().get(1).faults().get(0).message()).startsWith("Line 2:");
    assertThat(read.asked().get(2).isBlank()).isTrue();
    assertThat(read.codes(4)).containsExactly(Code.WRONG_COLUMN_COUNT);
    assertThat(read.codes(5)).containsExactly(Code.BAD_QUOTING);
    assertThat(read.codes(6)).containsExactly(Code.BAD_QUOTING);
    assertThat(read.words(7).learner()).isEqualTo("1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[%s,\n{\"a\":}]", "[%s,\n", "[%s\n", "[%s]\n]", "[%s,\n]", "[%s,\nabc]"})
  void brokenJsonRefusesTheFileAndSaysWhere(String text) throws Exception {
    UnreadableFile refused = files.refused(text.formatted(ROW), feed(), FileCode.NOT_READABLE);

    assertThat(refused.line()).isIn(0L, 2L, 3L);
    assertThat(refused.what()).hasSizeLessThan(300);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "[{\"a\": NaN}]~\"NaN\" is no JSON value",
        "[{\"a\": -Infinity}]~no JSON value",
        "[{\"a\": None}]~\"None\" is no JSON value",
        "[{\"a\": abc}]~\"abc\" is no JSON value",
        "[{a: 1}]~has no double quotes",
        "[{'a': 1}]~has no double quotes",
        "[{\"a\": 1,}]~a comma stands before a closing brace",
        "[{\"a\": 1},]~a comma too many",
        "[{\"a\": 'x'}]~one without double quotes",
        "[{\"a\": \"C:\\drop\"}]~begins nothing",
        "[{\"a\": \"\\u12\"}]~four hexadecimal digits",
        "[{\"a\": \"b\"c\"}]~a quote within a text",
        "[{\"a\": \"\u0001\"}]~control character",
        "[{\"a\": 007}]~begins with a zero",
        "[{\"a\": +7}]~a number is not written",
        "[{\"a\": 1.}]~a number is not written",
        "[{\"a\" 1}]~a colon is missing",
        "[{\"a\": 1]]~closed that is not open",
        "[// rows~comment",
        "[{\"a\": 1}~usually the file was cut"
      })
  void whatIsBrokenIsSaidInWordsOfTheField(String text, String words) throws Exception {
    UnreadableFile refused = files.refused(text, feed(), FileCode.NOT_READABLE);

    assertThat(refused.getMessage()).contains(words, "of the line: ", " in line 1: ");
    assertThat(refused.getMessage())
        .doesNotContainIgnoringCase("feature", "token", "enable", "ALLOW_", "CTRL-CHAR", "java");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"rows\":[%s]}",
        "{\"rows\":[\n%s,\n%s\n]}",
        "{\n  \"rows\": [\n%s\n]\n}",
        "{\"data\":{\"rows\":[%s]}}"
      })
  void rowsWithinAnObjectAreRefusedWithARemedy(String text) throws Exception {
    UnreadableFile refused = files.refused(text.replace("%s", ROW), feed(), FileCode.NOT_READABLE);

    assertThat(refused.what()).contains("within an object");
    assertThat(refused.remedy()).contains("[{...}, {...}]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[{}]", "[1]", "[{\"a\":1}]", "{\"a\":1}\n{\"b\":2}"})
  void withoutAnyKnownMemberThereIsNoHeader(String text) throws Exception {
    files.refused(text, feed(), FileCode.NO_HEADER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", " [\n] ", "\uFEFF[]"})
  void anEmptyArrayHasNoRows(String text) throws Exception {
    FormatFixture.Read read = files.read(text, feed());

    assertThat(read.columns()).containsExactly("learner_id", "role", "kind", "assignee_id");
    assertThat(read.rows()).isEmpty();
    assertThat(
            files
                .read(text, feed("column.learner_id", "Who", "fan-out.1", "default,assessor,Tutor"))
                .columns())
        .containsExactly("Who", "Tutor");
  }

  @Test
  void anArrayOfArraysIsNamed() throws Exception {
    String text = "[[\"learner_id\",\"role\"],[1,\"iqa\"]]";

    assertThat(files.refused(text, feed(), FileCode.NO_HEADER).what()).contains("array of arrays");
  }

  @Test
  void aMissingMemberIsNamedAndAResultsFileIsRefused() throws Exception {
    assertThat(files.refused("[{\"learner_id\":1}]", feed(), FileCode.MISSING_COLUMN).what())
        .contains("role", "assignee_id");
    files.refused(
        ROW.replace("}", ",\"result_row\":1,\"result_status\":\"sent\"}"),
        feed(),
        FileCode.RESULTS_FILE);
  }

  @Test
  void aDeclaredFormatThatTheBytesContradictIsRefused() throws Exception {
    assertThat(files.refused(ROW, feed("format", "json"), FileCode.NOT_READABLE).what())
        .contains("format=json", "begins with {");
    files.refused("[" + ROW + "]", feed("format", "ndjson"), FileCode.NOT_READABLE);
    files.refused("[" + ROW + "]", feed("format", "csv"), FileCode.NOT_READABLE);
    files.refused("[" + ROW + "]", feed("format", "xlsx"), FileCode.NOT_READABLE);
    files.refused("learner_id,role", feed("format", "json"), FileCode.NOT_READABLE);
    files.refused("", feed("format", "json"), FileCode.NOT_READABLE);
    assertThat(files.read("[" + ROW + "]", feed("format", "json")).rows()).hasSize(1);
    assertThat(files.read(ROW, feed("format", "ndjson")).rows()).hasSize(1);
  }

  @Test
  void allCharsetsOfCsvAreReadHereToo() throws Exception {
    String text = "[" + ROW.replace("}", ",\"name\":\"Zoë €\"}") + "]";
    Charset windows = Charset.forName("windows-1252");

    for (byte[] bytes :
        List.of(
            text.getBytes(UTF_8), text.getBytes(windows), ("\uFEFF" + text).getBytes(UTF_16LE))) {
      assertThat(files.read(bytes, feed()).cells().get(0)).contains("Zoë €");
    }
    FormatFixture.Read damaged = files.read(text.getBytes(windows), feed("charset", "UTF-8"));
    assertThat(damaged.codes(1)).isEmpty(); // nobody reads it
    assertThat(damaged.cells().get(0)).contains("Zo\uFFFD \uFFFD");
    files.refused((text + "\u0000").getBytes(ISO_8859_1), feed(), FileCode.NOT_READABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\u0000", "\\ud800", "\\udc80", "x\\udcffy"})
  void charactersThatNobodyCanHoldAreBadEncoding(String escape) throws Exception {
    FormatFixture.Read read =
        files.read("[" + ROW.replace("}", ",\"unit_id\":\"" + escape + "\"}") + "]", feed());
    FormatFixture.Read carried =
        files.read("[" + ROW.replace("}", ",\"note\":\"" + escape + "\"}") + "]", feed());

    assertThat(read.codes(1)).containsExactly(Code.BAD_ENCODING);
    assertThat(read.cells().get(0).get(4)).contains("\uFFFD").doesNotContain("\u0000");
    assertThat(read.words(1).learner()).isEqualTo("1");
    assertThat(carried.codes(1)).isEmpty();
    assertThat(carried.cells()).isEqualTo(read.cells());
  }

  @Test
  void aLineAtTheLimitIsReadAndOneOverItIsARowWithAFault() throws Exception {
    String at = ROW.replace("}", ",\"x\":\"\"}");
    at = at.replace("\"x\":\"", "\"x\":\"" + "y".repeat(100 - at.length()));
    FormatFixture.Read read =
        files.read(at + "\n" + at.replace("yy", "yyy") + "\n" + ROW, feed("limit.line", "100"));

    assertThat(at).hasSize(100);
    assertThat(read.codes(1)).isEmpty();
    assertThat(read.codes(2)).containsExactly(Code.TOO_LONG);
    assertThat(read.rows().get(1).cells().get(0)).hasSize(100);
    assertThat(read.codes(3)).isEmpty();
  }

  @Test
  void anObjectOverTheLimitIsARowWithAFaultAndAValueOverItRefusesTheFile() throws Exception {
    Feed feed = feed("limit.line", "100");
    String fifty = "y".repeat(50);
    String two = ROW.replace("}", ",\"a\":\"" + fifty + "\",\"b\":\"" + fifty + "\"}");
    FormatFixture.Read read = files.read("[" + ROW + "," + two + "," + ROW + "]", feed);

    assertThat(read.codes(2)).containsExactly(Code.TOO_LONG);
    assertThat(read.codes(3)).isEmpty();
    String one = ROW.replace("}", ",\"a\":\"" + "y".repeat(101) + "\"}");
    assertThat(files.refused("[" + ROW + ",\n" + one + "]", feed, FileCode.TOO_LARGE).line())
        .isEqualTo(2);
  }

  @Test
  void membersUpToTheLimitOfColumnsAreReadAndOneOverItRefusesTheFile() throws Exception {
    Feed feed = feed("limit.columns", "5");

    assertThat(files.read("[" + ROW + ",{\"a\":1}]", feed).columns()).hasSize(5);
    files.refused("[" + ROW + ",{\"a\":1},{\"b\":1}]", feed, FileCode.TOO_LARGE);
    files.refused(ROW + "\n{\"a\":1}\n{\"b\":1}", feed, FileCode.TOO_LARGE);
  }

  @Test
  void rowsUpToTheLimitAreReadAndOneOverItRefusesTheFile() throws Exception {
    Feed feed = feed("limit.rows", "2");

    assertThat(files.read("[" + ROW + "," + ROW + "]", feed).rows()).hasSize(2);
    files.refused("[" + ROW + "," + ROW + "," + ROW + "]", feed, FileCode.TOO_LARGE);
    files.refused(ROW + "\n" + ROW + "\n\n", feed, FileCode.TOO_LARGE);
  }

  @Test
  void whatIsTooDeepRefusesAnArrayAndCostsALineItsRow() throws Exception {
    String deep = ROW.replace(":1,", ":" + "[".repeat(20_000) + "]".repeat(20_000) + ",");

    files.refused("[" + deep + "]", feed(), FileCode.TOO_LARGE);
    assertThat(files.read(ROW + "\n" + deep, feed()).codes(2)).containsExactly(Code.BAD_QUOTING);
  }

  @Test
  void aMillionNamesDoNotGrowMemory() throws Exception {
    String many =
        IntStream.range(0, 1_000_000)
            .mapToObj(i -> "\"name" + i + "\":1")
            .collect(Collectors.joining(",", "[" + ROW + ",{", "}]"));

    files.refused(many, feed(), FileCode.TOO_LARGE);
  }
}
