package uk.onefileroutes.ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uk.onefileroutes.testing.PortsFixture;
import uk.onefileroutes.testing.RawHttp;
import uk.onefileroutes.testing.TestBundle;

/** Both ports against whoever means harm, over real sockets. */
class HostilePortsTest {
  private static PortsFixture ports;

  @BeforeAll
  static void start() throws Exception {
    ports =
        PortsFixture.start(
            TestBundle.Setup.plain().withKey("management.names", "routes.example.org"));
  }

  @AfterAll
  static void stop() throws IOException {
    if (ports != null) {
      ports.close();
    }
  }

  enum Port {
    MANAGEMENT(401),
    CONSOLE(403);

    /** What nobody gets. */
    final int closed;

    Port(int closed) {
      this.closed = closed;
    }

    String url() {
      return this == MANAGEMENT ? ports.management : ports.console.replace("/hawtio", "");
    }

    String host() {
      return "127.0.0.1:" + URI.create(url()).getPort();
    }

    String path() {
      return this == MANAGEMENT ? "/observe/jolokia/version" : "/hawtio/jolokia/version";
    }

    String login(String password) {
      return "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\nAuthorization: Basic %s\r\n\r\n"
          .formatted(path(), host(), basic(PortsFixture.USER, password));
    }

    /** With these header lines, and with the right login. */
    String ask(String target, String lines) {
      return "GET %s HTTP/1.1\r\n%sConnection: close\r\nAuthorization: Basic %s\r\n\r\n"
          .formatted(target, lines, basic(PortsFixture.USER, PortsFixture.PASSWORD));
    }
  }

  /** A guess of the console's own form. */
  private static String form(String target, String password) {
    String body =
        "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(PortsFixture.USER, password);
    return ("POST %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\nContent-Type: application/json\r\n"
            + "Content-Length: %d\r\n\r\n%s")
        .formatted(target, Port.CONSOLE.host(), body.length(), body);
  }

