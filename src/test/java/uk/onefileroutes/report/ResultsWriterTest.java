package uk.onefileroutes.report;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uk.onefileroutes.table.TestFeeds.feed;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.onefileroutes.assignment.RowState;
import uk.onefileroutes.feed.Feed;
import uk.onefileroutes.report.RowAnswer.Tried;
import uk.onefileroutes.table.Table;
import uk.onefileroutes.table.UnreadableFile;

class ResultsWriterTest {
  private static final String HEADER = "learner_id,role,kind,assignee_id";
  private static final String OURS =
      ",result_row,result_status,result_code,result_message,result_http_status,result_attempts,result_at";
  private static final Instant AT = Instant.parse("2026-06-01T08:30:15.987Z");

  private final Path folder;

  ResultsWriterTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void ourColumnsStandBehindTheUntouchedInput() throws Exception {
    ResultsWriter.Written written =
        write(
            HEADER + "\n\"1\",\"iqa\" ,default, 2\n3,\"i\nqa\",,\"4\"\"\"\n",
            new RowAnswer(1, 0, RowState.SENT, "SENT", "", new Tried(204, 1, AT)),
            new RowAnswer(
                2, 0, RowState.REJECTED, "NOT_FOUND", "No, \"4\" isn't", new Tried(404, 2, AT)));

    assertThat(results())
        .isEqualTo(
            HEADER
                + OURS
                + "\n\"1\",\"iqa\" ,default, 2,1,sent,SENT,,204,1,2026-06-01T08:30:15Z\n"
                + "3,\"i\nqa\",,\"4\"\"\",2,rejected,NOT_FOUND,\"No, \"\"4\"\" isn't\",404,2,"
                + "2026-06-01T08:30:15Z\n");
    assertThat(rejects())
        .isEqualTo(
            HEADER
                + ",result_code,result_message\n"
                + "3,\"i\nqa\",,\"4\"\"\",NOT_FOUND,\"No, \"\"4\"\" isn't\"\n");
    assertThat(written)
        .isEqualTo(
            new ResultsWriter.Written(2, Map.of(RowState.SENT, 1L, RowState.REJECTED, 1L), 1));
  }

  @Test
  void aRowThatFansOutShowsItsWorst() throws Exception {
    write(
        HEADER + "\n1,iqa,1,2\n",
        new RowAnswer(1, 0, RowState.SENT, "SENT", "Done.", new Tried(200, 1, AT)),
        new RowAnswer(
            1, 1, RowState.BLOCKED, "TOO_MANY_ATTEMPTS", "", new Tried(503, 6, AT.plusSeconds(5))),
        new RowAnswer(1, 2, RowState.INVALID, "NOT_AN_ID;SENT", "Done.", Tried.NOTHING),
        new RowAnswer(1, 3, RowState.UNCHANGED, "UNCHANGED", "Same.", new Tried(null, 0, AT)));

    assertThat(results())
        .endsWith(
            ",1,blocked,SENT;TOO_MANY_ATTEMPTS;NOT_AN_ID;UNCHANGED,Done.; Same.,503,7,"
                + "2026-06-01T08:30:20Z\n");
  }

  @Test
  void onlyRowsToMendAreRejectsAndWithoutOneThereIsNoFile() throws Exception {
    String rows = "\n1,iqa,1,2".repeat(RowState.values().length);
    List<RowAnswer> answers = new ArrayList<>();
    for (RowState state : RowState.values()) {
      answers.add(answer(answers.size() + 1, state, ""));
    }
    write(HEADER + rows + "\n", answers.toArray(RowAnswer[]::new));
    assertThat(rejects().lines()).hasSize(4);

    write(HEADER + "\n1,iqa,1,2\n", answer(1, RowState.CANCELLED, ""));
    assertThat(folder.resolve("rejects.csv")).doesNotExist();
  }

  @Test
  void noCellOfOursIsAFormula() throws Exception {
    String rows = "\n1,iqa,1,=2".repeat(7);
    List<RowAnswer> answers = new ArrayList<>();
    for (String message : List.of("=1+1", "+1", "-1", "@x", "\tx", "\rx", "x=1")) {
      answers.add(answer(answers.size() + 1, RowState.REJECTED, message));
    }
    write(HEADER + rows + "\n", answers.toArray(RowAnswer[]::new));

    assertThat(parsed(results(), ','))
        .extracting(record -> record.get(7))
        .containsExactly("result_message", "'=1+1", "'+1", "'-1", "'@x", "' x", "' x", "x=1");
    assertThat(parsed(rejects(), ','))
        .extracting(record -> record.get(5))
        .containsExactly("result_message", "'=1+1", "'+1", "'-1", "'@x", "' x", "' x", "x=1");
    assertThat(parsed(results(), ',').get(1).get(3)).isEqualTo("=2");
  }

