package uk.onefileroutes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that come from an SFTP server, with everything that may happen to it on the way. */
class SftpReceiveTest {
  private static final String HEADER = "learner_id,role,kind,assignee_id\n";
  private static final String ONE_ROW = HEADER + "1001,assessor,default,501\n";

  @TempDir Path folder;
  private TestSftpServer server;

  @BeforeEach
  void start() throws Exception {
    server = TestSftpServer.start();
    server.folder("outgoing");
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void aFileIsTakenByPasswordAnsweredAndMovedAside() throws Exception {
    try (TestBundle bundle = TestBundle.start(feed("rename"))) {
      server.drop("outgoing", "export.csv", ONE_ROW);
      TestBundle.Answer answer = bundle.awaitAnswer("export.csv");

      assertThat(answer.results()).content().contains(",sent,SENT,");
      assertThat(server.names("outgoing")).isEmpty();
      assertThat(server.names("outgoing/.done")).containsExactly("export.csv");
      assertThat(Files.readString(server.folder("outgoing/.done").resolve("export.csv")))
          .isEqualTo(ONE_ROW);
    }
  }

  private TestBundle.Setup feed(String ready) throws Exception {
    TestBundle.Setup setup =
        TestBundle.Setup.plain()
            .withFeedKey("source", "sftp")
            .withFeedKey("directory", "")
            .withFeedKey("sftp.directory", "/outgoing")
            .withFeedKey("ready", ready);
    for (var key : server.keys(folder.resolve("known_hosts")).entrySet()) {
      setup = setup.withFeedKey(key.getKey(), key.getValue());
    }
    return setup;
  }
}
