package uk.onefileroutes.ports;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.onefileroutes.testing.PortsFixture.login;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.onefileroutes.testing.LogLines;
import uk.onefileroutes.testing.PortsFixture;
import uk.onefileroutes.testing.RawHttp;
import uk.onefileroutes.testing.TestBundle;

/** What the management port answers without a login where management.open-probes is true. */
class OpenProbesTest {
  private static final String LIVE = ManagementServer.LIVE;
  private static final String READY = ManagementServer.READY;
  private static final Map<String, String> NOBODY = Map.of();

  private static PortsFixture ports;

  @BeforeAll
  static void start() throws Exception {
    ports =
        PortsFixture.start(
            TestBundle.Setup.plain()
                .withKey("management.open-probes", "true")
                // so that it is alive and not ready
                .withKey("disk.floor-mib", "1048576"));
    TestBundle.await("not ready")
        .until(() -> ports.get(ports.management + READY, login()).statusCode() == 503);
  }

  @AfterAll
  static void stop() throws IOException {
    if (ports != null) {
      ports.close();
    }
  }

  @Test
  void withoutALoginTheySayUpOrDownAndNothingElse() throws Exception {
    HttpResponse<String> live = ports.get(ports.management + LIVE, NOBODY);
    assertThat(live.statusCode()).isEqualTo(200);
    assertThat(live.body()).isEqualTo("{\"status\":\"UP\"}");
    HttpResponse<String> ready = ports.get(ports.management + READY, NOBODY);
    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(ready.body()).isEqualTo("{\"status\":\"DOWN\"}");
    for (HttpResponse<String> answer : List.of(live, ready)) {
      assertThat(answer.headers().map().keySet())
          .containsExactlyInAnyOrder(
              "cache-control",
              "content-length",
              "content-security-policy",
              "content-type",
              "date",
              "cross-origin-resource-policy",
              "referrer-policy",
              "x-content-type-options",
              "x-frame-options");
      assertThat(answer.headers().allValues("content-type")).containsExactly("application/json");
    }
    HttpResponse<String> head = ports.call("HEAD", ports.management + READY, NOBODY);
    assertThat(head.statusCode()).isEqualTo(503);
    assertThat(head.body()).isEmpty();
  }

  @Test
  void withTheLoginTheySayWhatIsDown() throws Exception {
    awaitEndOfGuesses();
    HttpResponse<String> ready = ports.get(ports.management + READY, login());
    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(ready.body()).contains("\"name\":", "MiB are free on the disk");
    HttpResponse<String> live =
        ports.get(ports.management + LIVE + "?exposureLevel=full&data=true", login());
    assertThat(live.body()).startsWith("{\"status\":\"UP\",\"checks\":[{");
  }

  @Test
  void aWrongLoginIsRefusedThereToo() throws Exception {
    awaitEndOfGuesses();
    for (String path : List.of(LIVE, READY)) {
      assertThat(
              ports
                  .get(ports.management + path, login(PortsFixture.USER, "a wrong one"))
                  .statusCode())
          .isEqualTo(401);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "FOO", "get"})
  void otherMethodsStayClosed(String method) throws Exception {
    for (String path : List.of(LIVE, READY)) {
      assertClosed(method, path);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/observe/health",
        "/observe/health/",
        "/observe/metrics",
        "/observe/jolokia/version",
        "/status/",
        "/observe/health/live/",
        "/observe/health//live",
        "//observe/health/live",
        "/observe/health/./live",
        "/observe/health/x/../live",
        "/observe/health/live/..",
        "/observe/health/live/../ready",
        "/observe/health/live/../../jolokia/version",
        "/observe/health/live/..%2f..%2fjolokia/version",
        "/observe/health/live/..;/..;/jolokia/version",
        "/observe/health%2flive",
        "/observe/health/%6cive",
        "/observe/health/live%2f",
        "/observe/health/live%00",
        "/observe/health/live%20",
        "/observe/health/live;x=1",
        "/observe/health/live;/../../jolokia/version",
        "/observe/health/live?",
        "/observe/health/live?exposureLevel=full&data=true",
        "/observe/health/live#x",
        "/observe/health/LIVE",
        "/observe/health/live\\",
        "/observe/health/startup",
        "/x/..;/observe/health/live"
      })
  void whatOnlyLeadsThereStaysClosed(String target) throws Exception {
    assertClosed("GET", target);
    assertClosed("HEAD", target);
  }

