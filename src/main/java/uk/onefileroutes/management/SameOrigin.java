package uk.onefileroutes.management;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request comes from our own pages, or from no page at all: a browser says where the page
 * that asks was loaded from.
 */
final class SameOrigin {
  private static final Set<String> OWN = Set.of("same-origin", "none");

  private SameOrigin() {}

  /** Asks for the request's headers by name. */
  static boolean admits(UnaryOperator<@Nullable String> header) {
    String site = header.apply("Sec-Fetch-Site");
    if (site != null && !OWN.contains(site.toLowerCase(Locale.ROOT))) {
      return false;
    }
    String origin = header.apply("Origin");
    return origin == null || isHost(origin, header.apply("Host"));
  }

  private static boolean isHost(String origin, @Nullable String host) {
    try {
      return host != null && host.equalsIgnoreCase(URI.create(origin).getRawAuthority());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
