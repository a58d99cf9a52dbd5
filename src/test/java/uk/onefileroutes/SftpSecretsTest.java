package uk.onefileroutes;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.management.Attribute;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.Endpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.onefileroutes.testing.LogLines;
import uk.onefileroutes.testing.TestBundle;
import uk.onefileroutes.testing.TestSftpServer;

/** Host keys and secrets of a whole bundle: who is not trusted gets nothing, and nobody is told. */
class SftpSecretsTest {
  private static final String ROW = "learner_id,role,kind,assignee_id\n1001,assessor,default,501\n";
  private static final String PASSPHRASE = "open-sesame-7";

  @TempDir Path folder;

  @Test
  void anUnknownHostKeyIsSaidOnceAndTheFeedWorksOnceItIsKnown() throws Exception {
    try (TestSftpServer server = TestSftpServer.start();
        LogLines log = LogLines.open()) {
      Path knownHosts = folder.resolve("known_hosts");
      TestBundle.Setup setup = feed(server, knownHosts);
      Files.writeString(knownHosts, "");
      server.drop("outgoing", "export.csv", ROW);
      try (TestBundle bundle = TestBundle.start(setup)) {
        TestBundle.await("it is said")
            .until(() -> !log.with(server.fingerprint(), server.knownHostsLine()).isEmpty());
        assertThat(server.logins()).isZero();
        assertThat(server.names("outgoing")).containsExactly("export.csv");

        Files.writeString(knownHosts, server.knownHostsLine() + "\n");
        bundle.awaitAnswer("export.csv"); // without a restart
        assertThat(log.with(server.fingerprint())).hasSize(1);
      }
    }
  }

  @Test
  void secretsAreInNoMBeanNoUriNoRouteAndNoLogLine() throws Exception {
    try (TestSftpServer server = TestSftpServer.start();
        LogLines log = LogLines.open()) {
      Path key = folder.resolve("id");
      server.letIn(key, PASSPHRASE);
      TestBundle.Setup setup =
          feed(server, folder.resolve("known_hosts"))
              .withFeedKey("sftp.key-file", key.toString())
              .withFeedKey("sftp.key-passphrase", PASSPHRASE)
              .withFeedKey("results", "sftp")
              .withFeedKey("results.directory", "/answers")
              .withKey("camel.main.jmxManagementMBeansLevel", "Default")
              .withKey("report.try-again", "300ms");
      server.folder("answers");
      server.drop("outgoing", "export.csv", ROW);
      server.cut(TestSftpServer.At.DOWNLOAD, 1);
      server.cut(TestSftpServer.At.UPLOAD, 1);
      try (TestBundle bundle = TestBundle.start(setup)) {
        TestBundle.await("results").until(() -> server.names("answers").size() == 1);
        server.stop();
        TestBundle.await("trouble").until(() -> !log.with("nothing answers").isEmpty());

        List<String> shown = new ArrayList<>(attributes());
        assertThat(shown).as("what is looked at").anyMatch(text -> text.contains("sftp://"));
        bundle.instance().camel().getEndpoints().stream()
            .map(Endpoint::getEndpointUri)
            .forEach(shown::add);
        shown.addAll(log.with());
        for (String text : shown) {
          assertThat(text).doesNotContain(TestSftpServer.PASSWORD).doesNotContain(PASSPHRASE);
        }
      }
    }
  }

  /** Every attribute of every MBean, and the routes as Camel dumps them. */
  private static List<String> attributes() throws Exception {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    List<String> shown = new ArrayList<>();
    for (ObjectName name : beans.queryNames(new ObjectName("org.apache.camel:*"), null)) {
      shown.add(name.toString());
      String[] readable =
          Arrays.stream(beans.getMBeanInfo(name).getAttributes())
              .filter(MBeanAttributeInfo::isReadable)
              .map(MBeanAttributeInfo::getName)
              .toArray(String[]::new);
      for (Attribute attribute : beans.getAttributes(name, readable).asList()) {
        shown.add(attribute.getName() + "=" + attribute.getValue());
      }
      if ("context".equals(name.getKeyProperty("type"))) {
        Object text =
            beans.invoke(
                name,
                "dumpRoutesAsXml",
                new Object[] {true},
                new String[] {boolean.class.getName()});
        shown.add(String.valueOf(text));
      }
    }
    return shown;
  }

  private static TestBundle.Setup feed(TestSftpServer server, Path knownHosts) throws Exception {
    return TestBundle.Setup.plain()
        .withFeedKey("source", "sftp")
        .withFeedKey("directory", "")
        .withFeedKey("sftp.directory", "/outgoing")
        .withFeedKey("ready", "rename")
        .withFeedKeys(server.keys(knownHosts));
  }
}
