package uk.onefileroutes.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.onefileroutes.config.Folders;
import uk.onefileroutes.management.Refused;
import uk.onefileroutes.simulator.SimulatorOptions;
import uk.onefileroutes.testing.TestBundle;

class RehearsalTest {
  private static final Map<String, String> KEYS =
      Map.of(
          "column.learner_email", "Apprentice e-mail",
          "column.assignee_misid", "Staff number",
          "column.assignee_id", "Staff id",
          "column.standard_title", "Programme",
          "column.unit_title", "Module",
          "column.kind", "What",
          "column.role", "As");

  private static final String EXPORT =
      """
      Apprentice;Apprentice e-mail;What;As;Staff number;Staff id;Programme;Module
      Ada Wren;ada@example.org;standard;IQA;S-17;;Carpentry;
      Ada Wren;ADA@example.org ;default;assessor;S-17;;;
      Ben Lark;ben@example.org;unit;assessor;S-18;;;Safe working
      Ben Lark;ben@example.org;additional;observer;S-19;900000001;;
      Cat Finch;cat@example.org;additional;observer;S-19;;;
      Cat Finch;cat@example.org;default;employer;E-1;;;
      """;

  @TempDir Path folder;
  private Folders folders;

  @BeforeEach
  void configure() throws IOException {
    Path config = Files.createDirectories(folder.resolve("config/feeds")).getParent();
    Files.writeString(config.resolve("application.properties"), "onefile.organisation-id=12\n");
    StringBuilder keys =
        new StringBuilder("source=directory\ndirectory=in\nresults.directory=out\n");
    KEYS.forEach((key, value) -> keys.append(key).append('=').append(value).append('\n'));
    Files.writeString(config.resolve("feeds/nord.properties"), keys);
    Files.writeString(
        config.resolve("feeds/ids.properties"),
        "source=directory\ndirectory=ids\nresults.directory=out\n");
    folders = Folders.of(config, Path.of("routes"), folder.resolve("data"));
  }

  @Test
  void anExportOfEmailsAndTitlesIsSentWhole() throws Exception {
    Rehearsal rehearsal = rehearse("nord", EXPORT);

    assertThat(rehearsal.sentence())
        .isEqualTo(
            "From export.csv by feed nord: 3 learners, 2 assessors, 1 iqa, 1 employer, 1 observer,"
                + " 1 standard, 1 unit.");
    try (TestBundle bundle =
        TestBundle.start(
            TestBundle.Setup.plain()
                .withFarSide(
                    SimulatorOptions.defaults()
                        .withCallsPerMinute(0)
                        .withPeople(rehearsal.people()))
                .withKey("onefile.organisation-id", "12")
                .withFeedKeys(KEYS))) {
      bundle.drop("export.csv", EXPORT);
      assertThat(Files.readAllLines(bundle.awaitResults("export.csv")))
          .hasSize(7)
          .filteredOn(line -> line.contains(";sent;SENT;"))
          .hasSize(6);
    }
  }

  @Test
  void invalidRowsNameNobodyAndAreCountedWithoutAnyValue() throws Exception {
    Rehearsal rehearsal =
        rehearse("nord", EXPORT + "Dan Kite;dan@example.org;default;gardener;S-99;;;\n");

    assertThat(rehearsal.unusable()).isEqualTo(1);
    assertThat(rehearsal.made()).containsEntry("learners", 3).containsEntry("assessors", 2);
    assertThat(rehearsal.sentence())
        .contains(" 1 of 7 assignments asked for is invalid and names nobody; check --sample ")
        .doesNotContain("dan", "Dan", "S-99", "gardener");
  }

  @Test
  void anIdAndTheValuesBesideItAreOneAccountInWhateverOrder() throws Exception {
    Rehearsal rehearsal =
        rehearse(
            "ids",
            """
            learner_id,learner_email,role,kind,assignee_id
            ,ada@example.org,assessor,default,501
            1001,Ada@example.org,assessor,default,501
            1001,,iqa,additional,501
            """);

    assertThat(rehearsal.made()).containsEntry("learners", 1).containsEntry("assessors", 1);
    assertThat(rehearsal.sentence())
        .endsWith(
            " 1 assignment names an id in a second role; an account has one, so the first counts.");
  }

  @Test
  void aFileThatNamesNobodyIsRefusedWithWhatToDo() {
    assertThatThrownBy(
            () -> rehearse("ids", "learner_id,role,kind,assignee_id\nnone,assessor,default,5\n"))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("export.csv names nobody: all 1 assignments are invalid. See check");
    assertThatThrownBy(() -> rehearse("ids", "learner_id,role,kind,assignee_id\n"))
        .hasMessageContaining("its rows ask for nothing");
    assertThatThrownBy(() -> rehearse("nord", "name,town\nAda,York\n"))
        .isInstanceOf(Refused.class)
        .hasMessageNotContaining("Ada");
  }

  @Test
  void referencesNeedACentre() throws IOException {
    Files.writeString(folder.resolve("config/application.properties"), "");
    Files.delete(folder.resolve("config/feeds/nord.properties"));

    assertThatThrownBy(
            () -> rehearse("ids", "learner_misid,role,kind,assignee_id\nL-1,assessor,default,5\n"))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("Set onefile.organisation-id");
  }

  private Rehearsal rehearse(String feed, String text) throws Exception {
    return Rehearsal.of(folders, feed, Files.writeString(folder.resolve("export.csv"), text));
  }
}
