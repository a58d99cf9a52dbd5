package uk.onefileroutes.management;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.onefileroutes.ports.ManagementServer;
import uk.onefileroutes.simulator.ArmedFault;
import uk.onefileroutes.simulator.Fault;
import uk.onefileroutes.simulator.People;
import uk.onefileroutes.simulator.Selection;
import uk.onefileroutes.simulator.SimulatorOptions;
import uk.onefileroutes.testing.LogLines;
import uk.onefileroutes.testing.PortsFixture;
import uk.onefileroutes.testing.TestBundle;
import uk.onefileroutes.testing.TestKey;
import uk.onefileroutes.testing.TestSftpServer;

/**
 * One run with a value of its own for each secret and for each person, through much of what can go
 * wrong; then both are looked for wherever somebody may look.
 */
class LeaksTest {
  private static final String TOKEN = "Tk-7f3Q+invented/customer=token";
  private static final String LEDGER_PASSWORD = "Lp-invented-ledger-51";
  private static final String PASSPHRASE = "Pp-invented-passphrase-62";
  private static final String WRONG_SFTP_PASSWORD = "Wp-invented-mistake-73";
  private static final String WRONG_LOGIN = "Wl-invented-mistake-84";
  private static final String HOOK = "Hk-invented-address-95";
  private static final String HOOK_TOKEN = "Ht-invented-token-96";
  private static final String MAIL_PASSWORD = "Mp-invented-mail-97";
  private static final List<String> SECRETS =
      List.of(
          TOKEN,
          LEDGER_PASSWORD,
          PASSPHRASE,
          WRONG_SFTP_PASSWORD,
          WRONG_LOGIN,
          HOOK,
          HOOK_TOKEN,
          MAIL_PASSWORD,
          TestKey.PASSWORD,
          TestSftpServer.PASSWORD,
          PortsFixture.PASSWORD,
          PortsFixture.USER + ":" + PortsFixture.PASSWORD);

  /** A session of the simulator's. */
  private static final Pattern SESSION = Pattern.compile("[A-Za-z0-9+/=]{200,}");

  private static final List<String> PERSONS =
      List.of(
          "Zebediah",
          "Quillfeather",
          "Thrupp",
          "Ottoline",
          "zq1@learner.invalid",
          "ot2@learner.invalid",
          "learner.invalid",
          "assessor.invalid",
          "MIS-88213",
          "MIS-88214",
          "QQ123456C");
  private static final int LEARNERS = 9;

  @TempDir static Path folder;
  private static TestSftpServer sftp;
  private static LogLines log;
  private static PortsFixture ports;

  /** What may be seen, by where. */
  private static final Map<String, String> SHOWN = new LinkedHashMap<>();

  @BeforeAll
  static void playAndLook() throws Exception {
    sftp = TestSftpServer.start();
    log = LogLines.open();
    Path key = folder.resolve("id");
    sftp.letIn(key, PASSPHRASE);
    sftp.folder("answers");
    sftp.folder("outgoing");
    sftp.cut(TestSftpServer.At.DOWNLOAD, 1);
    TestBundle.Setup setup =
        TestBundle.Setup.plain()
            .withFarSide(
                SimulatorOptions.defaults()
                    .withCallsPerMinute(0)
                    .withCustomerToken(TOKEN)
                    .withPeople(people()))
            .withKey("onefile.customer-token", TOKEN)
            .withKey("onefile.organisation-id", "12")
            .withKey("onefile.trust-store", trustStore().toString())
            .withKey("onefile.trust-store-password-file", secret("trust", TestKey.PASSWORD))
            .withKey("ledger.url", "jdbc:h2:file:" + folder.resolve("ledger") + ";WRITE_DELAY=0")
            .withKey("ledger.password-file", secret("ledger", LEDGER_PASSWORD))
            // nobody listens there
            .withKey("alarm.webhook.url", "http://127.0.0.1:9/" + HOOK)
            .withKey("alarm.webhook.token", HOOK_TOKEN)
            .withKey("alarm.mail.to", "ops@example.org")
            .withKey("alarm.mail.from", "routes@example.org")
            .withKey("alarm.mail.host", "127.0.0.1")
            .withKey("alarm.mail.port", "9")
            .withKey("alarm.mail.security", "none")
            .withKey("alarm.mail.user", "routes")
            .withKey("alarm.mail.password", MAIL_PASSWORD)
            .withKey("delivery.outage.pause", "100ms")
            // the others are answered before the five are tried once more
            .withKey("delivery.retry.first", "1s")
            .withKey("plan.hold.invalid-percent", "never")
            .withFeedKey("include", "wide*")
            .withFeedKey("column.learner_email", "E-mail")
            .withFeedKey("fan-out.1", "default,assessor,email:Assessor e-mail")
            .withFeed("mis", inbox("mis", "results"))
            .withFeed("partner", remote(key))
            .withFeed("wrong", wrongRemote());
    ports = PortsFixture.start(setup);
    play();
    look();
  }

