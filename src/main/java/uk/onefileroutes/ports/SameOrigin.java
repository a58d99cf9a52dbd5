package uk.onefileroutes.ports;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request comes from our own pages, or from no page at all: a browser says where the page
 * that asks was loaded from. Where it says so more than once, the worst counts.
 */
final class SameOrigin {
  private static final Set<String> OWN = Set.of("same-origin", "none");

  private SameOrigin() {}

  /**
   * @param headers all values of a header
   * @param host that was asked for, with its port
   * @param isEncrypted whether by TLS
   * @param isSchemeOpen whether our pages may come by the other scheme too, through a proxy
   */
  static boolean admits(
      Function<String, List<String>> headers,
      String host,
      boolean isEncrypted,
      boolean isSchemeOpen) {
    return headers.apply("Sec-Fetch-Site").stream()
            .flatMap(value -> Arrays.stream(value.split(",", -1)))
            .allMatch(site -> OWN.contains(site.strip().toLowerCase(Locale.ROOT)))
        && headers.apply("Origin").stream()
            .allMatch(origin -> isOurs(origin, host, isEncrypted, isSchemeOpen));
  }

  private static boolean isOurs(
      String origin, String host, boolean isEncrypted, boolean isSchemeOpen) {
    try {
      URI page = URI.create(origin);
      String scheme = page.getScheme();
      boolean isByTls = "https".equals(scheme);
      return (isByTls || "http".equals(scheme))
          && (isSchemeOpen || isByTls == isEncrypted)
          && withPort(host, isByTls).equalsIgnoreCase(withPort(page.getRawAuthority(), isByTls));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Browsers leave out the default port, others need not. */
  private static String withPort(@Nullable String authority, boolean isByTls) {
    if (authority == null || authority.matches(".*:\\d+")) {
      return String.valueOf(authority);
    }
    return authority + (isByTls ? ":443" : ":80");
  }
}
