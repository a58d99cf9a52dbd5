package uk.onefileroutes.report;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.onefileroutes.testing.TestBundle.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Message;
import jakarta.mail.internet.MimeMessage;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import uk.onefileroutes.config.ConfigurationFault;
import uk.onefileroutes.testing.FreePort;
import uk.onefileroutes.testing.LogLines;
import uk.onefileroutes.testing.TestBundle;

/** The real bundle and a real mail server: what a sender is told after each file. */
@Timeout(300)
class ResultsMailsTest {
  private static final String HEADER = "learner_id,role,kind,assignee_id,name\n";
  private static final String ROWS =
      HEADER + "1001,assessor,default,501,Invented Ann\nx,assessor,default,501,Invented Bob\n";

  private GreenMail mail;

  @BeforeEach
  void startServer() {
    start(FreePort.find());
  }

  @AfterEach
  void stopServer() {
    mail.stop();
  }

  @Test
  void aSenderIsToldWhatCameOfEachFileAndNothingOfItsRows() throws Exception {
    try (TestBundle bundle = TestBundle.start(setup())) {
      bundle.drop("export.csv", ROWS);
      await("a mail").until(() -> mails() == 1);
      MimeMessage done = mail(0);
      assertThat(done.getSubject()).isEqualTo("[ward 7] export.csv: done, 1 invalid, 1 sent");
      assertThat(Arrays.toString(done.getRecipients(Message.RecipientType.TO)))
          .isEqualTo("[mis@example.org, boss@example.org]");
      assertThat(GreenMailUtil.getBody(done))
          .contains(
              "export.csv, file 1 of feed test, is done. All of it is final.",
              "Problems:     1 NOT_AN_ID",
              "Files:        export.results.csv, export.rejects.csv")
          .doesNotContain("1001", "501", "Invented", "${");
      assertThat(GreenMailUtil.getHeaders(done)).doesNotContain("fireTime", "Camel");

      bundle.drop("broken.csv", "Invented Ann,Invented Bob\n1,2\n");
      await("another").until(() -> mails() == 2);
      assertThat(mail(1).getSubject()).isEqualTo("[ward 7] broken.csv: refused");
      assertThat(GreenMailUtil.getBody(mail(1)))
          .contains("It could not be read (", "Files:        broken.csv.error.txt")
          .doesNotContain("Invented");
    }
  }

  @Test
  void whatIsOwedOutlivesARestartAndAServerThatIsAway() throws Exception {
    int port = mail.getSmtp().getPort();
    try (LogLines log = LogLines.open();
        TestBundle bundle = TestBundle.start(setup())) {
      mail.stop();
      bundle.drop("export.csv", ROWS);
      await("it fails")
          .until(() -> !log.with("WARN", "Mails about results can't be sent").isEmpty());
      bundle.stopInstance();
      start(port);
      bundle.startInstance();
      await("a mail").until(() -> mails() == 1);
      bundle.drop("export.csv", ROWS);
      await("the next").until(() -> mails() == 2);
      assertThat(mail(0).getSubject()).contains("1 invalid, 1 sent");
      assertThat(mail(1).getSubject()).contains("1 invalid, 1 unchanged");
    }
  }

  @Test
  void withoutAMailServerTheStartIsRefused() {
    TestBundle.Setup setup =
        TestBundle.Setup.plain().withFeedKey("results.mail.to", "mis@example.org");
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(() -> TestBundle.start(setup).close()))
        .isInstanceOf(ConfigurationFault.class)
        .hasMessageContaining("alarm.mail.to: missing; the feed test has results.mail.to");
  }

  private TestBundle.Setup setup() {
    Map<String, String> server =
        Map.of(
            "alarm.instance", "ward 7",
            "alarm.mail.to", "ops@example.org",
            "alarm.mail.from", "routes@example.org",
            "alarm.mail.host", "127.0.0.1",
            "alarm.mail.port", Integer.toString(mail.getSmtp().getPort()),
            "alarm.mail.security", "none");
    TestBundle.Setup setup =
        TestBundle.Setup.plain()
            .withFeedKey("results.mail.to", "mis@example.org, boss@example.org");
    for (Map.Entry<String, String> key : server.entrySet()) {
      setup = setup.withKey(key.getKey(), key.getValue());
    }
    return setup;
  }

  private void start(int port) {
    mail = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    mail.start();
  }

  private long mails() {
    return toSender().length;
  }

  private MimeMessage mail(int index) {
    return toSender()[index];
  }

  /** Without the notices of alarms, which have another receiver; one mail each, whoever gets it. */
  private MimeMessage[] toSender() {
    return Arrays.stream(mail.getReceivedMessages())
        .filter(each -> recipients(each).contains("mis@example.org"))
        .filter(new java.util.TreeSet<>(java.util.Comparator.comparing(ResultsMailsTest::id))::add)
        .toArray(MimeMessage[]::new);
  }

  private static String recipients(MimeMessage message) {
    try {
      return Arrays.toString(message.getAllRecipients());
    } catch (jakarta.mail.MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String id(MimeMessage message) {
    try {
      return message.getMessageID();
    } catch (jakarta.mail.MessagingException e) {
      throw new IllegalStateException(e);
    }
  }
}