  @AfterAll
  static void stop() throws Exception {
    if (ports != null) {
      ports.close();
    }
    log.close();
    sftp.close();
  }

  @Test
  void noSecretIsShownAnywhereInAnyForm() {
    assertThat(SHOWN.keySet()).contains("log", "health", "metrics", "routes", "data");
    SHOWN.forEach(
        (where, text) -> {
          for (String secret : SECRETS) {
            for (String form : forms(secret)) {
              assertThat(text.contains(form)).as("%s has %s", where, form).isFalse();
            }
          }
          // the ledger is binary, and the results repeat what senders wrote
          if (!where.equals("data")) {
            assertThat(SESSION.matcher(text).find()).as("%s has a session", where).isFalse();
          }
        });
  }

  @Test
  void noPersonIsInTheLogTheMetricsTheMBeansOrHealth() {
    SHOWN.forEach(
        (where, text) -> {
          if (!where.equals("data")) { // spool, archive and results are for these
            for (String person : PERSONS) {
              assertThat(text.contains(person)).as("%s has %s", where, person).isFalse();
            }
          }
        });
  }

  @Test
  void whatOnefileSaidOfAPersonIsInTheResultsAllTheSame() {
    assertThat(SHOWN.get("data")).contains("No account zq1@learner.invalid of Zebediah");
  }

  @Test
  void whatWasPlayedDidHappen() throws Exception {
    assertThat(log.with("refused:")).isNotEmpty();
    assertThat(log.with("Outage of Onefile")).isNotEmpty();
    assertThat(log.with("UNAUTHORISED")).isNotEmpty();
    assertThat(log.with("Wrong login on the management port")).isNotEmpty();
    assertThat(log.with("Wrong login at the console")).isNotEmpty();
    assertThat(log.with("SFTP_LOGIN")).isNotEmpty();
    assertThat(log.with("Feed partner")).isNotEmpty();
    assertThat(log.with("Notices by mail can't be delivered")).isNotEmpty();
    assertThat(log.with("Notices by webhook can't be delivered")).isNotEmpty();
    assertThat(sftp.names("answers")).isNotEmpty();
  }

