package uk.onefileroutes.ports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import uk.onefileroutes.assignment.FileState;
import uk.onefileroutes.ledger.FileActions;
import uk.onefileroutes.simulator.ArmedFault;
import uk.onefileroutes.simulator.Fault;
import uk.onefileroutes.simulator.Selection;
import uk.onefileroutes.testing.Browser;
import uk.onefileroutes.testing.PortsFixture;
import uk.onefileroutes.testing.TestBundle;

/** The status page in a real browser: what it shows by itself, and what it does when asked. */
@TestMethodOrder(
    MethodOrderer.OrderAnnotation.class) // one visit: the page is loaded once and stays
class StatusPageTest {
  private static final String HEADER = "learner_id,kind,role,assignee_id\n";
  private static final String HOSTILE = "<img src=x onerror=\"document.title='harmed'\">.csv";
  private static final String TAB = "\uE004";
  private static final String ENTER = "\uE007";
  private static final String ESCAPE = "\uE00C";

  @TempDir static Path profile;
  private static PortsFixture ports;
  private static Browser browser;

  @BeforeAll
  static void start() throws Exception {
    Browser.assumeInstalled();
    ports =
        PortsFixture.start(
            TestBundle.Setup.plain()
                // each file has learners of its own
                .withFeedKey("feed.snapshot", "partial")
                .withKey("delivery.calls-per-minute", "1200")
                .withKey("delivery.closed.maintenance", hours(3, 4))
                .withKey("delivery.plan.slow", hours(-6, -2) + " at 120")
                .withKey("delivery.retry.attempts", "1")
                .withFeed(
                    "strict",
                    Map.of(
                        "source", "directory",
                        "directory", "strict",
                        "results.directory", "results",
                        "poll", "100ms",
                        "plan.all-or-nothing", "true")));
    ports.bundle.simulator().faults().add(Fault.answer(404).on(Selection.users().forLearner(3)));
    ports.bundle.simulator().faults().add(Fault.answer(500).on(Selection.users().forLearner(5)));
    browser = Browser.start(profile);
    browser.media(1280, 900, "light");
  }

  @AfterAll
  static void stop() throws Exception {
    if (browser != null) {
      browser.close();
    }
    if (ports != null) {
      ports.close();
    }
  }

  @Test
  @Order(1)
  void aFreshInstanceSaysWhatToDoFirst() throws Exception {
    browser.go(
        ports.management.replace("//", "//" + PortsFixture.USER + ":" + PortsFixture.PASSWORD + "@")
            + "/");
    browser.awaitText(
        "No files yet: drop one into ",
        ", or " + ports.bundle.inbox(),
        "open",
        "1,200 calls a minute",
        "nothing",
        "No alarms.",
        "Closed ",
        "no calls.");
    assertThat(browser.script("return location.pathname").asText()).isEqualTo("/status/");
    assertThat(title()).startsWith("open, nothing to send");
    browser.longPicture("status-page-empty");
    // goes with a reload; and what a screen reader says
    browser.script(
        "window.heard = []; const news = document.getElementById('news');"
            + " new MutationObserver(() => heard.push(news.textContent))"
            + ".observe(news, {childList: true})");
  }

  @Test
  @Order(2)
  void whatHappensIsShownWithoutReload() throws Exception {
    ArmedFault slow =
        ports.bundle.simulator().faults().add(Fault.hang().on(Selection.users().forLearner(60)));
    ports.bundle.drop("export.csv", rows(1, 60, 700001));
    ports.bundle.drop(HOSTILE, rows(101, 1, 700001));
    hold("held.csv", 200);
    browser.awaitText("export.csv", "delivering", "98 %, 59 of 60 assignments final", " to send");
    slow.remove();
    browser.awaitText("100 %, 60 of 60 assignments final", "58 sent", "1 rejected", "1 blocked");
    browser.awaitText("59 delivered, 2 failed", "1 blocked assignment");
    browser.awaitText("Feed test", "Feed strict", "Last listed", "logged in ");
    assertThat(counts("#plot rect.delivered")).isPositive();
    assertThat(counts("#plot rect.failed")).isPositive();
    assertThat(counts("#band rect.closed")).isPositive();
    assertThat(counts("#band .now-line")).isOne();
    browser.awaitText(
        "Alarms (2)",
        "BLOCKED_ROWS",
        "1 assignment is blocked and waits for a person",
        held("held.csv"));
    assertThat(title()).startsWith("2 alarms, open");
    awaitHeard("Alarm: " + held("held.csv"));
  }

  @Test
  @Order(3)
  void whatSendersNameTheirFilesIsOnlyText() {
    browser.awaitText(HOSTILE);
    assertThat(counts("main img")).isZero();
    assertThat(title()).doesNotContain("harmed");
  }

