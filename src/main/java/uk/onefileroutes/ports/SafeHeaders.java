package uk.onefileroutes.ports;

import java.util.Map;

/** What each answer of both ports says, errors of the servers too. */
final class SafeHeaders {
  /** Kept by nobody, taken for nothing else, told to nobody, in nobody's frame. */
  static final Map<String, String> ALL =
      Map.of(
          "Cache-Control", "no-store",
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY",
          "Content-Security-Policy", "frame-ancestors 'none'",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Resource-Policy", "same-origin");

  private SafeHeaders() {}
}