  private static void play() throws Exception {
    TestBundle bundle = ports.bundle;
    var faults = bundle.simulator().faults();
    faults.add(
        Fault.answer(400)
            .withError(-21, "No account zq1@learner.invalid of Zebediah Quillfeather")
            .on(Selection.all().forLearner(1)));
    List<ArmedFault> down = new ArrayList<>();
    for (int learner = 2; learner <= 6; learner++) { // as many as make an outage
      down.add(
          faults.add(
              Fault.answer(500)
                  .withError(-1, "ot2@learner.invalid Ottoline Thrupp is busy")
                  .on(Selection.all().forLearner(learner))));
    }
    faults.add(
        Fault.answer(500)
            .withError(-1, "the token " + TOKEN + " of Zebediah")
            .on(Selection.authentications().next(2)));
    StringBuilder wide = new StringBuilder("E-mail;Name;NI number;Assessor e-mail\n");
    for (int learner = 1; learner <= LEARNERS; learner++) {
      wide.append(
          "%s%d@learner.invalid;Zebediah Quillfeather;QQ123456C;tim@assessor.invalid\n"
              .formatted(learner == 2 ? "ot" : "zq", learner));
    }
    wide.append("nobody@learner.invalid;Ottoline Thrupp;QQ123456C;tim@assessor.invalid\n");
    wide.append("zq3@learner.invalid;\"Ottoline\" Thrupp;QQ123456C;tim@assessor.invalid\n");
    bundle.drop("wide.csv", wide.toString());
    TestBundle.await("the outage").until(() -> !log.with("Outage of Onefile").isEmpty());
    down.forEach(ArmedFault::remove);
    bundle.awaitResults("wide.csv");
    bundle.drop("wide2.dryrun.csv", wide.toString());
    TestBundle.await("the dry run").until(() -> !log.with("dry run of").isEmpty());

    Path mis = bundle.data().resolve("mis");
    Files.writeString(
        mis.resolve("mis.csv"),
        """
        learner_misid,role,kind,assignee_id
        MIS-88213,assessor,default,500
        MIS-88214,assessor,default,501
        MIS-88213x,assessor,default,501
        """);
    Files.writeString(mis.resolve("no-header.csv"), "Zebediah,Quillfeather,QQ123456C\nOttoline\n");
    Files.writeString(mis.resolve("broken.json"), "[{\"Zebediah\": \"Quillfeather\"");
    TestBundle.await("two refusals").until(() -> log.with("refused:").size() == 2);
    bundle.awaitAnswer("mis.csv");
    sftp.drop("outgoing", "partner.csv", "learner_id,role,kind,assignee_id\n5,iqa,1,500\n");
    TestBundle.await("results by SFTP").until(() -> !sftp.names("answers").isEmpty());

    ports.get(ports.management + "/observe/health", PortsFixture.login("admin", WRONG_LOGIN));
    ports.post(
        ports.console + "/auth/login",
        Map.of("username", PortsFixture.USER, "password", WRONG_LOGIN),
        Map.of());
    faults.add(
        Fault.answer(401).withError(-2, "unknown token " + TOKEN).on(Selection.authentications()));
    bundle.simulator().killTokens();
    bundle.drop("wide3.csv", wide.toString().replace("tim@", "tom@"));
    TestBundle.await("no session").until(() -> !log.with("UNAUTHORISED").isEmpty());
    TestBundle.await("its trouble").until(() -> !log.with("SFTP_LOGIN").isEmpty());
    TestBundle.await("notices fail").until(() -> log.with("Notices by").size() >= 2);
  }