  @Test
  @Order(4)
  void aHeldFileIsReleasedByKeyboardAndNotWithoutConfirmation() throws Exception {
    tabTo("Release", "held.csv");
    browser.press(ENTER);
    browser.awaitText("Release file", "It is held: ", "3 requests to Onefile");
    assertThat(focused()).isEqualTo("Go back");
    browser.press(ENTER); // goes back
    awaitNoDialog();
    assertThat(focused()).contains("Release", "held.csv");
    browser.press(ENTER, ESCAPE);
    awaitNoDialog();
    assertThat(ports.bundle.instance().files().in(FileState.HELD)).hasSize(1);

    String alarm = held("held.csv");
    browser.press(ENTER);
    browser.awaitText("It is held: ");
    for (int i = 0; i < 5 && !focused().startsWith("Release file"); i++) {
      browser.press(TAB);
    }
    browser.press(ENTER);
    browser.awaitText("Released file ");
    awaitHeard("Released file ");
    ports.bundle.awaitAnswer("held.csv");
    Browser.await("its button to go")
        .until(() -> counts("[data-part=actions] button", "Release") == 0);
    assertThat(focused()).contains("held.csv"); // what the button was on
    click(
        "//li[.//h3[.='held.csv']]//button[.='Dismiss']", () -> counts("#said:not([hidden])") == 0);
    browser.awaitText("Alarms (1)");
    assertThat(counts(".alarm", alarm)).isZero();
    awaitHeard("Alarm over: " + alarm);
  }

  @Test
  @Order(5)
  void deliveryPausesForAReasonOnly() throws Exception {
    hold("checked-by-hand.csv", 400);
    ask("//button[.='Pause\u2026']");
    browser.awaitText("Pause delivery?");
    browser.press(ENTER); // without a reason
    assertThat(counts("dialog[open]")).isOne();
    browser.type("//input[@id='ask-why']", "looking at learner 3");
    browser.press(ENTER);
    browser.awaitText("Paused by hand: looking at learner 3.", "Paused delivery:");
    assertThat(title()).contains("alarm", "paused");
    assertThat(counts("#band rect.pause")).isPositive();
    ports.bundle.drop("tonight.csv", rows(301, 40, 700002));
    browser.awaitText(
        "tonight.csv", "0 of 40 assignments final", "0 on their way", "no end in sight");
  }

  @Test
  @Order(6)
  void theFocusStaysWhileFiguresChange() {
    tabTo("Cancel", "tonight.csv");
    String figuresOf = "return document.getElementById('as-of').textContent";
    String before = browser.script(figuresOf).asText();
    Browser.await("newer figures").until(() -> !browser.script(figuresOf).asText().equals(before));
    assertThat(focused()).contains("Cancel", "tonight.csv");
  }

  @Test
  @Order(7)
  void nobodyIsKeptOutByHowItLooks() throws Exception {
    browser.awaitText("Alarms (2)", held("checked-by-hand.csv"));
    browser.script("document.querySelectorAll('details').forEach(one => one.open = true)");
    browser.script(axe());
    List<String> grounds = new ArrayList<>();
    for (String scheme : List.of("light", "dark")) {
      for (int[] size : new int[][] {{1280, 900}, {360, 740}}) {
        browser.media(size[0], size[1], scheme);
        awaitFit();
        browser.longPicture("status-page-%s-%d".formatted(scheme, size[0]));
        assertThat(browser.script("return document.documentElement.scrollWidth").asInt())
            .as("nothing reaches out of the side")
            .isLessThanOrEqualTo(size[0]);
        assertThat(tooSmall()).isEmpty();
      }
      click("//a[.='2 alarms']", StatusPageTest::alarmsAreInView);
      assertThat(violations("document")).as("the page, %s", scheme).isEmpty();
      grounds.add(
          browser.script("return getComputedStyle(document.body).backgroundColor").asText());
      ask(button("Cancel", "checked-by-hand.csv"));
      browser.awaitText("Cancel file", "It can't be undone");
      browser.picture("status-page-dialog-" + scheme);
      assertThat(violations("dialog[open]")).as("the dialog, %s", scheme).isEmpty();
      browser.press(ESCAPE);
      ask(button("Show assignments", "export.csv"));
      browser.awaitText("Row 3, rejected", "NOT_FOUND", "Row 5, blocked");
      browser.picture("status-page-rows-" + scheme);
      assertThat(violations("dialog[open]")).as("the rows, %s", scheme).isEmpty();
      browser.press(ESCAPE);
    }
    assertThat(grounds).doesNotHaveDuplicates();
    browser.media(1280, 900, "light");
  }