  @Test
  void ourColumnsLineUpWhateverTheRow() throws Exception {
    String text =
        HEADER + "\n1,iqa\n\n1,iqa,1,2,,\n1,iqa,1,2,\"a,b\",\n1,\"iqa,1,2\n1,iqa,1,\"2\"x\n";
    write(text, answers(6, RowState.INVALID));

    List<CSVRecord> results = parsed(results(), ',');
    assertThat(results)
        .extracting(record -> record.get(4))
        .containsExactly("result_row", "1", "2", "3", "4", "5", "6");
    assertThat(results.get(1).toList().subList(0, 4)).containsExactly("1", "iqa", "", "");
    assertThat(results.get(2).toList().subList(0, 4)).containsExactly("", "", "", "");
    assertThat(results.get(3).toList()).hasSize(13).endsWith("", "");
    assertThat(results.get(4).toList()).hasSize(13).endsWith("a,b", "");
    assertThat(results.get(5).toList().subList(0, 4)).containsExactly("1", "\"iqa", "1", "2");
    assertThat(results.get(6).toList().subList(0, 4)).containsExactly("1", "iqa", "1", "\"2\"x");
  }

  @Test
  void aRecordThatWasTooLongIsCutAndStillParses() throws Exception {
    String text = HEADER + "\n1,\"" + "x\n".repeat(20) + "\"," + "y".repeat(100) + "\n2,iqa,1,2\n";
    write(text, feed("limit.line", "100"), answers(2, RowState.INVALID));

    List<CSVRecord> results = parsed(results(), ',');
    assertThat(results).hasSize(3);
    assertThat(results.get(2).get(4)).isEqualTo("2");
  }

  @Test
  void columnsOfAnEarlierRejectsFileAreDropped() throws Exception {
    write(
        """
        learner_id,result_code,role,kind,assignee_id,result_message
        1,OLD,iqa,1,2,"old, very"
        1,OLD
        1,OLD,iqa,1,2,old,more
        """,
        answers(3, RowState.INVALID));

    assertThat(rejects())
        .isEqualTo(
            HEADER
                + ",result_code,result_message\n"
                + "1,iqa,1,2,CODE,Mend it.\n"
                + "1,,,,CODE,Mend it.\n"
                + "1,iqa,1,2,CODE,Mend it.,more\n");
    assertThat(results()).contains("\n1,OLD,iqa,1,2,\"old, very\",1,invalid,CODE,");
  }

  @Test
  void whatARejectsFileSaysDoesNotMatterWhenItComesBack() throws Exception {
    write(HEADER + "\n1,iqa,1\n", answers(1, RowState.INVALID));
    String mended = rejects().replace("1,iqa,1,", "1,iqa,1,2");
    write(mended, answers(1, RowState.REJECTED));

    assertThat(rejects()).isEqualTo(mended);
  }

  @Test
  void markHintDelimiterAndLineEndsAreThoseOfTheInput() throws Exception {
    String header = HEADER.replace(",", ";");
    write(
        ("\uFEFFsep=;\r\n" + header + "\r\n1;iqa;1;2").getBytes(UTF_8),
        feed(),
        answers(1, RowState.INVALID));

    assertThat(results())
        .isEqualTo(
            ("\uFEFFsep=;\r\n" + header + OURS.replace(",", ";") + "\r\n")
                + "1;iqa;1;2;1;invalid;CODE;Mend it.;;0;\r\n");
    assertThat(rejects()).startsWith("\uFEFFsep=;\r\n" + header + ";result_code;");
  }

  @Test
  void utf16ComesBackAsUtf16() throws Exception {
    String text = "\uFEFF" + HEADER + ",name\r\n1,iqa,1,2,Zoë \uD83D\uDE80\r\n";
    write(text.getBytes(UTF_16LE), feed(), answers(1, RowState.INVALID));

    String results = Files.readString(folder.resolve("results.csv"), UTF_16LE);
    assertThat(results)
        .startsWith("\uFEFF" + HEADER + ",name,result_row,")
        .contains("\r\n1,iqa,1,2,Zoë \uD83D\uDE80,1,invalid,CODE,Mend it.,,0,\r\n");
    assertThat(Files.readString(folder.resolve("rejects.csv"), UTF_16LE))
        .startsWith("\uFEFF" + HEADER + ",name,result_code,")
        .endsWith(",Zoë \uD83D\uDE80,CODE,Mend it.\r\n");
  }

  @Test
  void whatTheEncodingCannotHoldIsReplaced() throws Exception {
    byte[] text = (HEADER + ",name\n1,iqa,1,2,Zo\u00EB\n").getBytes(ISO_8859_1);
    write(text, feed(), answer(1, RowState.REJECTED, "Zoë \u0141 \uD83D\uDE80 \uDC80."));

    assertThat(Files.readString(folder.resolve("results.csv"), Charset.forName("windows-1252")))
        .contains("1,iqa,1,2,Zoë,1,rejected,CODE,Zoë ? ? ?.,");
  }

  @Test
  void malformedBytesComeBackAsTheyWere() throws Exception {
    byte[] text = (HEADER + ",name\n1,iqa,1,2,Zo\u00EB \u0081\u00FF\n").getBytes(ISO_8859_1);
    for (String charset : List.of("UTF-8", "windows-1252", "US-ASCII")) {
      write(text, feed("charset", charset), answers(1, RowState.INVALID));

      assertThat(Files.readString(folder.resolve("results.csv"), ISO_8859_1))
          .contains("\n1,iqa,1,2,Zo\u00EB \u0081\u00FF,1,invalid,");
    }
  }

