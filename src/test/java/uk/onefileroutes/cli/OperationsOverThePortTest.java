package uk.onefileroutes.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import uk.onefileroutes.config.Folders;
import uk.onefileroutes.management.Histories.RowNow;
import uk.onefileroutes.management.Operations;
import uk.onefileroutes.management.Operations.RowChoice;
import uk.onefileroutes.management.Operations.SlotChoice;
import uk.onefileroutes.management.Refusal;
import uk.onefileroutes.management.Refusal.Code;
import uk.onefileroutes.management.Refused;
import uk.onefileroutes.testing.FreePort;
import uk.onefileroutes.testing.TestBundle;

/** The verbs of a running instance, called over its port as if it were in this process. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperationsOverThePortTest {
  private TestBundle bundle;
  private Operations operations;

  @BeforeAll
  void start() throws Exception {
    bundle =
        TestBundle.start(
            TestBundle.Setup.plain()
                .withKey("management.port", Integer.toString(FreePort.find()))
                .withKey("management.password", "invented-password-of-a-test"));
    Path config = bundle.data().resolveSibling("config");
    operations =
        RunningInstance.find(Folders.of(config, Path.of("routes"), bundle.data())).orElseThrow();
    bundle.drop("export.csv", "learner_id,role,kind,assignee_id\n1,assessor,default,2\n");
    assertThat(bundle.awaitResults("export.csv")).content().contains(",sent,");
  }

  @AfterAll
  void stop() throws Exception {
    bundle.close();
  }

  @Test
  void answersKeepTheirTypes() throws Exception {
    assertThat(operations.status().input().files())
        .singleElement()
        .satisfies(file -> assertThat(file.counts().rows()).containsEntry("sent", 1L));
    assertThat(operations.details("export.csv").file().no()).isOne();
    assertThat(operations.history("1", 1)).singleElement().isInstanceOf(RowNow.class);
    assertThat(operations.retry(RowChoice.ALL_BLOCKED).message())
        .isEqualTo("No assignment is blocked.");
    assertThat(operations.forget(SlotChoice.learner("77")).slots()).isZero();
    assertThat(operations.audit(1))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.action()).isEqualTo("forget");
              assertThat(entry.way()).isEqualTo("command");
            });
    assertThat(operations.verification().run().state()).isEqualTo("none");
  }

  @Test
  void aRefusalComesAsWhatItIs() {
    assertRefused(() -> operations.release("1", Operations.ReleaseChoice.ALL), Code.NOT_POSSIBLE)
        .isEqualTo("File 1 is done; only a held file can be released.");
    assertRefused(() -> operations.cancel("other.csv"), Code.NOT_FOUND)
        .isEqualTo("No file has the number or the name other.csv.");
    assertRefused(() -> operations.retry(RowChoice.code("NO_SUCH")), Code.NOT_FOUND)
        .isEqualTo("There is no code NO_SUCH.");
    assertRefused(() -> operations.verify(SlotChoice.learner("x")), Code.INVALID)
        .isEqualTo("\"x\" is not a Onefile id.");
    assertRefused(() -> operations.history("1", 9), Code.NOT_FOUND)
        .isEqualTo("File 1 has no row 9.");
    // names of Java in what a person typed are no exceptions around a sentence
    assertRefused(() -> operations.cancel("java.io.IOException : x.csv"), Code.NOT_FOUND)
        .isEqualTo("No file has the number or the name java.io.IOException : x.csv.");
  }

  @Test
  void whatIsNoInstanceIsSaidInASentence() throws Exception {
    HttpServer other =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.createContext(
        "/",
        exchange -> {
          byte[] page = "<html>".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    other.start();
    try {
      URI address = URI.create("http://127.0.0.1:" + other.getAddress().getPort() + "/");
      assertRefused(
              () -> RunningInstance.at(new ManagementPort(address, null, "a:b"), ""),
              Code.OTHER_VERSION)
          .contains("not this version");
    } finally {
      other.stop(0);
    }
  }

  private interface Asked {
    Object ask() throws Exception;
  }

  private static org.assertj.core.api.AbstractStringAssert<?> assertRefused(
      Asked asked, Code code) {
    Refusal[] refusal = new Refusal[1];
    assertThatThrownBy(asked::ask)
        .asInstanceOf(type(Refused.class))
        .satisfies(refused -> refusal[0] = refused.refusal());
    assertThat(refusal[0].code()).isEqualTo(code);
    return assertThat(refusal[0].text());
  }
}