  @ParameterizedTest
  @EnumSource(Port.class)
  void threeHundredGuessesAtOnceDoNotFindThePassword(Port port) throws Exception {
    List<String> guesses = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      guesses.add(port.login(i == 200 ? PortsFixture.PASSWORD : "guess-" + i));
    }
    assertGuessesAreBounded(port, guesses);
  }

  @Test
  void norDoGuessesByTheConsolesFormHoweverItsPathIsWritten() throws Exception {
    List<String> paths =
        List.of(
            "/hawtio/auth/login",
            "/hawtio//auth/login",
            "/hawtio/./auth/login",
            "/hawtio/x/../auth/login",
            "/hawtio/auth/%6cogin",
            "/%68awtio/auth/login",
            "/hawtio/auth/login;x=1",
            "/hawtio/auth;x=1/login",
            "/hawtio/auth/login?x=1");
    List<String> guesses = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      guesses.add(
          form(paths.get(i % paths.size()), i == 198 ? PortsFixture.PASSWORD : "guess-" + i));
    }
    assertGuessesAreBounded(Port.CONSOLE, guesses);
  }

  private static void assertGuessesAreBounded(Port port, List<String> guesses) throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(guesses.size());
    try {
      long start = System.nanoTime();
      List<RawHttp> connections = new ArrayList<>();
      List<Future<Integer>> answers = new ArrayList<>();
      for (String guess : guesses) {
        RawHttp connection = RawHttp.to(port.url());
        connections.add(connection);
        connection.send(guess);
        answers.add(clients.submit(() -> RawHttp.status(connection.rest())));
      }
      TestBundle.await("what is answered at once")
          .atMost(Duration.ofSeconds(30))
          .until(() -> answers.stream().filter(Future::isDone).count() >= guesses.size() - 100);
      List<Integer> statuses = new ArrayList<>();
      for (Future<Integer> answer : answers) {
        if (answer.isDone()) {
          statuses.add(answer.get());
        }
      }
      long quarters = Duration.ofNanos(System.nanoTime() - start).toMillis() / 250;
      assertThat(statuses).doesNotContain(200).contains(429);
      assertThat(statuses.stream().filter(status -> status != 429 && status != 400).count())
          .as("were looked at, in %d quarters of a second: %s", quarters, statuses)
          .isLessThanOrEqualTo(5 + quarters + 1);
      for (RawHttp connection : connections) {
        connection.close();
      }
    } finally {
      clients.shutdownNow();
    }
  }

  @ParameterizedTest
  @EnumSource(Port.class)
  void theOwnerGetsInWhileOthersGuess(Port port) throws Exception {
    int attackers = 40;
    String right = port.login(PortsFixture.PASSWORD);
    TestBundle.await("the end of guesses that still wait")
        .until(() -> RawHttp.status(RawHttp.ask(port.url(), right)) == 200);
    ExecutorService clients = Executors.newFixedThreadPool(attackers);
    AtomicBoolean isOver = new AtomicBoolean();
    AtomicInteger guesses = new AtomicInteger();
    try {
      for (int i = 0; i < attackers; i++) {
        Future<?> unused =
            clients.submit(
                () -> {
                  while (!isOver.get()) {
                    String answer =
                        RawHttp.ask(port.url(), port.login("guess-" + guesses.incrementAndGet()));
                    assertThat(answer).doesNotContain(" 200 ");
                  }
                  return null;
                });
      }
      TestBundle.await("the attack").until(() -> guesses.get() > attackers);

      long start = System.nanoTime();
      String sameAddress = RawHttp.ask(port.url(), right);
      assertThat(RawHttp.status(sameAddress)).as(sameAddress).isEqualTo(200);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));

      assumeTrue(System.getProperty("os.name").contains("Linux"), "has 127.0.0.2");
      start = System.nanoTime();
      try (RawHttp other = RawHttp.from(InetAddress.getByName("127.0.0.2"), port.url())) {
        other.send(right);
        assertThat(RawHttp.status(other.rest())).isEqualTo(200);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    } finally {
      isOver.set(true);
      clients.shutdownNow();
    }
  }

  @Test
  void aBrowserThatLoggedInBeforeDoesNotWaitBehindGuesses() throws Exception {
    String right = Port.MANAGEMENT.login(PortsFixture.PASSWORD);
    TestBundle.await("the end of guesses that still wait")
        .until(() -> RawHttp.status(RawHttp.ask(ports.management, right)) == 200);
    String answer = RawHttp.ask(ports.management, right);
    String cookie = answer.replaceAll("(?s).*Set-Cookie: ([^;]+);.*", "$1");
    assertThat(answer).contains("Set-Cookie: " + cookie + "; Path=/; HttpOnly; SameSite=Strict");
    List<RawHttp> guesses = new ArrayList<>();
    try {
      // until one is refused at once: the line is full, however slowly the guesses come
      TestBundle.await("a full line")
          .until(
              () -> {
                for (int i = 0; i < 20; i++) {
                  RawHttp guess = RawHttp.to(ports.management);
                  guesses.add(guess);
                  guess.send(Port.MANAGEMENT.login("guess-" + guesses.size()));
                }
                return guesses.get(guesses.size() - 1).isAnswered(429);
              });
      long start = System.nanoTime();
      String known = right.replace("Connection:", "Cookie: a=b; " + cookie + "\r\nConnection:");
      assertThat(RawHttp.status(RawHttp.ask(ports.management, known))).isEqualTo(200);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
      assertThat(RawHttp.status(RawHttp.ask(ports.management, known.replace("Basic ", "Basic x"))))
          .as("it opens nothing by itself")
          .isEqualTo(401);
    } finally {
      for (RawHttp guess : guesses) {
        guess.close();
      }
    }
  }

  @Test
  void wrongLoginsAtTheConsoleLockNobodyOut() throws Exception {
    String right = form("/hawtio/auth/login", PortsFixture.PASSWORD);
    TestBundle.await("the end of guesses that still wait")
        .until(() -> RawHttp.status(RawHttp.ask(ports.console, right)) == 200);
    for (int i = 0; i < 8; i++) {
      assertThat(RawHttp.status(RawHttp.ask(ports.console, form("/hawtio/auth/login", "no" + i))))
          .isEqualTo(403);
    }
    assertThat(RawHttp.status(RawHttp.ask(ports.console, right))).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource(Port.class)
  void onlyTheNamesOfThisServerAreAnswered(Port port) throws Exception {
    for (String host : List.of("evil.example", "evil.example:8080", "127.0.0.1.evil.example")) {
      String answer = RawHttp.ask(port.url(), port.ask(port.path(), "Host: " + host + "\r\n"));
      assertThat(RawHttp.status(answer)).as(answer).isEqualTo(421);
      assertThat(answer).contains("management.names").doesNotContain("agent");
    }
    for (String lines :
        List.of(
            "",
            "Host: evil.example\r\nHost: " + port.host() + "\r\n",
            "Host: " + port.host() + "\r\nHost: evil.example\r\n")) {
      String answer = RawHttp.ask(port.url(), port.ask(port.path(), lines));
      assertThat(RawHttp.status(answer)).as(answer).isEqualTo(400);
    }
    String absolute =
        port.ask("http://evil.example" + port.path(), "Host: " + port.host() + "\r\n");
    assertThat(RawHttp.status(RawHttp.ask(port.url(), absolute))).isIn(400, 421);
    absolute = port.ask("http://evil.example" + port.path(), "Host: evil.example\r\n");
    assertThat(RawHttp.status(RawHttp.ask(port.url(), absolute))).isEqualTo(421);
    for (String host : List.of(port.host(), "localhost", "LOCALHOST:1", "routes.example.org")) {
      String answer = RawHttp.ask(port.url(), port.ask(port.path(), "Host: " + host + "\r\n"));
      assertThat(RawHttp.status(answer)).as(answer).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @EnumSource(Port.class)
  void ofSeveralHeadersTheWorstCounts(Port port) throws Exception {
    String own = "Origin: http://" + port.host() + "\r\n";
    for (String lines :
        List.of(
            own + "Origin: http://evil.example\r\n",
            "Origin: http://evil.example\r\n" + own,
            "Origin: https://" + port.host() + "\r\n",
            "Origin: https://evil.example\r\n",
            "Origin: null\r\n",
            "Origin: http://[\r\n",
            "Origin:\r\n",
            "Sec-Fetch-Site: same-origin\r\nSec-Fetch-Site: cross-site\r\n",
            "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Site: same-origin\r\n",
            "Sec-Fetch-Site: same-origin, cross-site\r\n")) {
      String answer =
          RawHttp.ask(port.url(), port.ask(port.path(), "Host: " + port.host() + "\r\n" + lines));
      assertThat(RawHttp.status(answer)).as("%s: %s", lines, answer).isEqualTo(403);
      assertThat(answer).doesNotContain("Exception", "java.", "org.");
    }
    for (String lines :
        List.of(own, "Sec-Fetch-Site: same-origin\r\n", "Sec-Fetch-Site: none\r\n")) {
      String answer =
          RawHttp.ask(port.url(), port.ask(port.path(), "Host: " + port.host() + "\r\n" + lines));
      assertThat(RawHttp.status(answer)).as("%s: %s", lines, answer).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @EnumSource(Port.class)
  void aProxyThatEndsTlsMayNameItsOwnPages(Port port) throws Exception {
    String lines = "Host: routes.example.org\r\nOrigin: https://routes.example.org\r\n";
    String answer = RawHttp.ask(port.url(), port.ask(port.path(), lines));
    assertThat(RawHttp.status(answer)).as(answer).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource(Port.class)
  void whoeverOpensAConnectionAndAsksForNothingIsCutOff(Port port) throws Exception {
    List<RawHttp> silent = new ArrayList<>();
    List<RawHttp> dripping = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      RawHttp connection = RawHttp.to(port.url());
      (i % 4 == 0 ? dripping : silent).add(connection);
      if (i % 2 == 0) {
        connection.send("GET / HTTP/1.1\r\nHost: " + port.host() + "\r\n");
      }
    }
    long start = System.nanoTime();
    ScheduledExecutorService drops = Executors.newSingleThreadScheduledExecutor();
    try {
      Future<?> unused =
          drops.scheduleWithFixedDelay(
              () -> dripping.forEach(HostilePortsTest::drop), 0, 200, TimeUnit.MILLISECONDS);
      for (RawHttp connection : silent) {
        assertThat(connection.rest()).doesNotContain("200 OK");
      }
      for (RawHttp connection : dripping) {
        assertThat(connection.rest()).doesNotContain("200 OK");
      }
    } finally {
      drops.shutdownNow();
    }
    // 10 s are promised; the rest is what a busy machine may need
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
  }

  private static void drop(RawHttp connection) {
    try {
      connection.send("X");
    } catch (IOException e) {
      // cut off
    }
  }

  @ParameterizedTest
  @EnumSource(Port.class)
  void aConnectionIsNotChangedToHttp2(Port port) throws Exception {
    String upgrade =
        port.ask(
            port.path(),
            "Host: "
                + port.host()
                + "\r\nUpgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\n"
                + "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n");
    assertThat(RawHttp.status(RawHttp.ask(port.url(), upgrade))).isEqualTo(200);
    String preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0";
    String answer = RawHttp.ask(port.url(), preface);
    assertThat(answer.isEmpty() || answer.startsWith("HTTP/")).as("frames of HTTP/2").isTrue();
    assertThat(answer).doesNotContain(" 101 ", " 200 ");
  }

  @ParameterizedTest
  @EnumSource(Port.class)
  void errorsOfTheServerAreAsClosedAsItsPages(Port port) throws Exception {
    String host = "Host: " + port.host() + "\r\n";
    for (String request :
        List.of(
            "GET / HTTP/9.9\r\n" + host + "\r\n",
            "G@T / HTTP/1.1\r\n" + host + "\r\n",
            "GET /%zz HTTP/1.1\r\nConnection: close\r\n" + host + "\r\n",
            "GET / HTTP/1.1\r\nno colon\r\n" + host + "\r\n",
            "GET / HTTP/1.1\r\nX: " + "x".repeat(70_000) + "\r\n" + host + "\r\n",
            "GET /" + "x".repeat(70_000) + " HTTP/1.1\r\n" + host + "\r\n",
            "GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
            "FOO / HTTP/1.1\r\nConnection: close\r\n" + host + "\r\n",
            port.ask("/hawtio/no-such-file.js", host),
            port.ask("/no-such-path", host),
            port.ask("/hawtio/jolokia/no-such-thing", host),
            port.ask("/", "Host: evil.example\r\n"),
            port.login("wrong"))) {
      String answer = RawHttp.ask(port.url(), request);
      String shown = request.substring(0, Math.min(60, request.length())) + ": " + answer;
      if (answer.endsWith("\r\n\r\n") || answer.isEmpty()) {
        assertThat(answer).as(shown).doesNotContainIgnoringCase("Server:");
        continue; // cut off, with nothing that could be shown
      }
      String head = answer.substring(0, answer.indexOf("\r\n\r\n")) + "\r\n";
      assertThat(head)
          .as(shown)
          .containsIgnoringCase("X-Frame-Options: ")
          .containsIgnoringCase("X-Content-Type-Options: nosniff\r\n")
          .containsIgnoringCase("frame-ancestors ")
          .doesNotContainIgnoringCase("Server:")
          .doesNotContainIgnoringCase("X-Powered-By");
      assertThat(answer).as(shown).doesNotContainIgnoringCase("jetty", "vert.x", "exception");
    }
  }

  @ParameterizedTest
  @EnumSource(Port.class)
  void oddMethodsAndPathsGetNobodyIn(Port port) throws Exception {
    List<String> paths =
        List.of(
            port.path(),
            "/" + port.path(),
            port.path() + ";x=1",
            port.path().replace("jolokia", "%6aolokia"),
            port.path().replace("/jolokia", "/./jolokia"),
            port.path().replace("/jolokia", "/x/../jolokia"),
            port.path().replace("/jolokia", "/x/..;/jolokia"),
            port.path().replace("/jolokia", "/%2e/jolokia"),
            port.path().replace("/jolokia", "/x/%2e%2e/jolokia"),
            port.path().replace("/jolokia", "/;/jolokia"),
            port.path().replace("/jolokia", "//jolokia"),
            port.path().replace("/jolokia", "/\\jolokia"),
            port.path().replace("/jolokia", "/%2fjolokia"));
    for (String method :
        List.of(
            "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "FOO", "get")) {
      for (String path : paths) {
        String answer =
            RawHttp.ask(
                port.url(),
                "%s %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
                    .formatted(method, path, port.host()));
        assertThat(RawHttp.status(answer))
            .as("%s %s: %s", method, path, answer)
            .isIn(port.closed, 400, 403, 404, 405, 501);
        assertThat(answer).doesNotContain("\"agent\"", "Access-Control-Allow");
      }
    }
  }

  private static String basic(String user, String password) {
    return Base64.getEncoder()
        .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
  }
}
