package uk.onefileroutes.ports;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Whether a request was meant for this server and comes from its own pages or from no page, judged
 * before its login. A page of another site can make a browser call this server, by a name of its
 * own too (DNS rebinding), and the browser adds the login that it keeps. Immutable; knows no
 * server.
 */
public final class RequestGuard {
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  /** In the path; the query is read by the page that uses it. */
  private static final Pattern BROKEN_ESCAPE = Pattern.compile("^[^?]*%(?![0-9A-Fa-f]{2})");

  private final String host;
  private final Set<String> names;

  /**
   * For a server that is reached by the loopback's names and by the address that is called.
   *
   * @param host that it listens on: a further name of it
   * @param names by which people reach it otherwise, as by a proxy
   */
  public RequestGuard(String host, List<String> names) {
    this.host = plain(host);
    this.names = names.stream().map(RequestGuard::plain).collect(Collectors.toUnmodifiableSet());
  }

  /**
   * What is judged.
   *
   * @param method in capitals
   * @param target as it was sent
   * @param isEncrypted whether it came by TLS
   * @param localAddress that was called, without port
   * @param headers all values of a header, empty where there is none
   */
  record Received(
      String method,
      String target,
      boolean isEncrypted,
      String localAddress,
      Function<String, List<String>> headers) {
    List<String> all(String header) {
      return headers.apply(header);
    }

    /** Whether the header is there once, with this value. */
    boolean says(String header, String value) {
      return all(header).equals(List.of(value));
    }
  }

  /**
   * Why a request is refused.
   *
   * @param sentence for people
   */
  record Refusal(int status, String sentence) {}

  /** Empty where the request may pass on to the login. */
  Optional<Refusal> judge(Received received, boolean isLink) {
    if (!METHODS.contains(received.method)) {
      return refusal(405, "This server does not know this method.");
    }
    if (received.all("Host").size() != 1 || received.all("Authorization").size() > 1) {
      return refusal(400, "A request names its Host once, and its login at most once.");
    }
    if (BROKEN_ESCAPE.matcher(received.target).find()) {
      return refusal(400, "The path of this request can't be read.");
    }
    String called = received.all("Host").get(0);
    String absolute = authority(received.target);
    if (!absolute.isEmpty() && !plain(absolute).equals(plain(called))) {
      return refusal(400, "The request asks for one host and names another one.");
    }
    String name = plain(called);
    if (!isOurs(name, received.localAddress)) {
      return refusal(
          421,
          "The host that was asked for is not a name of this server. If people reach it by this"
              + " name, add it to the key management.names.");
    }
    // a proxy that ends TLS calls by http what browsers call by https
    boolean isSchemeOpen = names.contains(name);
    if (!isLink
        && !SameOrigin.admits(received.headers, called, received.isEncrypted, isSchemeOpen)) {
      return refusal(403, "Only this server's own pages may ask for this.");
    }
    return Optional.empty();
  }

  private static Optional<Refusal> refusal(int status, String sentence) {
    return Optional.of(new Refusal(status, sentence));
  }

  private boolean isOurs(String name, String localAddress) {
    return name.equals("localhost")
        || name.equals("::1")
        || name.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}")
        || name.equals(plain(localAddress))
        || (name.equals(host) && !name.equals("0.0.0.0"))
        || names.contains(name);
  }

  /** Of a target in absolute form; empty for any other. */
  private static String authority(String target) {
    if (target.startsWith("/") || target.equals("*")) {
      return "";
    }
    try {
      String authority = URI.create(target).getRawAuthority();
      return authority == null ? target : authority;
    } catch (IllegalArgumentException e) {
      return target;
    }
  }

  /** Without port and brackets, in small letters; of an address of IPv6 the canonical form. */
  static String plain(String host) {
    String name = host.strip().toLowerCase(Locale.ROOT);
    if (name.startsWith("[")) {
      int end = name.indexOf(']');
      return end < 0 || !name.substring(end + 1).matches("(:\\d*)?")
          ? name
          : address(name.substring(1, end));
    }
    if (name.indexOf(':') != name.lastIndexOf(':')) {
      return address(name);
    }
    int colon = name.indexOf(':');
    if (colon >= 0) {
      if (!name.substring(colon + 1).matches("\\d*")) {
        return name; // not a port: a name that nobody has
      }
      name = name.substring(0, colon);
    }
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  private static String address(String ip6) {
    if (!ip6.matches("[0-9a-f:.%a-z]+") || !ip6.contains(":")) {
      return ip6;
    }
    try {
      String text = InetAddress.getByName(ip6).getHostAddress();
      int zone = text.indexOf('%');
      String plain = zone < 0 ? text : text.substring(0, zone);
      return plain.equals("0:0:0:0:0:0:0:1") ? "::1" : plain;
    } catch (UnknownHostException e) {
      return ip6;
    }
  }
}