  @Test
  @Order(8)
  void whatIsRefusedIsSaidWhereItWasAsked() throws Exception {
    ask(button("Release", "checked-by-hand.csv"));
    browser.awaitText("It is held: ");
    FileActions elsewhere = ports.bundle.instance().actions();
    elsewhere.cancel(elsewhere.find("checked-by-hand.csv").no(), Instant.now());
    browser.click("//button[@id='ask-yes']");
    String failure = "return document.getElementById('ask-failure').textContent";
    Browser.await("the refusal").until(() -> !browser.script(failure).asText().isEmpty());
    assertThat(browser.script(failure).asText()).contains("cancelled").doesNotContain("Exception");
    browser.click("//dialog[@open]//button[.='Go back']");
    awaitNoDialog();
  }

  @Test
  @Order(9)
  void deliveryIsResumedAndRowsAreRetried() throws Exception {
    ports.bundle.simulator().faults().clear();
    ask("//button[.='Resume\u2026']");
    browser.awaitText("Paused by hand: looking at learner 3.", "40 requests are left to send.");
    browser.click("//button[.='Resume delivery']");
    browser.awaitText("Resumed delivery.");
    ask(button("Retry", "export.csv"));
    String rows = "Retry assignments of file " + number("export.csv");
    browser.awaitText(rows + ", export.csv?", "1 blocked assignment and 1 rejected assignment");
    browser.click("//button[.='%s']".formatted(rows));
    browser.awaitText("2 sent again", "60 sent", "40 sent");
    browser.awaitText("No alarms.", "nothing");
    assertThat(title()).startsWith("open, nothing to send");
    assertThat(heard()).as("since the first look, without reload").isNotEmpty();
  }

  @Test
  @Order(10)
  void aFileIsUndoneWhenItIsKnownWhatThatMeans() throws Exception {
    ports.bundle.drop("moved.csv", rows(301, 2, 700009) + "900001,default,assessor,700009\n");
    browser.awaitText("moved.csv", "3 sent");
    ask(button("Undo", "moved.csv"));
    browser.awaitText(
        "2 slots get back what they held before this file.",
        "owns the slot: 0.",
        "look at it in Onefile: 1.");
    browser.picture("status-page-undo");
    Browser.await("a yes").until(() -> counts("#ask-yes:enabled") == 1);
    browser.click("//button[.='Undo file %d']".formatted(number("moved.csv")));
    awaitNoDialog();
    browser.awaitText("undo-%d-moved.csv".formatted(number("moved.csv")), "1 ignored", "2 sent");
    assertThat(ports.bundle.simulator().state().defaultAssessors())
        .containsEntry(301, 700002)
        .containsEntry(900001, 700009);
  }

  @Test
  @Order(11)
  void aConnectionThatIsLostIsSaidUntilItIsBack() throws Exception {
    browser.network(false);
    browser.awaitText("Connection lost since", "What you see is of", "It is tried again.");
    assertThat(title()).startsWith("connection lost");
    assertThat(counts("body.stale")).isOne();
    browser.network(true);
    awaitConnection(); // by itself

    // no more by itself, so that it is the button that brings it back
    browser.script("window.realTimeout = window.setTimeout; window.setTimeout = () => 0");
    browser.network(false);
    Browser.await("the loss").until(StatusPageTest::isLost);
    browser.script("scrollTo(0, 0)");
    browser.longPicture("status-page-lost");
    browser.network(true);
    browser.script("window.setTimeout = window.realTimeout");
    browser.click("//button[.='Try again now']");
    awaitConnection();
    assertThat(browser.text()).doesNotContain("Connection lost");
    assertThat(title()).startsWith("open, nothing to send");
    assertThat(browser.script("return document.activeElement.id").asText()).isEqualTo("main");
  }

  @Test
  @Order(12)
  void anInstanceThatEndsIsMissed() {
    ports.bundle.stopInstance();
    browser.awaitText("Connection lost since", "The instance does not answer.");
  }

  /** From so many hours after now, to so many. */
  private static String hours(int from, int to) {
    LocalTime now = LocalTime.now(ZoneId.of("Europe/London"));
    DateTimeFormatter minute = DateTimeFormatter.ofPattern("HH:mm");
    return "daily %s-%s"
        .formatted(minute.format(now.plusHours(from)), minute.format(now.plusHours(to)));
  }

  private static String rows(int first, int count, int assignee) {
    StringBuilder rows = new StringBuilder(HEADER);
    for (int i = 0; i < count; i++) {
      rows.append(first + i).append(",default,assessor,").append(assignee).append('\n');
    }
    return rows.toString();
  }