  private static void assertClosed(String method, String target) throws IOException {
    String answer = RawHttp.ask(ports.management, raw(method, target, ""));
    assertThat(RawHttp.status(answer)).as("%s %s: %s", method, target, answer).isIn(400, 401, 405);
    assertThat(answer).doesNotContain("UP", "DOWN", "agent");
  }

  private static String raw(String method, String target, String lines) {
    return "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%sConnection: close\r\n\r\n"
        .formatted(method, target, URI.create(ports.management).getPort(), lines);
  }

  @Test
  void pagesOfOtherSitesAndOtherNamesAreRefusedAsEver() throws Exception {
    for (String lines :
        List.of("Origin: http://evil.example\r\n", "Sec-Fetch-Site: cross-site\r\n")) {
      String answer = RawHttp.ask(ports.management, raw("GET", LIVE, lines));
      assertThat(RawHttp.status(answer)).as(answer).isEqualTo(403);
    }
    String rebound = "GET " + LIVE + " HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
    assertThat(RawHttp.status(RawHttp.ask(ports.management, rebound))).isEqualTo(421);
  }

  @Test
  void probesNeitherUseUpLoginsNorWaitBehindGuessesNorAreLogged() throws Exception {
    String guess = raw("GET", LIVE, "Authorization: Basic " + guess() + "\r\n");
    List<RawHttp> guesses = new ArrayList<>();
    try (LogLines log = LogLines.open()) {
      for (int i = 0; i < 300; i++) { // far more than logins are let through in that time
        assertThat(ports.get(ports.management + LIVE, NOBODY).statusCode()).isEqualTo(200);
      }
      awaitEndOfGuesses();
      TestBundle.await("a full line")
          .until(
              () -> {
                for (int i = 0; i < 20; i++) {
                  RawHttp connection = RawHttp.to(ports.management);
                  guesses.add(connection);
                  connection.send(guess);
                }
                return guesses.get(guesses.size() - 1).isAnswered(429);
              });
      assertThat(ports.get(ports.management + LIVE, NOBODY).statusCode()).isEqualTo(200);
      assertThat(log.with("/observe")).isEmpty();
    } finally {
      for (RawHttp each : guesses) {
        each.close();
      }
    }
  }

  /** Until nobody is refused unread any more. */
  private static void awaitEndOfGuesses() {
    TestBundle.await("the end of guesses that still wait")
        .until(() -> ports.get(ports.management + LIVE, login()).statusCode() == 200);
  }

  private static String guess() {
    return Base64.getEncoder().encodeToString("operator:guess".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void whatTheySayIsLookedAtOnceASecondAtMost() {
    AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // it may wrap around
    AtomicInteger looks = new AtomicInteger();
    AtomicBoolean isUp = new AtomicBoolean(true);
    OpenProbes probes =
        new OpenProbes(
            Map.of(
                LIVE,
                () -> {
                  looks.incrementAndGet();
                  return isUp.get();
                }),
            now::get);
    assertThat(probes.isUp(LIVE)).isTrue();
    isUp.set(false);
    now.addAndGet(Duration.ofSeconds(1).toNanos() - 1);
    assertThat(probes.isUp(LIVE)).isTrue();
    assertThat(looks).hasValue(1);
    now.addAndGet(1);
    assertThat(probes.isUp(LIVE)).isFalse();
    assertThat(looks).hasValue(2);
  }

  @Test
  void nobodyWaitsForALookThatHangsAndItsAnswerBeforeCountsForTenSeconds() throws Exception {
    AtomicLong now = new AtomicLong();
    AtomicBoolean isHanging = new AtomicBoolean();
    CountDownLatch hangs = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    OpenProbes probes =
        new OpenProbes(
            Map.of(
                READY,
                () -> {
                  if (isHanging.get()) {
                    hangs.countDown();
                    awaitUnbroken(end);
                  }
                  return true;
                }),
            now::get);
    assertThat(probes.isUp(READY)).isTrue();
    isHanging.set(true);
    now.addAndGet(Duration.ofSeconds(2).toNanos());
    CompletableFuture<Boolean> hanging = CompletableFuture.supplyAsync(() -> probes.isUp(READY));
    hangs.await();
    assertThat(probes.isUp(READY)).as("2 s old").isTrue();
    now.addAndGet(Duration.ofSeconds(8).toNanos());
    assertThat(probes.isUp(READY)).as("10 s old").isFalse();
    end.countDown();
    assertThat(hanging.get()).isTrue();
    assertThat(probes.isUp(READY)).as("seen again").isTrue();
  }

  private static void awaitUnbroken(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
