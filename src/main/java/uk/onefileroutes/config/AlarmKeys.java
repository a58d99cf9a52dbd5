package uk.onefileroutes.config;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.alarm.AlarmChannels;
import uk.onefileroutes.alarm.MailServer;
import uk.onefileroutes.alarm.MailServer.Security;
import uk.onefileroutes.alarm.Webhook;
import uk.onefileroutes.keys.Keys;
import uk.onefileroutes.keys.Secrets;

/** Reads the keys {@code alarm.*}: who is told of alarms. */
final class AlarmKeys {
  private static final String INSTANCE = "alarm.instance";
  private static final String TO = "alarm.mail.to";
  private static final String FROM = "alarm.mail.from";
  private static final String HOST = "alarm.mail.host";
  private static final String PORT = "alarm.mail.port";
  private static final String SECURITY = "alarm.mail.security";
  private static final String USER = "alarm.mail.user";
  private static final String PASSWORD = "alarm.mail.password";
  private static final String URL = "alarm.webhook.url";
  private static final String TOKEN = "alarm.webhook.token";

  private static final String ADDRESS = "[^\\s@,;<>\"]{1,64}@[^\\s@,;<>\"]{1,255}";
  private static final Map<Security, Integer> USUAL_PORTS =
      Map.of(Security.NONE, 25, Security.STARTTLS, 587, Security.TLS, 465);

  private final Keys keys;
  private final Secrets secrets;

  AlarmKeys(Keys keys, Secrets secrets) {
    this.keys = keys;
    this.secrets = secrets;
  }

  AlarmChannels channels() {
    Optional<MailServer> mail = mail();
    Optional<Webhook> webhook = webhook();
    return new AlarmChannels(instance(mail.isPresent() || webhook.isPresent()), mail, webhook);
  }

  private String instance(boolean isAsked) {
    String name = keys.value(INSTANCE);
    if (name == null || name.isEmpty()) {
      return isAsked ? hostName() : AlarmChannels.OFF.instance();
    }
    if (!name.matches("[\\p{L}\\p{N} ._-]{1,64}")) {
      keys.fault(INSTANCE, "not a name", "write letters, digits, spaces, . _ -, at most 64");
    }
    return name;
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return AlarmChannels.OFF.instance();
    }
  }

  private Optional<MailServer> mail() {
    String to = text(TO);
    String from = text(FROM);
    String host = text(HOST);
    Security security =
        keys.oneOf(
            SECURITY,
            Map.of("none", Security.NONE, "starttls", Security.STARTTLS, "tls", Security.TLS),
            "starttls");
    int port = (int) keys.number(PORT, 0, 1, 65_535); // 0: that of the security
    String user = text(USER);
    Supplier<String> password = secrets.reread(PASSWORD);
    if (to == null) {
      refuseRest(TO, FROM, HOST, USER, PASSWORD, PASSWORD + "-file");
      return Optional.empty();
    }
    List<String> recipients = Arrays.stream(to.split(",", -1)).map(String::strip).toList();
    if (!recipients.stream().allMatch(each -> each.matches(ADDRESS))) {
      keys.fault(TO, "not addresses with commas between them", "write such as ops@example.org");
    }
    if (from == null) {
      keys.fault(FROM + ": missing; write the address that notices come from");
    } else if (!from.matches(ADDRESS)) {
      keys.fault(FROM, "not an address", "write such as onefile-routes@example.org");
    }
    if (host == null) {
      keys.fault(HOST + ": missing; write the mail server's name");
    } else if (!host.matches("[A-Za-z0-9.-]{1,253}")) {
      keys.fault(HOST, "not the name of a server", "write such as smtp.example.org");
    } else if (user != null && security == Security.NONE && !isLoopback(host)) {
      keys.fault(SECURITY, "the password would travel in the clear", "write starttls or tls");
    }
    if (user == null && password != null) {
      keys.fault(USER + ": missing; write who logs in, or remove " + PASSWORD);
    } else if (user != null && password == null) {
      keys.fault(
          PASSWORD
              + ": missing; set it in the environment, or name a file with "
              + PASSWORD
              + "-file");
    }
    return Optional.of(
        new MailServer(
            recipients,
            String.valueOf(from),
            String.valueOf(host),
            port == 0 ? USUAL_PORTS.getOrDefault(security, 587) : port,
            security,
            user,
            password == null ? () -> "" : password));
  }

  private Optional<Webhook> webhook() {
    Supplier<String> url = secrets.reread(URL);
    Supplier<String> token = secrets.reread(TOKEN);
    if (url == null) {
      refuseRest(URL, TOKEN, TOKEN + "-file");
      return Optional.empty();
    }
    refuseBadUrl(url.get());
    return Optional.of(new Webhook(url, token == null ? () -> "" : token));
  }

  /** Without the URL, which is a secret of many receivers. */
  private void refuseBadUrl(String url) {
    try {
      URI uri = URI.create(url);
      String host = uri.getHost();
      boolean isHttps = "https".equalsIgnoreCase(uri.getScheme());
      boolean isHttp = "http".equalsIgnoreCase(uri.getScheme());
      if (url.isEmpty()) {
        return; // found fault with already
      }
      if (host == null || uri.getUserInfo() != null || uri.getFragment() != null) {
        keys.fault(URL + ": not a plain URL; write it as https://host/path");
      } else if (!isHttps && !(isHttp && isLoopback(host))) {
        keys.fault(URL + ": not https; write https, http is for the loopback only");
      }
    } catch (IllegalArgumentException e) {
      keys.fault(URL + ": not a URL; write it as https://host/path");
    }
  }

  private static boolean isLoopback(String host) {
    return List.of("localhost", "127.0.0.1", "[::1]").contains(host.toLowerCase(Locale.ROOT));
  }

  private void refuseRest(String missing, String... rest) {
    Arrays.stream(rest)
        .filter(key -> !keys.untouched(key).isEmpty())
        .findFirst()
        .ifPresent(
            key ->
                keys.fault(
                    "%s: is set, but %s is missing; set both or none".formatted(key, missing)));
  }

  private @Nullable String text(String key) {
    String value = keys.value(key);
    return value == null || value.isEmpty() ? null : value;
  }
}
