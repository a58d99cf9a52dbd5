package uk.onefileroutes.ports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SameOriginTest {
  private static final String HOST = "127.0.0.1:8081";

  @ParameterizedTest(name = "origin {0}, site {1}: {2}")
  @CsvSource({
    ",, true", // no browser
    "http://127.0.0.1:8081, same-origin, true",
    "http://127.0.0.1:8081,, true",
    ", none, true", // typed into the address bar
    "http://127.0.0.1:8080,, false", // another port is another origin
    "https://127.0.0.1:8081,, false", // another scheme is another origin
    "ftp://127.0.0.1:8081,, false",
    "127.0.0.1:8081,, false",
    "http://evil.example,, false",
    "null,, false", // a sandboxed page
    "'',, false",
    ", cross-site, false",
    ", same-site, false",
    ", '', false",
    "http://127.0.0.1:8081, cross-site, false",
    "not an origin,, false",
    // several, in one header or in more (|): the worst counts
    ", 'same-origin, cross-site', false",
    ", same-origin|cross-site, false",
    ", cross-site|same-origin, false",
    ", same-origin|none, true",
    "http://127.0.0.1:8081|http://evil.example,, false",
    "http://evil.example|http://127.0.0.1:8081,, false",
    "'http://127.0.0.1:8081, http://evil.example',, false",
  })
  void onlyOurOwnPagesMayAsk(@Nullable String origin, @Nullable String site, boolean admitted) {
    Map<String, List<String>> headers =
        Map.of("Origin", values(origin), "Sec-Fetch-Site", values(site));

    assertThat(SameOrigin.admits(headers::get, HOST, false, false)).isEqualTo(admitted);
  }

  @Test
  void browsersLeaveOutTheUsualPort() {
    assertThat(admits("http://localhost", "localhost:80", false, false)).isTrue();
    assertThat(admits("https://localhost", "localhost", true, false)).isTrue();
    assertThat(admits("http://localhost", "localhost", true, false)).isFalse();
  }

  @Test
  void ourPagesComeByTheOtherSchemeOnlyThroughAProxy() {
    assertThat(admits("https://routes.example.org", "routes.example.org", false, true)).isTrue();
    assertThat(admits("https://routes.example.org", "routes.example.org", false, false)).isFalse();
    assertThat(admits("https://evil.example", "routes.example.org", false, true)).isFalse();
  }

  private static boolean admits(
      String origin, String host, boolean isEncrypted, boolean isSchemeOpen) {
    Map<String, List<String>> headers = Map.of("Origin", List.of(origin));
    return SameOrigin.admits(
        name -> headers.getOrDefault(name, List.of()), host, isEncrypted, isSchemeOpen);
  }

  private static List<String> values(@Nullable String of) {
    return of == null ? List.of() : Arrays.asList(of.split("\\|", -1));
  }
}
