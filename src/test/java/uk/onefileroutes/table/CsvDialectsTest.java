package uk.onefileroutes.table;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static uk.onefileroutes.table.TestFeeds.feed;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import uk.onefileroutes.assignment.Code;
import uk.onefileroutes.assignment.FileCode;
import uk.onefileroutes.assignment.RequestedAssignment;
import uk.onefileroutes.feed.Feed;

/** CSV as other programs write it, and tables that don't begin at the top. */
class CsvDialectsTest {
  private static final String HEADER = "learner_id,role,kind,assignee_id";
  private static final RequestedAssignment.Words WORDS =
      new RequestedAssignment.Words("1", "default", null, "iqa", "2", null, null);

  private final Path folder;
  private final FormatFixture files;

  CsvDialectsTest(@TempDir Path folder) {
    this.folder = folder;
    this.files = new FormatFixture(folder);
  }

  /** Each file has one row, which asks for the same; then what its notes have, if any. */
  static List<List<String>> dialects() {
    return List.of(
        List.of("learner_id, role, kind, assignee_id\n1, \"iqa\", \"default\", \"2\"\n"),
        List.of(
            "\"learner_id\", \"role\", \"kind\", \"assignee_id\"\n\"1\",\t\"iqa\",  \"default\" ,\"2\"\n"),
        List.of(HEADER + ",name\n1,iqa,default,2, \"Smith, Ann\"\n"),
        List.of("'learner_id','role','kind','assignee_id'\n'1','iqa','default','2'\n"),
        List.of(
            "'learner_id';'role';'kind';'assignee_id';'name'\n1;'iqa';'default';2;'O''Neil; Ann'\n"),
        List.of(HEADER + ",name\n1,'iqa','default',2,'Smith, Ann'\n"),
        List.of("\"" + HEADER + "\"\n\"1,iqa,default,2\"\n", "one pair of quotes"),
        List.of(
            "\"" + HEADER + ",name\";;\n\"1,iqa,default,2,\"\"Smith, Ann\"\"\";;\n",
            "one pair of quotes"),
        List.of("\"" + HEADER + "\"\n1,iqa,default,2\n", "one pair of quotes"),
        List.of(HEADER + ",\n1,iqa,default,2\n"),
        List.of(HEADER + ", ,,\n1,iqa,default,2,\n"),
        List.of(HEADER + ",\n1,iqa,default,2,x\n"),
        List.of("\"sep=;\"\r\nlearner_id;role;kind;assignee_id\r\n1;iqa;default;2\r\n"),
        List.of("SEP=;;;;\r\nlearner_id;role;kind;assignee_id\r\n1;iqa;default;2\r\n"),
        List.of("sep=\\t\nlearner_id\trole\tkind\tassignee_id\n1\tiqa\tdefault\t2\n"),
        List.of(
            "sep=,\nlearner_id;role;kind;assignee_id\n1;iqa;default;2\n",
            "another delimiter (,) than the header has (;)"),
        List.of(
            "sep=;\n" + HEADER + "\n1,iqa,default,2\n",
            "another delimiter (;) than the header has (,)"),
        List.of("[learner_id],[role],[kind],[assignee_id]\n1,iqa,default,2\n"),
        List.of("[Learner ID];[role];[kind];[assignee_id]\n1;iqa;default;2\n"),
        List.of("\uFEFF[learner_id]\t[role]\t[kind]\t[assignee_id]\n1\tiqa\tdefault\t2\n"),
        List.of("{learner_id},{role},{kind},{assignee_id}\n1,iqa,default,2\n"),
        List.of("<learner_id>|<role>|<kind>|<assignee_id>\n1|iqa|default|2\n"),
        List.of("`learner_id`,`role`,`kind`,`assignee_id`\n1,iqa,default,2\n"),
        List.of(
            "Textbox3,ExecutionTime\nBy learner,28/11/2026\n\n" + HEADER + "\n1,iqa,default,2\n",
            "row 4"),
        List.of("Allocation, \"all\"\n" + HEADER + "\n1,iqa,default,2\n", "(1 line)"),
        List.of("# exported\n" + HEADER + "\n1,iqa,default,2\n", "row 2"),
        List.of("\"open quote\n" + HEADER + "\n1,iqa,default,2\n", "row 2"),
        List.of("a;b;c;d;e;f\n" + HEADER + "\n1,iqa,default,2\n", "row 2"),
        List.of("Learner,,Who,\nid,role,kind,id\n" + HEADER + "\n1,iqa,default,2\n", "(2 lines)"),
        List.of("sep=;\nReport\n\nlearner_id;role;kind;assignee_id\n1;iqa;default;2\n", "row 4"),
        List.of("x\n".repeat(29) + HEADER + "\n1,iqa,default,2\n", "(29 lines)"));
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void theOneRowIsUnderstood(List<String> case0) throws Exception {
    FormatFixture.Read read = files.read(case0.get(0), feed());

    assertThat(read.codes(1)).isEmpty();
    assertThat(read.words(1)).isEqualTo(WORDS);
    assertThat(read.rows()).hasSize(1);
    assertThat(read.warnings()).hasSize(case0.size() - 1);
    case0.stream().skip(1).forEach(note -> assertThat(read.warnings().get(0)).contains(note));
  }

  @Test
  void aFormatThatIsDeclaredIsNotDetected() throws Exception {
    String text = "[x\n" + HEADER + "\n1,iqa,default,2\n";

    files.refused(text.getBytes(UTF_8), feed(), FileCode.NOT_READABLE);
    for (String first : List.of("[", "{", "<", "<table>", "[{\"a\":1}]")) {
      FormatFixture.Read read = files.read(first + text.substring(1), feed("format", "csv"));
      assertThat(read.words(1)).isEqualTo(WORDS);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "''~The file is empty",
        "'\r\n\r\n'~nothing but blank lines",
        "'learner_id^kind^role^assignee_id\n1^default^iqa^2\n'~is the delimiter ^ ?",
        "'learner_id:kind:role\n'~is the delimiter : ?",
        "'learner_id kind role assignee_id\n'~is the delimiter a space ?",
        "'1,iqa,default,2\n'~The first record names none of the columns that the feed needs (it has 4 columns)",
      })
  void whyThereIsNoHeaderIsSaid(String text, String said) throws Exception {
    String file = text.replace("\\n", "\n").replace("\\r", "\r");

    assertThat(files.refused(file.getBytes(UTF_8), feed(), FileCode.NO_HEADER).what())
        .contains(said);
  }

  @Test
  void aHeaderIsNotSearchedForFartherThan30Records() throws Exception {
    String text = "x\n".repeat(30) + HEADER + "\n1,iqa,default,2\n";

    files.refused(text.getBytes(UTF_8), feed(), FileCode.NO_HEADER);
    assertThat(files.read(text, feed("header.row", "31")).words(1)).isEqualTo(WORDS);
  }

  @Test
  void theLineThatLooksMostLikeAHeaderIsNamedWhereAColumnIsMissing() throws Exception {
    String text = "Report\n\nlearner_id,role,kind\n1,iqa,default\n";
    UnreadableFile refused = files.refused(text.getBytes(UTF_8), feed(), FileCode.MISSING_COLUMN);

    assertThat(refused.line()).isEqualTo(3);
    assertThat(refused.what()).contains("Missing: assignee_id. Seen: learner_id, role, kind.");
  }

  @Test
  void theFeedSaysInWhichRowTheHeaderIs() throws Exception {
    Feed feed = feed("header.row", "3");
    String text = HEADER + "\n9,iqa,default,8\n" + HEADER + "\n1,iqa,default,2\n";

    assertThat(files.read(text, feed()).words(1).learner()).isEqualTo("9");
    assertThat(files.read(text, feed).words(1)).isEqualTo(WORDS);
    assertThat(files.read(text, feed).warnings()).isEmpty();
    UnreadableFile refused =
        files.refused((HEADER + "\n\n\n").getBytes(UTF_8), feed, FileCode.NO_HEADER);
    assertThat(refused.what()).contains("header.row=3");
    String rejects = HEADER + ",result_code,result_message\n1,iqa,default,2,GONE,x\n";
    assertThat(files.read(rejects, feed).words(1)).isEqualTo(WORDS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "----------,----,-------,-----------~a ruler",
        "==========~a ruler",
        "'----- ---- '~a ruler",
        "(3 rows affected)~a count of rows",
        "'\"(1,200 row affected)\"'~a count of rows",
        "3 rows selected.~a count of rows",
        "(5 rows)~a count of rows",
        "learner_id,role,kind,assignee_id~the header again",
        "Learner ID,Role,KIND,assignee_id~the header again",
        "End of report~footer=end of*",
        "End of report,,,,,~footer=end of*",
        "'END OF \"x\", page 1'~footer=end of*",
      })
  void linesOfAReportAreIgnored(String line, String by) throws Exception {
    FormatFixture.Read read =
        files.read(HEADER + "\n" + line + "\n1,iqa,default,2\n" + line, feed("footer", "end of*"));

    assertThat(read.asked().get(0).ignoredBy()).isEqualTo(by);
    assertThat(read.asked().get(0).faults()).isEmpty();
    assertThat(read.words(2)).isEqualTo(WORDS);
    assertThat(read.asked().get(2).isIgnored()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {"-,-,-,-", "--,--,--,--", "1,iqa,---,2", "Total: 3,,,", "'3 rows,iqa,default,2'"})
  void aRecordIsNoLineOfAReport(String line) throws Exception {
    FormatFixture.Read read = files.read(HEADER + "\n" + line + "\n", feed());

    assertThat(read.asked().get(0).isIgnored()).isFalse();
  }

  @Test
  void quotesBehindBlanksAreTextWhereTheyAreNoQuotes() throws Exception {
    FormatFixture.Read read =
        files.read(
            HEADER
                + ",name\n1,iqa,default,2, \"Ann\" Smith\n1,iqa,default,2, \"open\n1,iqa,default\n",
            feed());

    assertThat(read.cells().get(0).get(4)).isEqualTo(" \"Ann\" Smith");
    assertThat(read.cells().get(1).get(4)).isEqualTo(" \"open");
    assertThat(read.codes(3)).containsExactly(Code.WRONG_COLUMN_COUNT);
  }

  @Test
  void aRecordCanBeReadByAnyOneAgain() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("export"), HEADER + ",name\n1,iqa,default,2, \"Smith, \"\"A\"\"\"\n");
    try (Table table = Table.open(file, feed())) {
      assertThat(table.rows().next().text()).isEqualTo("1,iqa,default,2,\"Smith, \"\"A\"\"\"");
    }
  }

  @Test
  void rowsAreErasedWithoutMovingTheHeader() throws Exception {
    Feed feed = feed("header.row", "4");
    Path file = folder.resolve("export");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(
        ("sep=,\nAnn's report\n\n" + HEADER + "\n9,iqa,default,8\n1,iqa,default,2\n")
            .getBytes(UTF_8));
    Files.write(file, bytes.toByteArray());
    Path copy = folder.resolve("copy");

    assertThat(RowEraser.copyWithout(Set.of(1L), file, feed, copy)).isTrue();
    assertThat(copy).hasContent("sep=,\n\n\n" + HEADER + "\n,,,\n1,iqa,default,2\n");
    assertThat(files.read(copy, feed).words(2)).isEqualTo(WORDS);
  }
}