  /** A file with three requests and an invalid row, which holds it. */
  private static void hold(String name, int first) throws IOException {
    Path strict = ports.bundle.data().resolve("strict");
    Path hidden = strict.resolve(".dropping");
    Files.writeString(hidden, rows(first, 3, 700003) + "x,default,assessor,700003\n");
    Files.move(hidden, strict.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  private static String button(String label, String file) {
    return "//li[contains(@class, 'file')][.//h3[.='%s']]//button[starts-with(., '%s')]"
        .formatted(file, label);
  }

  /** Clicks on what opens a dialog. */
  private static void ask(String xpath) {
    click(xpath, () -> counts("dialog[open]") == 1);
  }

  /** Clicks once more where nothing came of it: new figures can move a button under the click. */
  private static void click(String xpath, Callable<Boolean> hasCome) {
    Browser.await("what comes of a click on " + xpath)
        .until(
            () -> {
              browser.click(xpath);
              return hasCome.call();
            });
  }

  private static void tabTo(String label, String file) {
    browser.script("document.getElementById('main').focus()");
    for (int i = 0; i < 80; i++) {
      browser.press(TAB);
      if (focused().contains(label) && focused().contains(file)) {
        return;
      }
    }
    throw new AssertionError("no way to " + label + " " + file + " by keyboard");
  }

  /** The words of the button or heading that has the focus; all of the page has no words. */
  private static String focused() {
    return browser
        .script(
            "const one = document.activeElement;"
                + " return one.matches('button, h3') ? one.textContent : ''")
        .asText();
  }

  private static String title() {
    return browser.script("return document.title").asText();
  }

  private static int counts(String selector) {
    return counts(selector, "");
  }

  private static int counts(String selector, String text) {
    return browser
        .script(
            "return [...document.querySelectorAll(arguments[0])]"
                + ".filter(one => one.textContent.includes(arguments[1])).length",
            selector,
            text)
        .asInt();
  }

  private static void awaitNoDialog() {
    Browser.await("the dialog to close").until(() -> counts("dialog[open]") == 0);
  }

  /** The drawings are made again when the window has another width. */
  private static void awaitFit() {
    Browser.await("the drawings to fit")
        .until(
            () ->
                browser
                        .script(
                            "return Math.abs(document.querySelector('#band svg').clientWidth -"
                                + " document.querySelector('#band').clientWidth)")
                        .asInt()
                    < 2);
  }

  /** Where it is not known yet, the page looks now: it does so when it comes to the front. */
  private static boolean isLost() {
    if (counts("body.stale") == 0) {
      browser.script("document.dispatchEvent(new Event('visibilitychange'))");
      return false;
    }
    return true;
  }

  private static void awaitConnection() {
    Browser.await("the connection").until(() -> counts("body.stale") == 0);
  }

  private static boolean alarmsAreInView() {
    return browser
        .script(
            "const top = document.getElementById('alarms-heading').getBoundingClientRect().top;"
                + " return top >= 0 && top < innerHeight / 2")
        .asBoolean();
  }

  /** What a screen reader said since the page was loaded. */
  private static List<String> heard() {
    List<String> heard = new ArrayList<>();
    browser.script("return window.heard").forEach(one -> heard.add(one.asText()));
    return heard;
  }

  private static void awaitHeard(String words) {
    Browser.await("to be heard: " + words)
        .untilAsserted(() -> assertThat(heard()).anyMatch(one -> one.contains(words)));
  }

  /** The alarm that a held file raises. */
  private static String held(String file) throws Exception {
    return "FILE_HELD: file " + number(file);
  }

  private static long number(String file) throws Exception {
    return ports.bundle.instance().actions().find(file).no();
  }

  /** Controls that are smaller than a finger. */
  private static List<String> tooSmall() {
    JsonNode found =
        browser.script(
            "return [...document.querySelectorAll('button, summary, a:not(.skip)')]"
                + ".filter(one => one.offsetParent)"
                + ".filter(one => one.offsetHeight < 44 || one.offsetWidth < 44)"
                + ".map(one => one.outerHTML)");
    List<String> small = new ArrayList<>();
    found.forEach(one -> small.add(one.asText()));
    return small;
  }

  private static String axe() throws IOException {
    try (InputStream script = StatusPageTest.class.getResourceAsStream("/axe.min.js")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** What axe finds wrong in this part of the page, best practices included. */
  private static List<String> violations(String part) {
    browser.script(
        "window.found = null; axe.run(arguments[0] === 'document' ? document : arguments[0]).then(result => window.found ="
            + " result.violations.map(one => one.id + ': ' + one.nodes.map(node => node.html +"
            + " node.failureSummary).join(' | ')), failure => window.found = [String(failure)])",
        part);
    Browser.await("axe's judgement")
        .until(() -> browser.script("return window.found !== null").asBoolean());
    List<String> violations = new ArrayList<>();
    browser.script("return window.found").forEach(one -> violations.add(one.asText()));
    return violations;
  }
}
