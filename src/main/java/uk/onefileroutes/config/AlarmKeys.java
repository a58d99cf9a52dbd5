package uk.onefileroutes.config;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import uk.onefileroutes.alarm.AlarmChannels;
import uk.onefileroutes.alarm.MailServer;
import uk.onefileroutes.alarm.MailServer.Security;
import uk.onefileroutes.alarm.Webhook;
import uk.onefileroutes.keys.Key;
import uk.onefileroutes.keys.KeyTable.Topic;
import uk.onefileroutes.keys.Keys;
import uk.onefileroutes.keys.Type;

/** The keys {@code alarm.*}: who is told of alarms. */
final class AlarmKeys {
  static final Topic TOPIC =
      new Topic(
          "who is told of alarms besides the log. What raises and clears them is in docs/alarms.md; how a notice reads is in routes/alarms.camel.yaml. The command test-alarms sends a test notice");

  private static final Map<Security, Integer> DEFAULT_PORTS =
      Map.of(Security.NONE, 25, Security.STARTTLS, 587, Security.TLS, 465);

  static final Key<String> INSTANCE =
      TOPIC.add(
          Key.of(
                  "alarm.instance",
                  Type.matching(
                      "[\\p{L}\\p{N} ._-]{1,64}",
                      "not a name; write letters, digits, spaces, . _ -, at most 64"))
              .example("onefile-routes-1")
              .absent("the name of the machine")
              .means("The name by which receivers of notices tell this installation from others."));

  static final Key<List<String>> TO =
      TOPIC.add(
          Key.of("alarm.mail.to", Type.addresses())
              .example("ops@example.org")
              .absent("no mail")
              .means("Who gets mails: addresses with commas between them."));

  static final Key<String> FROM =
      TOPIC.add(
          Key.of(
                  "alarm.mail.from",
                  Type.matching(
                      Type.ADDRESS, "not an address; write such as onefile-routes@example.org"))
              .example("onefile-routes@example.org")
              .needed("write the address that notices come from")
              .means("The sender of these mails; essential with alarm.mail.to."));

  static final Key<String> HOST =
      TOPIC.add(
          Key.of(
                  "alarm.mail.host",
                  Type.matching(
                      "[A-Za-z0-9.-]{1,253}",
                      "not the name of a server; write such as smtp.example.org"))
              .example("smtp.example.org")
              .needed("write the mail server's name")
              .means("The mail server; essential with alarm.mail.to."));

  static final Key<Security> SECURITY =
      TOPIC.add(
          Key.of("alarm.mail.security", Type.words(Security.values()))
              .orElse("starttls")
              .means(
                  "How the connection to it is encrypted: starttls (required, else nothing is sent), tls (from the first byte), none. Certificates are verified. none with a login is for the loopback only."));

  static final Key<Integer> PORT =
      TOPIC.add(
          Key.of("alarm.mail.port", Type.number(1, 65_535))
              .example("587")
              .absent("587 with starttls, 465 with tls, 25 with none")
              .means("Its port."));

  static final Key<String> USER =
      TOPIC.add(
          Key.text("alarm.mail.user")
              .example("onefile-routes")
              .absent("no login")
              .means("The login, where the server wants one."));

  static final Key<String> PASSWORD =
      TOPIC.add(
          Key.secret("alarm.mail.password")
              .means(
                  "The password of that login: rather from the environment (ALARM_MAIL_PASSWORD) or a file, which is read at each login."));

  static final Key<String> WEBHOOK_URL =
      TOPIC.add(
          Key.secret("alarm.webhook.url")
              .example("https://alerts.example.org/hook")
              .absent("no post")
              .means(
                  "Where notices are posted as JSON: https, or http to the loopback. Many receivers' addresses are secrets: rather from the environment (ALARM_WEBHOOK_URL) or a file, which is read at each call."));

