package uk.onefileroutes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import uk.onefileroutes.receive.Intake;
import uk.onefileroutes.testing.TestBundle;

/** The same file, name or bytes once more, in one feed and in two. */
class SameAgainTest {
  private static final String HEADER = "learner_id,role,kind,assignee_id\n";
  private static final String FIRST = HEADER + "1001,assessor,default,501\n";
  private static final String SECOND = HEADER + "1001,assessor,default,502\n";

  private static final String STAMPED = "export\\.\\d{8}-\\d{6}(-\\d+)?\\.results\\.csv";

  @Test
  void eachDropIsAFileOfItsOwnAndOnlyChangesAreSent() throws Exception {
    TestBundle.Setup setup =
        TestBundle.Setup.plain()
            .withFeed(
                "twin",
                Map.of(
                    "directory", "twin/inbox", "results.directory", "twin/results", "poll", "1s"));
    try (TestBundle bundle = TestBundle.start(setup)) {
      bundle.drop("export.csv", FIRST);
      Path first = bundle.awaitResults("export.csv");
      assertThat(first).hasFileName("export.results.csv").content().contains(",sent,SENT,");

      bundle.drop("export.csv", FIRST);
      Path sameBytes = bundle.awaitResults("export.csv");
      assertThat(sameBytes)
          .content()
          .contains(",unchanged,UNCHANGED,", "This file equals the earlier file 1.");
      assertThat(sameBytes.getFileName().toString()).matches(STAMPED);

      bundle.drop("export.csv", SECOND);
      Path otherBytes = bundle.awaitResults("export.csv");
      assertThat(otherBytes).content().contains(",sent,SENT,").doesNotContain("equals");
      assertThat(otherBytes.getFileName().toString()).matches(STAMPED);
      assertThat(first).content().contains("1001,assessor,default,501,1,sent");

      Path hidden = Files.writeString(bundle.data().resolve("twin/inbox/.hidden"), SECOND);
      Files.move(hidden, hidden.resolveSibling("export.csv"), StandardCopyOption.ATOMIC_MOVE);
      TestBundle.await("the twin's answer")
          .until(() -> bundle.names("twin/results").equals(List.of("export.results.csv")));
      assertThat(bundle.data().resolve("twin/results/export.results.csv"))
          .content()
          .contains(",unchanged,UNCHANGED,");
      assertThat(bundle.names("results")).hasSize(3);
      assertThat(bundle.simulator().calls()).hasSize(3); // a login, and each value once
    }
  }

  @Test
  void aFileThatChangesWhileItIsReadIsTakenWholeAtALaterLook() throws Exception {
    try (TestBundle bundle = TestBundle.start(TestBundle.Setup.plain())) {
      Intake intake = bundle.instance().camel().getRegistry().findSingleByType(Intake.class);
      byte[] grown = FIRST.getBytes(StandardCharsets.UTF_8);
      for (int listed : List.of(grown.length - 1, grown.length + 1)) {
        InputStream bytes = new ByteArrayInputStream(grown);
        assertThatThrownBy(() -> intake.accept(bytes, "test", "export.csv", listed, 1L))
            .isInstanceOf(IOException.class)
            .hasMessageContaining(grown.length + " bytes came, the listing said " + listed);
      }
      assertThat(bundle.names("spool")).isEmpty();
      assertThat(bundle.simulator().calls()).isEmpty();

      bundle.drop("export.csv", FIRST);
      TestBundle.Answer answer = bundle.awaitAnswer("export.csv");
      assertThat(answer.file().no()).isEqualTo(1);
      assertThat(bundle.data().resolve(answer.file().stored())).hasContent(FIRST);
    }
  }
}
