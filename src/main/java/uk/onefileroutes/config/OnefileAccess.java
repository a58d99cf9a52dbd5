package uk.onefileroutes.config;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import uk.onefileroutes.onefile.PathUser;
import uk.onefileroutes.pace.Rate;
import uk.onefileroutes.tls.Trusted;

/**
 * Where Onefile is and how it wants to be asked.
 *
 * @param baseUrl with the version, without a trailing slash
 * @param customerToken read again at each login
 * @param trusted whose certificates are trusted as its
 */
public record OnefileAccess(
    String baseUrl,
    Supplier<String> customerToken,
    Trusted trusted,
    AssignForm form,
    Timeouts timeouts) {
  private static final Rate ONEFILES_LIMIT = new Rate(300);
  private static final String LIVE = "wsapi.onefile.co.uk";

  /** The highest pace that may be set: Onefile's documented limit, unless it is not Onefile. */
  public Rate highestRate() {
    return highestRateOf(baseUrl);
  }

  /** Where people are assigned in earnest. */
  public boolean isLive() {
    return isLive(baseUrl);
  }

  static boolean isLive(String baseUrl) {
    try {
      String host = String.valueOf(URI.create(baseUrl).getHost());
      return LIVE.equalsIgnoreCase(host.endsWith(".") ? host.replaceAll("\\.+$", "") : host);
    } catch (IllegalArgumentException e) {
      return false; // found fault with already
    }
  }

  static Rate highestRateOf(String baseUrl) {
    try {
      String host = String.valueOf(URI.create(baseUrl).getHost()).toLowerCase(Locale.ROOT);
      return host.equals("onefile.co.uk") || host.endsWith(".onefile.co.uk")
          ? ONEFILES_LIMIT
          : Rate.UNLIMITED;
    } catch (IllegalArgumentException e) {
      return Rate.UNLIMITED; // found fault with already
    }
  }

  /**
   * How Onefile wants an assignment written.
   *
   * @param pathUser whose id stands in the path
   * @param assigneeField the member of the body that names who is assigned; empty: none
   */
  public record AssignForm(PathUser pathUser, String assigneeField) {}

  /**
   * How long is waited for Onefile.
   *
   * @param connect for reaching it
   * @param answer for an answer
   * @param session the age at which a session is replaced by a login, unasked
   */
  public record Timeouts(Duration connect, Duration answer, Duration session) {}
}