  static final Key<String> TOKEN =
      TOPIC.add(
          Key.secret("alarm.webhook.token").means("A bearer token for it, where it wants one."));

  private AlarmKeys() {}

  static AlarmChannels channels(Keys keys) {
    Optional<MailServer> mail = mail(keys);
    Optional<Webhook> webhook = webhook(keys);
    boolean isWanted = mail.isPresent() || webhook.isPresent();
    String instance =
        keys.find(INSTANCE).orElseGet(() -> isWanted ? hostName() : AlarmChannels.OFF.instance());
    return new AlarmChannels(instance, mail, webhook);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return AlarmChannels.OFF.instance();
    }
  }

  private static Optional<MailServer> mail(Keys keys) {
    Security security = keys.get(SECURITY);
    Optional<Integer> port = keys.find(PORT);
    Optional<String> user = keys.find(USER);
    Supplier<String> password = keys.rereadSecret(PASSWORD);
    if (!keys.isSet(TO)) {
      refuseRest(keys, TO, Stream.of(FROM, HOST, USER, PASSWORD));
      return Optional.empty();
    }
    List<String> to = keys.find(TO).orElse(List.of());
    String from = keys.need(FROM).orElse("");
    String host = keys.need(HOST).orElse("");
    if (user.isPresent() && security == Security.NONE && !host.isEmpty() && !isLoopback(host)) {
      keys.refuse(SECURITY, "the password would travel in the clear", "write starttls or tls");
    }
    if (user.isEmpty() && password != null) {
      keys.fault(USER + ": missing; write who logs in, or remove " + PASSWORD);
    } else if (user.isPresent() && password == null) {
      keys.fault(
          PASSWORD
              + ": missing; set it in the environment, or name a file with "
              + PASSWORD
              + Key.FILE);
    }
    return Optional.of(
        new MailServer(
            to,
            from,
            host,
            port.orElse(DEFAULT_PORTS.getOrDefault(security, 587)),
            security,
            user.orElse(null),
            password == null ? () -> "" : password));
  }

  private static Optional<Webhook> webhook(Keys keys) {
    Supplier<String> url = keys.rereadSecret(WEBHOOK_URL);
    Supplier<String> token = keys.rereadSecret(TOKEN);
    if (url == null) {
      refuseRest(keys, WEBHOOK_URL, Stream.of(TOKEN));
      return Optional.empty();
    }
    refuseBadUrl(keys, url.get());
    return Optional.of(new Webhook(url, token == null ? () -> "" : token));
  }

  /** Without the URL, which is a secret of many receivers. */
  private static void refuseBadUrl(Keys keys, String url) {
    try {
      URI uri = URI.create(url);
      String host = uri.getHost();
      boolean isHttps = "https".equalsIgnoreCase(uri.getScheme());
      boolean isHttp = "http".equalsIgnoreCase(uri.getScheme());
      if (url.isEmpty()) {
        return; // found fault with already
      }
      if (host == null || uri.getUserInfo() != null || uri.getFragment() != null) {
        keys.fault(WEBHOOK_URL + ": not a plain URL; write it as https://host/path");
      } else if (!isHttps && !(isHttp && isLoopback(host))) {
        keys.fault(WEBHOOK_URL + ": not https; write https, http is for the loopback only");
      }
    } catch (IllegalArgumentException e) {
      keys.fault(WEBHOOK_URL + ": not a URL; write it as https://host/path");
    }
  }

  private static boolean isLoopback(String host) {
    return List.of("localhost", "127.0.0.1", "[::1]").contains(host.toLowerCase(Locale.ROOT));
  }

  private static void refuseRest(Keys keys, Key<?> missing, Stream<Key<?>> rest) {
    rest.flatMap(key -> key.names().stream())
        .filter(keys::isSet)
        .findFirst()
        .ifPresent(
            name ->
                keys.fault(
                    "%s: is set, but %s is missing; set both or none".formatted(name, missing)));
  }
}
