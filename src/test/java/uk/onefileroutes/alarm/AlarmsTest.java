package uk.onefileroutes.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.onefileroutes.alarm.Notice.Channel;
import uk.onefileroutes.ledger.Ledger;
import uk.onefileroutes.ledger.LedgerLogin;
import uk.onefileroutes.ledger.StandingAlarms;
import uk.onefileroutes.testing.LogLines;

/** Alarms and what is owed of them, with a real ledger. */
class AlarmsTest {
  private static final Map<Channel, String> BOTH =
      Map.of(Channel.MAIL, "ops@example.org", Channel.WEBHOOK, "https://hook.example");
  private final Exception down = new Exception("connection refused");

  @TempDir Path folder;
  private Ledger ledger;
  private LogLines log;
  private Alarms alarms;
  private boolean isFull;
  private boolean isBlind;
  private Instant now = Instant.parse("2026-11-23T07:00:00Z");

  @BeforeEach
  void open() {
    ledger = Ledger.open(LedgerLogin.embedded(folder), "onefile");
    log = LogLines.open();
    alarms = alarms(BOTH);
  }

  @AfterEach
  void close() {
    log.close();
    ledger.close();
  }

  @Test
  void eachChannelHasANoticeOfItsOwn() {
    raise();
    Notice mail = one(alarms.notices().byMail());
    alarms.notices().delivered(mail);
    alarms.notices().failed(one(alarms.notices().byWebhook()), down);
    after(Duration.ofSeconds(5));

    assertThat(alarms.notices().byMail()).as("is not mailed again").isEmpty();
    assertThat(one(alarms.notices().byWebhook()).id()).isEqualTo(mail.id());
    assertThat(log.with("DISK: full")).containsExactly("ERROR DISK: full");
  }

  @Test
  void aRestartSaysNothingTwiceAndForgetsNothing() {
    raise();
    alarms.notices().delivered(one(alarms.notices().byMail()));

    alarms = alarms(BOTH);
    alarms.check();
    assertThat(alarms.standing()).extracting(Alarm::message).containsExactly("full");
    assertThat(alarms.notices().byMail()).isEmpty();
    assertThat(alarms.notices().byWebhook()).extracting(Notice::headline).hasSize(1);
    assertThat(log.with("DISK: full")).hasSize(1);

    alarms = alarms(BOTH);
    isFull = false;
    alarms.check();
    assertThat(alarms.notices().byMail())
        .extracting(Notice::headline)
        .containsExactly("over: DISK /data");
    assertThat(alarms(BOTH).standing()).isEmpty();
  }

  @Test
  void nobodyHearsOfTheEndBeforeTheBeginning() {
    raise();
    alarms.notices().failed(one(alarms.notices().byMail()), down);
    isFull = false;
    alarms.check();
    assertThat(alarms.notices().byMail()).isEmpty();
    after(Duration.ofSeconds(5));
    Notice raised = one(alarms.notices().byMail());
    assertThat(raised.state()).isEqualTo("raised");
    alarms.notices().delivered(raised);
    assertThat(one(alarms.notices().byMail()).state()).isEqualTo("cleared");
  }

  @Test
  void aNoticeIsTriedLessAndLessOftenAndGivenUpAfterADay() {
    raise();
    int tries = 0;
    for (int second = 0; second < 90_000; second += 5) {
      for (Notice notice : alarms.notices().byMail()) {
        tries++;
        alarms.notices().failed(notice, down);
      }
      after(Duration.ofSeconds(5));
    }
    assertThat(tries).isBetween(95, 110);
    assertThat(log.with("WARN", "Notices by mail can't be delivered")).hasSize(1);
    assertThat(log.with("ERROR", "given up after a day: ALARM DISK /data")).hasSize(1);
    assertThat(alarms(BOTH).notices().byMail()).as("nor after a restart").isEmpty();
    assertThat(alarms(BOTH).notices().byWebhook()).hasSize(1);
  }

  @Test
  void aClockThatIsPutBackHoldsUpNoNotice() {
    raise();
    alarms.notices().failed(one(alarms.notices().byMail()), down);
    now = now.minus(Duration.ofHours(2));
    assertThat(alarms.notices().byMail()).hasSize(1);
  }

  @Test
  void aLedgerThatCannotBeWrittenKeepsNoAlarmBack() {
    ledger.close();
    raise();
    assertThat(alarms.standing()).hasSize(1);
    assertThat(log.with("ERROR DISK: full")).hasSize(1);
    alarms.notices().delivered(one(alarms.notices().byMail()));
    assertThat(alarms.notices().byMail()).isEmpty();
  }

