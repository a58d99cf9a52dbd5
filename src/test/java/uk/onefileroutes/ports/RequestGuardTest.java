package uk.onefileroutes.ports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestGuardTest {
  private final RequestGuard guard =
      new RequestGuard("0.0.0.0", List.of("Routes.example.org", "10.0.0.7", "[2001:db8::7]"));

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "127.0.0.1:8080, 0",
    "127.1.2.3, 0",
    "localhost, 0",
    "LOCALHOST:8080, 0",
    "localhost.:8080, 0",
    "[::1]:8080, 0",
    "[0:0:0:0:0:0:0:1], 0",
    "192.168.1.5:8080, 0", // the address that was called
    "routes.example.org, 0",
    "ROUTES.example.org:443, 0",
    "10.0.0.7:8080, 0",
    "[2001:db8:0::7]:8080, 0",
    "evil.example, 421",
    "evil.example:8080, 421",
    "127.0.0.1.evil.example, 421",
    "localhost.evil.example, 421",
    "localhost@evil.example, 421",
    "evil.example@localhost, 421",
    "localhost:evil, 421",
    "routes.example.org.evil.example, 421",
    "0.0.0.0:8080, 421",
    "[::2]:8080, 421",
    "[::1].evil.example, 421",
    "192.168.1.6, 421",
    "'', 421",
    "'localhost, evil.example', 421",
  })
  void aRequestIsAnsweredByTheNamesOfThisServerOnly(String host, int status) {
    assertThat(status("GET", "/", Map.of("Host", List.of(host)))).isEqualTo(status);
  }

  @Test
  void aNameThatItListensOnIsOneOfIts() {
    RequestGuard named = new RequestGuard("node-7.internal", List.of());
    assertThat(named.judge(asked("GET", "/", Map.of("Host", List.of("node-7.internal:80"))), false))
        .isEmpty();
  }

  @Test
  void theHostIsSaidOnceAndTheTargetAgrees() {
    assertThat(status("GET", "/", Map.of())).isEqualTo(400);
    assertThat(status("GET", "/", Map.of("Host", List.of("localhost", "localhost"))))
        .isEqualTo(400);
    Map<String, List<String>> local = Map.of("Host", List.of("localhost:8080"));
    assertThat(status("GET", "http://localhost:8080/status/", local)).isZero();
    assertThat(status("GET", "http://evil.example/status/", local)).isEqualTo(400);
    assertThat(status("GET", "status", local)).isEqualTo(400);
    assertThat(status("GET", "/%zz", local)).isEqualTo(400);
    assertThat(status("GET", "/%7a?at=100%", local)).isZero();
    assertThat(status("OPTIONS", "*", local)).isZero();
    assertThat(status("GET", "http://evil.example/", Map.of("Host", List.of("evil.example"))))
        .isEqualTo(421);
  }

  @Test
  void aLoginIsSaidAtMostOnce() {
    assertThat(
            status(
                "GET",
                "/",
                Map.of(
                    "Host",
                    List.of("localhost"),
                    "Authorization",
                    List.of("Basic YTpi", "Basic YTpj"))))
        .isEqualTo(400);
  }

  @Test
  void aProxyThatEndsTlsIsAnsweredByTheNamesThatWereConfigured() {
    assertThat(status("GET", "/", from("https://routes.example.org", "routes.example.org")))
        .isZero();
    assertThat(status("GET", "/", from("https://localhost", "localhost"))).isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource({"TRACE", "TRACK", "CONNECT", "DEBUG", "PROPFIND", "get", "FOO"})
  void methodsThatNobodyNeedsAreRefused(String method) {
    assertThat(status(method, "/", Map.of("Host", List.of("localhost")))).isEqualTo(405);
  }

  private static Map<String, List<String>> from(String origin, String host) {
    return Map.of("Host", List.of(host), "Origin", List.of(origin));
  }

  private int status(String method, String target, Map<String, List<String>> headers) {
    return guard
        .judge(asked(method, target, headers), false)
        .map(RequestGuard.Refusal::status)
        .orElse(0);
  }

  private static RequestGuard.Received asked(
      String method, String target, Map<String, List<String>> headers) {
    return new RequestGuard.Received(
        method, target, false, "192.168.1.5", name -> headers.getOrDefault(name, List.of()));
  }
}
