package uk.onefileroutes.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.onefileroutes.config.ConfigurationFault;
import uk.onefileroutes.config.Folders;

class SampleTest {
  @TempDir Path folder;
  private Folders folders;

  @BeforeEach
  void configure() throws IOException {
    Path config = Files.createDirectories(folder.resolve("config/feeds")).getParent();
    Files.writeString(config.resolve("application.properties"), "onefile.organisation-id=12\n");
    feed("inbox", "");
    folders = Folders.of(config, Path.of("routes"), folder.resolve("data"));
  }

  @Test
  void itSaysWhatEachRowAsksFor() throws Exception {
    Path file = folder.resolve("export.csv");
    Files.writeString(
        file,
        """
        learner_id,learner_email,role,kind,assignee_id,standard_title
        1001,,assessor,default,501,
        ,ada@example.org,iv,standard,551,Carpentry
        1001,,iqa,default,551,

        """);

    Sample sample = Sample.of(folders, "", file);

    assertThat(sample.isUnderstood()).isFalse();
    assertThat(sample.lines())
        .containsExactly(
            "export.csv by feed inbox",
            "charset UTF-8, delimiter \",\", 6 columns: learner_id | learner_email | role | kind |"
                + " assignee_id | standard_title",
            "row  1  default assessor: learner 1001, assignee 501",
            "row  2  learning-aim iqa: learner \"ada@example.org\" (looked up by learner_email),"
                + " assignee 551, standard \"Carpentry\" (looked up by standard_title)",
            "row  3  invalid ROLE_NOT_ALLOWED: Onefile has a default assessor and a default"
                + " employer, no default iqa.",
            "row  4  asks for nothing",
            "all rows (4): 2 assignments asked for, 1 invalid, 1 times nothing asked",
            "     1  ROLE_NOT_ALLOWED",
            "        row 3: Onefile has a default assessor and a default employer, no default iqa.");
  }

  @Test
  void itShowsTenRowsAndWhatAWideOneFansOutTo() throws Exception {
    feed("wide", "fan-out.1=default,assessor,Tutor\nfan-out.2=1,observer,Witness\ninclude=wide*\n");
    Path file = folder.resolve("wide.csv");
    Files.writeString(file, "learner_id;Tutor;Witness\n" + "1001;501;\n".repeat(11));

    Sample sample = Sample.of(folders, "wide", file);

    assertThat(sample.isUnderstood()).isTrue();
    assertThat(sample.lines())
        .hasSize(2 + 10 * 2 + 2)
        .contains(
            "row 10  default assessor: learner 1001, assignee 501",
            "row 10  asks for nothing, empty: Witness")
        .endsWith(
            "... and more rows, which are not shown",
            "all rows (11): 11 assignments asked for, 0 invalid, 11 times nothing asked");
  }

  @Test
  void theWholeFileIsJudgedAndItsFaultsAreCountedWithExamples() throws Exception {
    Path file = folder.resolve("long.csv");
    String good = "1001,assessor,default,501\n";
    Files.writeString(
        file,
        "learner_id,role,kind,assignee_id\n"
            + good.repeat(40)
            + "1001,juggler,default,501\n".repeat(5)
            + "x1,assessor,default,501\nx2,assessor,default,501\n"
            + "x3,assessor,default,501\nx4,clown,default,501\n");

    Sample sample = Sample.of(folders, "inbox", file);

    assertThat(sample.isUnderstood()).isFalse();
    assertThat(sample.lines())
        .contains(
            "all rows (49): 40 assignments asked for, 9 invalid, 0 times nothing asked",
            "     4  NOT_AN_ID",
            "     6  UNKNOWN_ROLE")
        .filteredOn(line -> line.startsWith("        row "))
        .as("three examples a code, and none twice")
        .hasSize(5)
        .anyMatch(line -> line.startsWith("        row 41: "))
        .anyMatch(line -> line.startsWith("        row 49: "));
  }

  @Test
  void aFileThatWouldBeRefusedIsTold() throws Exception {
    Path file = folder.resolve("other.csv");
    Files.writeString(file, "name,town\nAda,Leeds\n");

    Sample sample = Sample.of(folders, "inbox", file);

    assertThat(sample.isUnderstood()).isFalse();
    assertThat(sample.lines()).last().asString().startsWith("refused: NO_HEADER in line 1: ");
  }

  @Test
  void whereSeveralFeedsWantTheFileOneMustBeNamed() throws Exception {
    feed("second", "");
    Path file = folder.resolve("export.csv");
    Files.writeString(file, "learner_id\n");

    assertThatThrownBy(() -> Sample.of(folders, "", file))
        .isInstanceOf(ConfigurationFault.class)
        .hasMessageContaining("say by which feed with --feed: inbox, second");
  }

  private void feed(String name, String more) throws IOException {
    Files.writeString(
        folder.resolve("config/feeds/" + name + ".properties"),
        "directory=%s\nresults.directory=results\n%s".formatted(name, more));
  }
}