  @Test
  void eachRowNeedsAnAnswerAndEachAnswerARow() {
    String text = HEADER + "\n1,iqa,1,2\n3,iqa,1,2\n";
    RowAnswer first = answer(1, RowState.SENT, "");
    RowAnswer second = answer(2, RowState.SENT, "");

    assertThatThrownBy(() -> write(text, first))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("row 2 has no answer");
    assertThatThrownBy(() -> write(text, second))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("row 1 has no answer");
    assertThatThrownBy(() -> write(text, first, second, answer(3, RowState.SENT, "")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("row 3");
    assertThatThrownBy(() -> write(text, first, first, second))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("row 1");
    assertThatThrownBy(() -> write(text, first, second, first))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("row 1");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whateverIsInTheCellsComesBack(long seed) throws Exception {
    Random random = new Random(seed);
    char delimiter = ",;\t|".charAt(random.nextInt(4));
    String lineEnd = List.of("\n", "\r\n", "\r").get(random.nextInt(3));
    CSVFormat format =
        CSVFormat.RFC4180.builder().setDelimiter(delimiter).setRecordSeparator(lineEnd).get();
    List<String[]> input = new ArrayList<>();
    input.add("a b,learner_id,role,kind,assignee_id,z".split(","));
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 500; i++) {
      input.add(
          random.ints(6, 0, 1 << 16).mapToObj(n -> cell(new Random(n))).toArray(String[]::new));
    }
    for (String[] cells : input) {
      format.printRecord(text, (Object[]) cells);
    }
    write(text.toString(), answers(500, RowState.INVALID));

    assertThat(columns(results(), delimiter, 6)).isEqualTo(asLists(input));
    assertThat(columns(rejects(), delimiter, 6)).isEqualTo(asLists(input));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whateverIsInTheFileTheResultsParse(long seed) throws Exception {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder(HEADER + "\n");
    for (int i = 0; i < 3_000; i++) {
      text.append("\"\",\n\r1a \t".charAt(random.nextInt(9)));
    }
    Path file = Files.writeString(folder.resolve("input.csv"), text);
    int rows = 0;
    try (Table table = Table.open(file, feed("limit.line", "100"))) {
      for (var all = table.rows(); all.hasNext(); all.next()) {
        rows++;
      }
    }
    write(text.toString(), feed("limit.line", "100"), answers(rows, RowState.INVALID));

    List<CSVRecord> results = parsed(results(), ',');
    assertThat(results).hasSize(rows + 1);
    for (int i = 1; i <= rows; i++) {
      assertThat(results.get(i).get(4)).isEqualTo(Integer.toString(i));
    }
    assertThat(parsed(rejects(), ',')).hasSize(rows + 1);
  }

  private static String cell(Random random) {
    StringBuilder cell = new StringBuilder();
    int length = random.nextInt(8);
    for (int i = 0; i < length; i++) {
      cell.appendCodePoint(
          "\"\n\r,;\t| 'aZ9é\u00A0€\uD83D\uDE80".codePoints().toArray()[random.nextInt(16)]);
    }
    return cell.toString();
  }

  private static List<List<String>> asLists(List<String[]> rows) {
    return rows.stream().map(Arrays::asList).toList();
  }

  private static List<List<String>> columns(String text, char delimiter, int count)
      throws IOException {
    return parsed(text, delimiter).stream()
        .map(record -> record.toList().subList(0, count))
        .toList();
  }

  private static List<CSVRecord> parsed(String text, char delimiter) throws IOException {
    CSVFormat format = CSVFormat.RFC4180.builder().setDelimiter(delimiter).get();
    try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
      return parser.getRecords();
    }
  }

  private static RowAnswer[] answers(int rows, RowState state) {
    return LongStream.rangeClosed(1, rows)
        .mapToObj(row -> answer(row, state, "Mend it."))
        .toArray(RowAnswer[]::new);
  }

  private static RowAnswer answer(long row, RowState state, String message) {
    return new RowAnswer(row, 0, state, "CODE", message, Tried.NOTHING);
  }

  private ResultsWriter.Written write(String text, RowAnswer... answers) throws Exception {
    return write(text.getBytes(UTF_8), feed(), answers);
  }

  private ResultsWriter.Written write(String text, Feed feed, RowAnswer... answers)
      throws Exception {
    return write(text.getBytes(UTF_8), feed, answers);
  }

  private ResultsWriter.Written write(byte[] bytes, Feed feed, RowAnswer... answers)
      throws UnreadableFile, IOException {
    Path input = Files.write(folder.resolve("input.csv"), bytes);
    try (Table table = Table.open(input, feed)) {
      return new ResultsWriter(table)
          .write(
              List.of(answers).iterator(),
              folder.resolve("results.csv"),
              folder.resolve("rejects.csv"));
    }
  }

  private String results() throws IOException {
    return Files.readString(folder.resolve("results.csv"));
  }

  private String rejects() throws IOException {
    return Files.readString(folder.resolve("rejects.csv"));
  }
}
