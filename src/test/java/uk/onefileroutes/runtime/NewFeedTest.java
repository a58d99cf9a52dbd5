package uk.onefileroutes.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.onefileroutes.config.Folders;
import uk.onefileroutes.management.Refused;

/** What is proposed loads as a feed, and the export is read by it. */
class NewFeedTest {
  @TempDir Path folder;
  private Folders folders;

  /**
   * An export, and what its feed has.
   *
   * @param lines of the feed, each of them
   * @param sample what the first row asks for by it
   */
  record Case(String what, String export, List<String> lines, String sample) {
    @Override
    public String toString() {
      return what;
    }
  }

  @BeforeEach
  void configure() throws IOException {
    Path config = Files.createDirectories(folder.resolve("config/feeds")).getParent();
    Files.writeString(config.resolve("application.properties"), "onefile.organisation-id=12\n");
    folders = Folders.of(config, Path.of("routes"), folder.resolve("data"));
  }

  static List<Case> cases() {
    return List.of(
        new Case(
            "our own columns",
            "learner_id,role,kind,assignee_id,standard_id\n1001,iqa,standard,551,31\n",
            List.of(
                "# learner_id is found by its own name.",
                "# standard_id is found by its own name."),
            "learning-aim iqa: learner 1001, assignee 551, standard 31"),
        new Case(
            "headers of their own, semicolons",
            """
            Apprentice No;Full name;What;As;Staff No;Aim;Module
            501001;Ada Wren;standard;IQA;700001;4711;
            """,
            List.of(
                "column.learner_id=Apprentice No",
                "column.kind=What",
                "column.role=As",
                "column.assignee_id=Staff No",
                "column.standard_id=Aim",
                "column.unit_id=Module"),
            "learning-aim iqa: learner 501001, assignee 700001, standard 4711"),
        new Case(
            "references",
            """
            Apprentice;Apprentice e-mail;What;As;Staff number;Programme;Module
            Ada Wren;ada@example.org;standard;IQA;S-17;Carpentry;
            """,
            List.of(
                "column.learner_email=Apprentice e-mail",
                "column.assignee_misid=Staff number",
                "column.standard_title=Programme",
                "#organisation-id=1234"),
            "learning-aim iqa: learner \"ada@example.org\" (looked up by learner_email), assignee"
                + " \"S-17\" (looked up by assignee_misid), standard \"Carpentry\" (looked up by"
                + " standard_title)"),
        new Case(
            "wide",
            """
            Learner ID,Name,Assessor ID,Employer ID,Aim 1,Aim 1 IQA,Module tutor,Status
            1001,Ada Example,501,601,31,551,501,active
            """,
            List.of(
                "fan-out.1=default,assessor,Assessor ID",
                "fan-out.2=additional,employer,Employer ID",
                "fan-out.3=default,employer,Employer ID",
                "fan-out.4=learning-aim,iqa,Aim 1 IQA,Aim 1",
                "#fan-out.5=unit-summary,assessor,Module tutor,=...",
                "#ignore.Status=left,withdrawn"),
            "default assessor: learner 1001, assignee 501"),
        new Case(
            "wide with a comma in a header and e-mails of several forms",
            """
            Learner Email;Tutor name;Tutor e-mail;"Witness, on site"
            ada@example.org;Eve Hill;eve@example.org;
            """,
            List.of("fan-out.1=default,assessor,email:Tutor e-mail"),
            "default assessor: learner \"ada@example.org\" (looked up by learner_email), assignee"
                + " \"eve@example.org\" (looked up by assignee_email)"),
        new Case(
            "no kind, an odd delimiter, below a title",
            """
            Report of May
            Trainee Ref^Employer Ref
            1001^601
            """,
            List.of("delimiter=^", "column.learner_id=Trainee Ref"),
            "additional employer: learner 1001, assignee 601"),
        new Case(
            "a kind, and one role in a header",
            "Student Number|Assignment type|Assessor MIS ID\n1001|default|A7\n",
            List.of(
                "column.kind=Assignment type",
                "column.assignee_misid=Assessor MIS ID",
                "constant.role=assessor"),
            "default assessor: learner 1001, assignee \"A7\" (looked up by assignee_misid)"),
        new Case(
            "words in columns whose headers say nothing",
            "Learner,Who,Duty,Colleague\n1001,standard,iqa,551\n1002,standard,iqa,551\n",
            List.of("column.learner_id=Learner", "column.role=Duty", "column.kind=Who"),
            "invalid STANDARD_REQUIRED"),
        new Case(
            "JSON",
            "[{\"learnerId\": 1001, \"tutorId\": 501}, {\"learnerId\": 1002, \"tutorId\": 501}]",
            List.of("fan-out.1=default,assessor,tutorId"),
            "default assessor: learner 1001, assignee 501"),
        new Case(
            "a table of a web page",
            "<html><table><tr><td>Learner ID</td><td>Coach ID</td></tr>"
                + "<tr><td>1001</td><td>501</td></tr></table></html>",
            List.of("fan-out.1=default,assessor,Coach ID"),
            "default assessor: learner 1001, assignee 501"),
        new Case(
            "each line in quotes, backslash in a header",
            "\"Learner ID,Tutor\\Coach ID\"\n\"1001,501\"\n",
            List.of("fan-out.1=default,assessor,Tutor\\\\Coach ID"),
            "default assessor: learner 1001, assignee 501"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void itLoadsAndReadsTheExport(Case it) throws Exception {
    Path file = Files.writeString(folder.resolve("export.csv"), it.export());

    NewFeed proposed = NewFeed.of(file, "nord");

    assertThat(proposed.text().lines()).containsAll(it.lines());
    assertThat(proposed.missing()).as(proposed.text()).isEmpty();
    Files.writeString(folder.resolve("config/feeds/nord.properties"), proposed.text());
    assertThat(Sample.of(folders, "nord", file).lines())
        .as(proposed.text())
        .anySatisfy(line -> assertThat(line).startsWith("row  1  " + it.sample()))
        .noneMatch(line -> line.startsWith("refused"));
  }

  @Test
  void wordsThatAreNotKnownAreOfferedAndNoOtherCellIsShown() throws Exception {
    String text =
        text(
            """
            Apprentice No;Full name;What;As;Staff e-mail;Town
            501001;Ada Wren;Kernziel;Ausbilder;zoe@example.org;Leeds
            501002;Ben Lark;Baustein;zweite Kraft;zoe@example.org;York
            501003;Cat Finch;unit;zweite Kraft;zoe@example.org;York
            501004;Dan Kite;unit;zweite Kraft;zoe@example.org;York
            501005;Fay Rook;unit;Ausbilder;zoe@example.org;York
            501006;Gus Teal;unit;Ausbilder;zoe@example.org;York
            """);

    assertThat(text.lines())
        .contains(
            "#kind.kernziel=...",
            "#kind.baustein=...",
            "#role.ausbilder=...",
            "#role.zweite\\ kraft=...")
        .noneMatch(line -> line.startsWith("#kind.unit"));
    assertThat(text)
        .doesNotContain("5010", "Wren", "wren", "Lark", "example.org", "zoe", "York", "Leeds");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ada Wren", "ada@example.org", "501001", "A:7", "x=y"})
  void whatMayBeAnybodysDataIsNotShownAsAWord(String cell) throws Exception {
    String text = text("Learner ID,Kind,Role,Assignee ID\n1001,default," + cell + ",501\n");

    assertThat(text.toLowerCase(Locale.ROOT)).doesNotContain(cell.toLowerCase(Locale.ROOT));
    assertThat(text).contains("# Check: 1 of its values are not shown here");
  }

  @Test
  void manyDifferentValuesAreNoWords() throws Exception {
    StringBuilder export = new StringBuilder("Learner ID,Kind,Role,Assignee ID\n");
    for (char c = 'a'; c < 'a' + 20; c++) {
      export.append("1001,default,name").append(c).append(",501\n");
    }

    assertThat(text(export.toString())).contains("most of its values").doesNotContain("namea");
  }

  @Test
  void whatIsMissingIsSaid() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("export.csv"), "Learner name,Role,Kind\nAda,iqa,default\n");

    NewFeed proposed = NewFeed.of(file, "");

    assertThat(proposed.name()).isEqualTo("export");
    assertThat(proposed.missing()).contains("Missing: learner_id", "assignee_id");
    assertThat(proposed.text())
        .contains("#column.learner_id=...", "# Headers: Learner name | Role | Kind")
        .doesNotContain("Ada");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Ada,Wren,York\nBen,Lark,Leeds\n",
        "1001,assessor,default,501\n1002,assessor,default,501\n",
        "ada@example.org,assessor,default,eve@example.org\n",
        "[]",
        "%PDF-1.4",
        ""
      })
  void aFileWithoutAHeaderIsRefusedWithoutItsCells(String export) throws Exception {
    Path file = Files.writeString(folder.resolve("export.csv"), export);

    assertThatThrownBy(() -> NewFeed.of(file, "nord"))
        .isInstanceOf(Refused.class)
        .satisfies(
            refused ->
                assertThat(refused.getMessage())
                    .doesNotContain("Ada", "York", "1001", "ada@", "Exception"));
  }

  private String text(String export) throws Exception {
    return NewFeed.of(Files.writeString(folder.resolve("export.csv"), export), "nord").text();
  }
}