  private static void look() throws Exception {
    StringBuilder beans = new StringBuilder();
    for (String domain : List.of("onefile", "org.apache.camel", "quartz", "hawtio")) {
      for (ObjectName name : server().queryNames(new ObjectName(domain + ":*"), null)) {
        beans.append(name).append('\n').append(attributes(name));
      }
      for (String jolokia :
          List.of(ports.management + ManagementServer.MBEANS, ports.console + "/jolokia")) {
        JsonNode all =
            ports.jolokia(
                jolokia,
                Map.of(
                    "type",
                    "read",
                    "mbean",
                    domain + ":*",
                    "config",
                    Map.of("ignoreErrors", "true")));
        SHOWN.put(domain + " by " + jolokia, all.toString());
      }
    }
    SHOWN.put("MBeans", beans.toString());
    SHOWN.put("routes", dumps());
    SHOWN.put(
        "health", ports.get(ports.management + "/observe/health", PortsFixture.login()).body());
    SHOWN.put(
        "metrics", ports.get(ports.management + "/observe/metrics", PortsFixture.login()).body());
    SHOWN.put("log", String.join("\n", log.with()));
    StringBuilder data = new StringBuilder();
    for (Path root : List.of(ports.bundle.data(), folder)) {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.filter(LeaksTest::isLookedInto).toList()) {
          data.append(Files.readString(file, StandardCharsets.ISO_8859_1)).append('\n');
        }
      }
    }
    SHOWN.put("data", data.toString());
  }

  /** All but the files that this test itself wrote a secret to. */
  private static boolean isLookedInto(Path file) {
    return Files.isRegularFile(file) && !file.getFileName().toString().endsWith(".secret");
  }

  private static MBeanServer server() {
    return ManagementFactory.getPlatformMBeanServer();
  }

  private static String attributes(ObjectName name) throws Exception {
    String[] readable =
        Arrays.stream(server().getMBeanInfo(name).getAttributes())
            .filter(MBeanAttributeInfo::isReadable)
            .map(MBeanAttributeInfo::getName)
            .toArray(String[]::new);
    StringBuilder text = new StringBuilder();
    for (Attribute attribute : server().getAttributes(name, readable).asList()) {
      text.append(attribute.getName()).append('=').append(attribute.getValue()).append('\n');
    }
    return text.toString();
  }

  private static String dumps() throws Exception {
    StringBuilder text = new StringBuilder();
    for (ObjectName name :
        server().queryNames(new ObjectName("org.apache.camel:type=context,*"), null)) {
      text.append(
          server()
              .invoke(
                  name,
                  "dumpRoutesAsXml",
                  new Object[] {true},
                  new String[] {boolean.class.getName()}));
    }
    return text.toString();
  }

  /** As it is, as Basic login and tokens travel, and as it stands in an address. */
  private static List<String> forms(String secret) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    return List.of(
        secret,
        Base64.getEncoder().withoutPadding().encodeToString(bytes),
        Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
        URLEncoder.encode(secret, StandardCharsets.UTF_8));
  }

  private static People people() throws IOException {
    List<String> people = new ArrayList<>();
    for (int learner = 1; learner <= LEARNERS; learner++) {
      people.add(
          "{\"ID\": %d, \"Role\": 1, \"OrganisationID\": 12, \"Email\": \"%s%d@learner.invalid\", \"MISID\": \"MIS-8821%d\"}"
              .formatted(learner, learner == 2 ? "ot" : "zq", learner, learner));
    }
    people.add(
        "{\"ID\": 500, \"Role\": 5, \"OrganisationID\": 12, \"Email\": \"tim@assessor.invalid\"}");
    people.add(
        "{\"ID\": 501, \"Role\": 5, \"OrganisationID\": 12, \"Email\": \"tom@assessor.invalid\"}");
    Path file = folder.resolve("people.secret");
    Files.writeString(file, "{\"People\": [%s]}".formatted(String.join(",", people)));
    return People.read(file);
  }

  private static Map<String, String> inbox(String directory, String results) {
    return Map.of(
        "directory", directory, "results.directory", results, "ready", "rename", "poll", "100ms");
  }

  private static Map<String, String> remote(Path key) throws IOException {
    Map<String, String> keys = new LinkedHashMap<>(sftp.keys(folder.resolve("known_hosts")));
    keys.put("source", "sftp");
    keys.put("sftp.directory", "/outgoing");
    keys.put("results", "sftp");
    keys.put("results.directory", "/answers");
    keys.put("ready", "rename");
    keys.put("poll", "100ms");
    keys.put("sftp.key-file", key.toString());
    keys.put("sftp.key-passphrase-file", secret("passphrase", PASSPHRASE));
    return keys;
  }

  private static Map<String, String> wrongRemote() throws IOException {
    Map<String, String> keys = new LinkedHashMap<>(sftp.keys(folder.resolve("known_hosts")));
    keys.put("source", "sftp");
    keys.put("sftp.directory", "/other");
    keys.put("results.directory", "results");
    keys.put("sftp.password", WRONG_SFTP_PASSWORD);
    return keys;
  }

  private static Path trustStore() throws Exception {
    TestKey made = TestKey.make(folder, "dns:onefile.example");
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("authority", made.certificate());
    Path file = folder.resolve("trust.p12");
    try (var out = Files.newOutputStream(file)) {
      store.store(out, TestKey.PASSWORD.toCharArray());
    }
    return file;
  }

  private static String secret(String name, String value) throws IOException {
    Path file = Files.writeString(folder.resolve(name + ".secret"), value + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file.toString();
  }
}
