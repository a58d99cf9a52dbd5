package uk.onefileroutes.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static uk.onefileroutes.testing.TestBundle.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import jakarta.mail.Message;
import jakarta.mail.internet.MimeMessage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import uk.onefileroutes.testing.FreePort;
import uk.onefileroutes.testing.LogLines;
import uk.onefileroutes.testing.TestBundle;
import uk.onefileroutes.testing.TestKey;

/** The real bundle, a real mail server, and a real receiver of webhooks. */
@Timeout(300)
class AlarmNoticesTest {
  private static final String PASSWORD = "mail-Passw0rd";
  private static final String TOKEN = "hook-t0ken";
  private static final String ROW = "learner_id,role,kind,assignee_id\n1001,assessor,default,501\n";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private GreenMail mail;
  private HttpServer receiver;
  private final List<JsonNode> posts = new CopyOnWriteArrayList<>();
  private final List<Map<String, List<String>>> headers = new CopyOnWriteArrayList<>();
  private volatile int answer = 204;

  @BeforeEach
  void startReceivers() throws Exception {
    startMail(FreePort.find());
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        call -> {
          JsonNode body = JSON.readTree(call.getRequestBody().readAllBytes());
          if (answer < 300) {
            posts.add(body);
            headers.add(Map.copyOf(call.getRequestHeaders()));
          }
          call.sendResponseHeaders(answer, -1);
          call.close();
        });
    receiver.start();
  }

  @AfterEach
  void stopReceivers() {
    mail.stop();
    receiver.stop(0);
  }

  @Test
  void eachChannelIsToldOnceThatAnAlarmIsRaisedAndOnceThatItIsOver() throws Exception {
    try (LogLines log = LogLines.open();
        TestBundle bundle = TestBundle.start(setup())) {
      bundle.drop("export.csv", ROW);
      await("both are told that it is held").until(() -> mails() == 1 && posts.size() == 1);
      raisedIsSaid();

      // a restart, with something to wait for behind what must not come
      bundle.stopInstance();
      bundle.startInstance();
      bundle.instance().alarms().check();
      assertThat(bundle.instance().alarms().standing())
          .extracting(Alarm::code, Alarm::about)
          .containsExactly(tuple(AlarmCode.FILE_HELD, "file 1"));
      bundle.instance().alarms().test();
      await("the test notices come").until(() -> mails() == 2 && posts.size() == 2);
      assertThat(posts.get(1).path("event").asText()).isEqualTo("test");
      assertThat(mail(1).getSubject()).isEqualTo("[ward 7] test notice");

      int port = mail.getSmtp().getPort();
      mail.stop();
      bundle.decideAndAwaitAnswer("release", "export.csv");
      await("the receiver is told, the mail is not")
          .until(() -> posts.size() == 3 && failure(bundle, "mail") != null);
      startMail(port); // with nothing in it
      await("the mail comes once the server is there").until(() -> mails() == 1);
      assertThat(mail(0).getSubject()).isEqualTo("[ward 7] over: FILE_HELD file 1");
      assertThat(GreenMailUtil.getBody(mail(0))).contains("File 1 is held no more.");
      assertThat(posts.get(2).path("event").asText()).isEqualTo("cleared");
      await("nothing is owed").until(() -> owed(bundle) == 0);
      assertThat(failure(bundle, "mail")).isNull();

      bundle.instance().alarms().test();
      await("the last word").until(() -> mails() == 2 && posts.size() == 4);
      assertThat(log.with("FILE_HELD:")).hasSize(2);
      assertThat(log.with("WARN", "FILE_HELD: file 1 of feed test is held")).hasSize(1);
      assertThat(log.with("INFO", "FILE_HELD: file 1 is held no more")).hasSize(1);
      assertThat(log.with("WARN", "Notices by mail can't be delivered")).hasSize(1);
      assertThat(log.with("INFO", "Notices by mail are delivered again")).hasSize(1);
      assertThat(log.with(PASSWORD)).isEmpty();
      assertThat(log.with(TOKEN)).isEmpty();
      assertThat(log.with("/services/")).as("the address is a secret").isEmpty();
      assertThat(bundle.instance().camel().getEndpoints())
          .allSatisfy(
              endpoint ->
                  assertThat(endpoint.toString() + endpoint.getEndpointUri())
                      .doesNotContain(PASSWORD, TOKEN, "/services/"));
    }
  }

  private void raisedIsSaid() throws Exception {
    MimeMessage told = mail(0);
    assertThat(told.getSubject()).isEqualTo("[ward 7] ALARM FILE_HELD file 1");
    assertThat(Arrays.toString(told.getRecipients(Message.RecipientType.TO)))
        .isEqualTo("[ops@example.org, boss@example.org]");
    assertThat(told.getContentType()).containsIgnoringCase("utf-8");
    assertThat(GreenMailUtil.getBody(told))
        .contains("File 1 of feed test is held: ", "`release 1`", "Since:     2")
        .doesNotContain("1001", "export.csv");
    assertThat(GreenMailUtil.getHeaders(told))
        .doesNotContain("fireTime", "triggerName", "Camel", PASSWORD);
    JsonNode json = posts.get(0);
    assertThat(json.path("event").asText()).isEqualTo("raised");
    assertThat(json.path("code").asText()).isEqualTo("FILE_HELD");
    assertThat(json.path("about").asText()).isEqualTo("file 1");
    assertThat(json.path("instance").asText()).isEqualTo("ward 7");
    assertThat(json.path("since").asText()).endsWith("Z");
    assertThat(json.path("message").asText()).startsWith("File 1 of feed test is held");
    assertThat(headers.get(0)).containsEntry("Authorization", List.of("Bearer " + TOKEN));
    assertThat(headers.get(0).keySet())
        .as("nothing of ours or of Onefile's travels along")
        .map(name -> name.toLowerCase(Locale.ROOT))
        .isSubsetOf(
            "authorization",
            "content-type",
            "content-length",
            "host",
            "connection",
            "user-agent",
            "accept-encoding",
            "transfer-encoding",
            "accept",
            "upgrade",
            "http2-settings");
  }

  @Test
  void whatIsOwedOutlivesARestartAndASecretMayBeMendedMeanwhile() throws Exception {
    Path password = Files.writeString(folder.resolve("mail-password"), "wrong");
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
    answer = 500;
    TestBundle.Setup setup = setup();
    try (LogLines log = LogLines.open();
        TestBundle bundle =
            TestBundle.start(
                new TestBundle.Setup(
                        without(setup.application(), "alarm.mail.password"),
                        setup.feed(),
                        setup.farSide())
                    .withKey("alarm.mail.password-file", password.toString()))) {
      bundle.drop("export.csv", ROW);
      await("neither takes it")
          .until(() -> failure(bundle, "mail") != null && failure(bundle, "webhook") != null);
      assertThat(failure(bundle, "webhook")).isEqualTo("the webhook answered 500");
      assertThat(failure(bundle, "mail")).startsWith("the mail server refuses the login: 535");

      bundle.stopInstance();
      Files.writeString(password, PASSWORD);
      answer = 204;
      bundle.startInstance();
      await("both are told after all").until(() -> mails() == 1 && posts.size() == 1);
      await("nothing is owed").until(() -> owed(bundle) == 0);
      bundle.stopInstance();
      bundle.startInstance();
      assertThat(owed(bundle)).as("nor after another restart").isZero();
      assertThat(log.with("FILE_HELD:")).hasSize(1);
    }
  }

  @Test
  void aReceiverThatNoAuthorityVouchesForIsToldNothing() throws Exception {
    HttpsServer unknown =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    unknown.setHttpsConfigurator(
        new HttpsConfigurator(TestKey.make(folder, "ip:127.0.0.1").context()));
    AtomicInteger calls = new AtomicInteger();
    unknown.createContext("/", call -> calls.incrementAndGet());
    unknown.start();
    TestBundle.Setup setup =
        setup()
            .withKey(
                "alarm.webhook.url", "https://127.0.0.1:" + unknown.getAddress().getPort() + "/");
    try (TestBundle bundle = TestBundle.start(setup)) {
      bundle.instance().alarms().test();
      await("it is tried").until(() -> failure(bundle, "webhook") != null);
      assertThat(failure(bundle, "webhook"))
          .contains("no authority that Java trusts", "javax.net.ssl.trustStore");
      assertThat(calls).hasValue(0);
    } finally {
      unknown.stop(0);
    }
  }

  private static Map<String, String> without(Map<String, String> keys, String key) {
    Map<String, String> rest = new HashMap<>(keys);
    rest.remove(key);
    return rest;
  }

  private TestBundle.Setup setup() {
    return TestBundle.Setup.plain()
        .withFeedKey("plan.hold.first-file", "true")
        .withKey("alarm.instance", "ward 7")
        .withKey("alarm.mail.to", "ops@example.org, boss@example.org")
        .withKey("alarm.mail.from", "routes@example.org")
        .withKey("alarm.mail.host", "127.0.0.1")
        .withKey("alarm.mail.port", Integer.toString(mail.getSmtp().getPort()))
        .withKey("alarm.mail.security", "none")
        .withKey("alarm.mail.user", "routes")
        .withKey("alarm.mail.password", PASSWORD)
        .withKey(
            "alarm.webhook.url",
            "http://127.0.0.1:%d/services/T0/s3cr3t?v=1".formatted(receiver.getAddress().getPort()))
        .withKey("alarm.webhook.token", TOKEN);
  }

  private void startMail(int port) {
    ServerSetup setup = new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
    setup.setServerStartupTimeout(30_000);
    mail = new GreenMail(setup);
    mail.setUser("routes@example.org", "routes", PASSWORD);
    mail.start();
  }

  /** How many mails have come to both recipients; -1 while one has more. */
  private int mails() throws Exception {
    return mail.getReceivedMessages().length == 2 * distinct().size() ? distinct().size() : -1;
  }

  private MimeMessage mail(int index) throws Exception {
    return distinct().get(index);
  }

  /** Each recipient has a copy. */
  private List<MimeMessage> distinct() throws Exception {
    Map<String, MimeMessage> byId = new LinkedHashMap<>();
    for (MimeMessage message : mail.getReceivedMessages()) {
      byId.putIfAbsent(message.getMessageID(), message);
    }
    return List.copyOf(byId.values());
  }

  private static String failure(TestBundle bundle, String channel) {
    return bundle.instance().alarms().notices().channels().stream()
        .filter(each -> each.channel().equals(channel))
        .findFirst()
        .orElseThrow()
        .failure();
  }

  private static int owed(TestBundle bundle) {
    return bundle.instance().alarms().notices().channels().stream()
        .mapToInt(Notices.Standing::owed)
        .sum();
  }
}
