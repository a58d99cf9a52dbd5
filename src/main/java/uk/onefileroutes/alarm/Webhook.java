package uk.onefileroutes.alarm;

import java.net.URI;
import java.util.function.Supplier;

/**
 * Who is told by an HTTP call.
 *
 * @param url where; a secret of many receivers
 * @param token the bearer token; empty: none
 */
public record Webhook(Supplier<String> url, Supplier<String> token) {
  /** Where it leads, as far as that is no secret. */
  String host() {
    try {
      URI uri = URI.create(url.get());
      return uri.getScheme() + "://" + uri.getAuthority();
    } catch (IllegalArgumentException e) { // its file has changed
      return "webhook";
    }
  }
}
