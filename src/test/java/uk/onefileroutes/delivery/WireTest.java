package uk.onefileroutes.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import uk.onefileroutes.simulator.Simulator;
import uk.onefileroutes.simulator.SimulatorOptions;
import uk.onefileroutes.testing.TestBundle;

/** What really arrives at the far side. */
@Timeout(400)
class WireTest {
  private record Arrived(String method, String path, Headers headers, String body) {}

  private final List<Arrived> arrived = new CopyOnWriteArrayList<>();

  @Test
  void aRequestCarriesWhatOnefileNeedsAndNothingOfOurs() throws Exception {
    run(204);
    Arrived login = arrived.get(0);
    assertThat(login.method + " " + login.path).isEqualTo("POST /api/v2.1/Authentication");
    assertThat(login.body).isEmpty();
    assertThat(login.headers.get("X-customertoken"))
        .containsExactly(SimulatorOptions.DEFAULT_CUSTOMER_TOKEN);
    assertThat(login.headers).doesNotContainKey("X-tokenid");
    Arrived request = arrived.get(1);
    assertThat(request.method + " " + request.path).isEqualTo("POST /api/v2.1/User/1");
    assertThat(request.body).isEqualTo("{\"DefaultAssessorID\":900}");
    assertThat(request.headers.get("X-tokenid")).containsExactly("a+session/=");
    assertThat(request.headers.get("Content-type")).containsExactly("application/json");
    assertThat(request.headers.keySet())
        .isSubsetOf(
            "Host",
            "Connection",
            "Content-length",
            "Content-type",
            "Transfer-encoding",
            "User-agent",
            "Accept",
            "Accept-encoding",
            "X-tokenid");
    assertThat(arrived)
        .allSatisfy(
            each -> assertThat(each.headers.get("Accept-encoding")).containsExactly("identity"));
    assertThat(arrived).hasSize(2);
  }

  @Test
  void aRedirectIsNotFollowedAndNoCookieIsKept() throws Exception {
    run(302);
    assertThat(arrived)
        .hasSize(2)
        .allSatisfy(each -> assertThat(each.headers).doesNotContainKey("Cookie"));
  }

  @Test
  void a503IsNotSentAgainByTheHttpClient() throws Exception {
    run(503);
    assertThat(arrived).hasSize(2);
  }

  @Test
  void a429IsNotSentAgainByTheHttpClient() throws Exception {
    run(429);
    assertThat(arrived).hasSize(2);
  }

  /** One row, answered so; returns when it was settled. */
  private void run(int status) throws Exception {
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
    ExecutorService threads = Executors.newCachedThreadPool();
    server.setExecutor(threads);
    server.createContext("/", exchange -> answer(exchange, status));
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/api/v2.1";
    try (DeliveryFixture it =
        new DeliveryFixture(
            Simulator.start(SimulatorOptions.defaults()), url, "delivery.retry.attempts=1")) {
      long file = it.drop("1,assessor,default,900,,\n");
      if (status == 429) {
        TestBundle.await("it waits")
            .until(
                () ->
                    it.instance()
                        .files()
                        .tally(file)
                        .containsKey(uk.onefileroutes.assignment.RowState.WAITING));
      } else {
        assertThat(it.results(file)).hasSize(1);
      }
    } finally {
      server.stop(0);
      threads.shutdownNow();
    }
  }

  private void answer(HttpExchange exchange, int status) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String path = exchange.getRequestURI().toString();
      exchange.getResponseHeaders().set("Set-Cookie", "kept=1; Path=/");
      exchange.getResponseHeaders().set("Location", "/api/v2.1/Elsewhere");
      arrived.add(
          new Arrived(exchange.getRequestMethod(), path, exchange.getRequestHeaders(), body));
      if (path.endsWith("/Authentication")) {
        byte[] token = "a+session/=".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, token.length);
        exchange.getResponseBody().write(token);
      } else {
        exchange.getResponseHeaders().set("Retry-After", status == 429 ? "600" : "1");
        exchange.sendResponseHeaders(status, -1);
      }
    }
  }
}
