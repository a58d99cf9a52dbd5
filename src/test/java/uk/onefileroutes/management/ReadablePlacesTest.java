package uk.onefileroutes.management;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.onefileroutes.ports.ManagementServer;
import uk.onefileroutes.testing.PortsFixture;
import uk.onefileroutes.testing.TestBundle;

/** Whoever reaches the management port has the instance read what it reads anyway, and no more. */
class ReadablePlacesTest {
  private static final String FILE = "learner_id,role,kind,assignee_id\n1,assessor,default,2\n";

  @TempDir Path elsewhere;

  @Test
  void onlyFilesOfFeedsAndOurOwnCopiesOfThemAreReadOverThePort() throws Exception {
    Path secret = Files.writeString(elsewhere.resolve("secret.csv"), FILE);
    try (PortsFixture ports = PortsFixture.start(TestBundle.Setup.plain())) {
      Path inbox = ports.bundle.inbox();
      Path link = Files.createSymbolicLink(inbox.resolve(".link.csv"), secret);
      Path folder = Files.createSymbolicLink(inbox.resolve(".folder"), elsewhere);
      Path up = inbox.resolve("..").resolve("..").resolve("config/application.properties");
      for (Path outside :
          List.of(
              secret,
              link,
              folder.resolve("secret.csv"),
              up,
              ports.bundle.data().resolve("ledger.mv.db"),
              elsewhere.resolve("nothing.csv"))) {
        for (String operation : List.of("plan", "planBy")) {
          assertThat(plan(ports, operation, outside))
              .as(outside.toString())
              .contains("The instance reads no file at " + outside, "drop folder")
              .doesNotContain("to add", "\"adds\"");
        }
      }
      assertThat(plan(ports, "plan", secret).replace(secret.toString(), ""))
          .as("nor does it say whether there is one")
          .isEqualTo(
              plan(ports, "plan", elsewhere.resolve("nothing.csv"))
                  .replace(elsewhere.resolve("nothing.csv").toString(), ""));

      Path own = Files.writeString(inbox.resolve(".own.csv"), FILE);
      Path roundabout = inbox.resolve("..").resolve("inbox").resolve(".own.csv");
      assertThat(plan(ports, "plan", own)).contains("\\\"adds\\\" : 1");
      assertThat(plan(ports, "plan", roundabout)).contains("\\\"adds\\\" : 1");
    }
  }

  private static String plan(PortsFixture ports, String operation, Path file) throws Exception {
    List<String> arguments =
        operation.equals("plan") ? List.of(file.toString()) : List.of(file.toString(), "", "");
    JsonNode answer =
        ports.jolokia(
            ports.management + ManagementServer.MBEANS,
            PortsFixture.exec("onefile:type=Plan", operation, arguments));
    return answer.path("value").toString() + answer.path("error").asText();
  }
}
