package uk.onefileroutes.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SameOriginTest {
  @ParameterizedTest(name = "origin {0}, site {1}: {2}")
  @CsvSource({
    ",, true", // no browser
    "http://127.0.0.1:8081, same-origin, true",
    "http://127.0.0.1:8081,, true",
    ", none, true", // typed into the address bar
    "http://127.0.0.1:8080,, false", // another port is another origin
    "http://evil.example,, false",
    "null,, false", // a sandboxed page
    ", cross-site, false",
    ", same-site, false",
    "http://127.0.0.1:8081, cross-site, false",
    "not an origin,, false",
  })
  void onlyOurOwnPagesMayAsk(String origin, String site, boolean admitted) {
    Map<String, String> headers = new HashMap<>();
    headers.put("Host", "127.0.0.1:8081");
    headers.put("Origin", origin);
    headers.put("Sec-Fetch-Site", site);

    assertThat(SameOrigin.admits(headers::get)).isEqualTo(admitted);
  }
}