  @Test
  void whatCouldNotBeWrittenIsWrittenOnceThatWorks() throws Exception {
    StandingAlarms stored = new StandingAlarms(ledger);
    try (var connection = connection();
        var statement = connection.createStatement()) {
      statement.execute("ALTER TABLE alarm ADD CONSTRAINT never CHECK (since IS NULL)");
      raise();
      alarms.notices().delivered(one(alarms.notices().byMail()));
      assertThat(stored.standing()).isEmpty();
      assertThat(stored.owed()).as("all or nothing").isEmpty();
      statement.execute("ALTER TABLE alarm DROP CONSTRAINT never");
    }
    alarms.check();
    assertThat(stored.standing()).hasSize(1);
    assertThat(stored.owed())
        .extracting(StandingAlarms.StoredNotice::channel)
        .containsExactly("webhook");
  }

  @Test
  void aSourceThatFailsRaisesAndClearsNothing() {
    raise();
    isBlind = true;
    alarms.check();
    assertThat(alarms.standing()).hasSize(1);
    isBlind = false;
    isFull = false;
    alarms.check();
    assertThat(alarms.standing()).isEmpty();
  }

  @Test
  void whatAChannelIsOwedThatIsOffNowIsDropped() {
    raise();
    Alarms later = alarms(Map.of(Channel.WEBHOOK, "https://hook.example"));
    assertThat(later.notices().byMail()).isEmpty();
    assertThat(alarms(BOTH).notices().byMail()).isEmpty();
    assertThat(later.notices().byWebhook()).hasSize(1);
  }

  @Test
  void aTestNoticeSaysThatItIsOneAndWithoutAChannelThereIsNone() {
    assertThat(alarms.test()).containsExactly(Channel.MAIL, Channel.WEBHOOK);
    assertThat(one(alarms.notices().byMail()).headline()).isEqualTo("test notice");
    assertThat(alarms.standing()).isEmpty();
    assertThat(alarms(Map.of()).test()).isEmpty();
  }

  @Test
  void theWebhooksBodiesAreJsonWhateverTheMessageSays() throws Exception {
    Notice notice =
        new Notice(
            "id-1",
            Channel.WEBHOOK,
            Notice.Event.RAISED,
            new Alarm(AlarmCode.SFTP_LOGIN, "hr", now, "says \"no\" \\ ${body} {{x}} <b>"),
            now,
            new Notice.Origin("ward 7", ZoneId.of("Europe/London")));
    WebhookNotices webhook = new WebhookNotices(null);
    ObjectMapper json = new ObjectMapper();
    assertThat(json.readTree(webhook.asJson(notice)))
        .isEqualTo(
            json.readTree(
                """
                {"id": "id-1", "event": "raised", "code": "SFTP_LOGIN", "about": "hr",
                 "since": "2026-11-23T07:00:00Z", "at": "2026-11-23T07:00:00Z",
                 "message": "Says \\"no\\" \\\\ ${body} {{x}} <b>.", "instance": "ward 7"}
                """));
    String text = "ward 7: ALARM SFTP_LOGIN hr Says \"no\" \\ ${body} {{x}} <b>.";
    assertThat(json.readTree(webhook.asText(notice)).path("text").asText()).isEqualTo(text);
    JsonNode card = json.readTree(webhook.asCard(notice)).at("/attachments/0/content");
    assertThat(card.path("type").asText()).isEqualTo("AdaptiveCard");
    assertThat(card.at("/body/0/text").asText()).isEqualTo(text);
  }

  private Connection connection() throws Exception {
    LedgerLogin place = LedgerLogin.embedded(folder);
    return DriverManager.getConnection(place.url(), place.user(), place.password());
  }

  private void raise() {
    isFull = true;
    alarms.check();
  }

  private Alarms alarms(Map<Channel, String> channels) {
    AlarmCheck disk =
        AlarmCheck.of(
            Set.of(AlarmCode.DISK),
            scan -> {
              if (isBlind) {
                throw new IllegalStateException("can't look");
              }
              if (isFull) {
                scan.sees(AlarmCode.DISK, "/data", "full");
              }
            });
    Alarms made =
        Alarms.of(
            List.of(disk),
            new StandingAlarms(ledger),
            channels,
            new Notice.Origin("ward 7", ZoneId.of("Europe/London")),
            () -> now);
    made.restore();
    return made;
  }

  private static Notice one(List<Notice> notices) {
    assertThat(notices).hasSize(1);
    return notices.get(0);
  }

  private void after(Duration time) {
    now = now.plus(time);
  }
}
