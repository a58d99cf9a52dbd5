package uk.onefileroutes.config;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.keys.Key;
import uk.onefileroutes.keys.Key.Group;
import uk.onefileroutes.keys.KeyTable.Topic;
import uk.onefileroutes.keys.Keys;
import uk.onefileroutes.keys.Type;
import uk.onefileroutes.onefile.AlreadyAssigned;
import uk.onefileroutes.onefile.PathUser;
import uk.onefileroutes.tls.Trusted;
import uk.onefileroutes.tls.UnusableStore;

/** The keys of Onefile: where it is, how it is asked, and in which centre. */
final class OnefileKeys {
  static final Topic TOPIC = new Topic("Onefile");

  static final Key<String> BASE_URL =
      TOPIC.add(
          Key.text("onefile.base-url")
              .in(Group.ESSENTIAL)
              .example("https://wsapi2.onefile.co.uk/api/v2.1")
              .needed(
                  "write https://wsapi2.onefile.co.uk/api/v2.1 for Practice, https://wsapi.onefile.co.uk/api/v2.1 for Live")
              .means(
                  "Where Onefile is, with the version and without a slash at the end: https; http only to 127.0.0.1, [::1] or localhost. Beta is https://wsapibeta.onefile.co.uk/api/v2.1, Practice https://wsapi2.onefile.co.uk/api/v2.1, Live https://wsapi.onefile.co.uk/api/v2.1."));

  static final Key<String> CUSTOMER_TOKEN =
      TOPIC.add(
          Key.secret("onefile.customer-token")
              .in(Group.ESSENTIAL)
              .needed(
                  "set it in the environment as ONEFILE_CUSTOMER_TOKEN, or name a file with onefile.customer-token-file")
              .means(
                  "The customer token. Onefile gives one for each environment; that of Practice is no use at Live. Set ONEFILE_CUSTOMER_TOKEN rather than writing it here, or name a file with it, which is read again at each login, so that a new token needs no restart."));

  static final Key<PathUser> PATH_USER =
      TOPIC.add(
          Key.of(
                  "onefile.assign.path-user",
                  Type.words("assignee", PathUser.ASSIGNEE, "learner", PathUser.LEARNER))
              .orElse("assignee")
              .in(Group.COMMON)
              .means(
                  "Whose id stands in the path of POST User/{id}/Assign. Prove it on the Practice server before you go live; docs/the-id-question.md says how. If it is wrong, Onefile refuses the rows or assigns the wrong way round."));

  static final Key<String> ASSIGNEE_FIELD =
      TOPIC.add(
          Key.of("onefile.assign.assignee-field", Type.text(OnefileKeys::member).verbatim())
              .orElse("UserID")
              .means(
                  "The member of the body that carries the assignee where onefile.assign.path-user=learner; unused otherwise. A letter, then letters, digits and _, at most 64. It may be empty: that sends exactly the documented body, in which no assignee stands."));

  static final Key<Boolean> CHECK_AIMS =
      TOPIC.add(
          Key.of("onefile.check-aims", Type.flag())
              .orElse("false")
              .means(
                  "Whether Onefile is asked for a learner's aims before a level 3 assignment is sent. Where it lists none of the standard, the assignment is not sent but invalid with AIM_NOT_FOUND, in place of whatever Onefile would refuse it with. A call or two for each learner; where the aims can't be read, the assignment waits and is tried again, and after delivery.retry.attempts it is blocked."));

  static final Key<String> TRUST_STORE =
      TOPIC.add(
          Key.text("onefile.trust-store")
              .example("/etc/onefile-assignment-routes/authority.pem")
              .means(
                  "Whose certificates are trusted as Onefile's, in place of the authorities that Java knows: a file in PEM, PKCS #12 or JKS. Only needed where a proxy or a test server with an authority of its own answers. The host's name is compared in any case."));

  static final Key<String> TRUST_STORE_PASSWORD =
      TOPIC.add(
          Key.secret("onefile.trust-store-password")
              .means("The password of that file, where it has one."));

  static final Key<Integer> ORGANISATION =
      TOPIC.add(
          Key.of("onefile.organisation-id", Type.number(1, Integer.MAX_VALUE))
              .example("1234")
              .means(
                  "The id of the centre in which MIS values, e-mail addresses and titles of files are looked up; a feed may name another. Without it files need ids."));

  static final Key<Integer> PAGE_SIZE =
      TOPIC.add(
          Key.of("directory.page-size", Type.number(1, 500))
              .orElse("50")
              .means("Accounts that one look-up call asks for.")
              .raised("Fewer calls, if Onefile gives so many."));

  static final Key<Optional<LocalTime>> REFRESH_AT =
      TOPIC.add(
          Key.of("directory.refresh.at", Type.timeOrNever())
              .orElse("05:00")
              .means(
                  "When accounts, standards and units are read again, once a file needed them: a time of day on the clocks of delivery.zone, or never. They are also read again, once, for a file that names what they don't know."));

  static final Key<Duration> CONNECT_TIMEOUT =
      TOPIC.add(
          Key.of("onefile.connect-timeout", Type.duration("1s", "5m"))
              .orElse("10s")
              .means("How long to try to reach Onefile.")
              .raised("An outage is noticed later."));

  static final Key<Duration> ANSWER_TIMEOUT =
      TOPIC.add(
          Key.of("onefile.answer-timeout", Type.duration("1s", "15m"))
              .orElse("90s")
              .means(
                  "How long to wait for an answer, from the request to its last byte, also for one that drips; after that it counts as lost.")
              .raised(
                  "Fewer answers are lost to a slow Onefile, and a call that hangs holds its worker longer. Lowered: more requests are sent twice."));

  static final Key<Duration> RENEW_AFTER =
      TOPIC.add(
          Key.of("onefile.renew-after", Type.duration("1s", "1d"))
              .orElse("23h")
              .means(
                  "The age at which a session is replaced by a login before the next call. Onefile's sessions end after 24 hours; if yours end sooner, set less than that.")
              .raised("If longer than Onefile's sessions live, each end costs a refused call."));

  static final Key<Set<Integer>> RENEW_ON =
      TOPIC.add(
          Key.of("onefile.renew-on", Type.numbers(400, 499))
              .orElse("401")
              .means(
                  "HTTP statuses that mean \"log in again\", with commas between them. Add 403 only if Onefile is seen to answer that to an old session: each one found here costs a login and a second call."));

  static final Key<Set<Integer>> ALREADY_CODES =
      TOPIC.add(
          Key.of(
                  "onefile.already-assigned.codes",
                  Type.numbers(Integer.MIN_VALUE, Integer.MAX_VALUE))
              .example("-123")
              .means(
                  "Codes of Onefile's errors that mean \"this is assigned already\" and count as sent, with commas between them. Without it no error counts as sent. If they match too much, refused rows are reported as sent."));

  static final Key<Pattern> ALREADY_PATTERN =
      TOPIC.add(
          Key.of("onefile.already-assigned.pattern", Type.text(OnefileKeys::pattern))
              .example("(?i)already assigned")
              .means("The same by a regular expression that is found in the error's message."));

  private OnefileKeys() {}

  static OnefileAccess onefile(Keys keys) {
    return new OnefileAccess(
        baseUrl(keys),
        customerToken(keys),
        trusted(keys),
        new OnefileAccess.AssignForm(keys.get(PATH_USER), keys.get(ASSIGNEE_FIELD)),
        new OnefileAccess.Timeouts(
            keys.get(CONNECT_TIMEOUT), keys.get(ANSWER_TIMEOUT), keys.get(RENEW_AFTER)));
  }

  static Configuration.Directory directory(Keys keys) {
    return new Configuration.Directory(
        keys.find(ORGANISATION).orElse(null), keys.get(PAGE_SIZE), keys.get(REFRESH_AT));
  }

  static AlreadyAssigned alreadyAssigned(Keys keys) {
    return new AlreadyAssigned(
        keys.find(ALREADY_CODES).orElse(Set.of()), keys.find(ALREADY_PATTERN).orElse(null));
  }

  /** Even a faulty one, as other keys are judged by it. */
  private static String baseUrl(Keys keys) {
    String url = keys.need(BASE_URL).orElse("");
    if (url.isEmpty()) {
      return url;
    }
    try {
      URI uri = URI.create(url);
      String host = uri.getHost();
      if (host == null || uri.getQuery() != null || uri.getUserInfo() != null) {
        keys.refuse(BASE_URL, "not a plain URL", "write it as https://host/api/v2.1");
      } else if (!"https".equals(uri.getScheme()) && !isLoopback(uri.getScheme(), host)) {
        keys.refuse(BASE_URL, "not https", "write https; http is for the loopback only");
      } else if (!String.valueOf(uri.getPath()).endsWith("/api/v2.1")) {
        keys.refuse(
            BASE_URL, "does not end in /api/v2.1", "add the version, without a slash behind it");
      }
    } catch (IllegalArgumentException e) {
      keys.refuse(BASE_URL, "not a URL", "write it as https://host/api/v2.1");
    }
    return url;
  }

  private static boolean isLoopback(@Nullable String scheme, String host) {
    return "http".equals(scheme)
        && (host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]"));
  }

  private static Supplier<String> customerToken(Keys keys) {
    Supplier<String> token = keys.rereadSecret(CUSTOMER_TOKEN);
    if (token == null) {
      keys.fault(CUSTOMER_TOKEN + ": missing; " + CUSTOMER_TOKEN.text().remedy());
      return () -> "";
    }
    return token;
  }

  private static Trusted trusted(Keys keys) {
    Optional<String> file = keys.find(TRUST_STORE);
    String password = keys.secret(TRUST_STORE_PASSWORD);
    if (file.isEmpty()) {
      if (password != null) {
        keys.fault(
            TRUST_STORE_PASSWORD + ": there is no " + TRUST_STORE + "; add that or remove this");
      }
      return Trusted.BY_JAVA;
    }
    try {
      return Trusted.in(Path.of(file.get()), password == null ? "" : password);
    } catch (UnusableStore | InvalidPathException e) {
      keys.fault(TRUST_STORE + "=" + file.get() + ": " + e.getMessage());
      return Trusted.BY_JAVA;
    }
  }

  private static String member(String text) {
    String field = text.strip();
    if (!field.matches("[A-Za-z][A-Za-z0-9_]{0,63}|")) {
      throw new IllegalArgumentException(
          "not the name of a member; write letters and digits, such as UserID");
    }
    return field;
  }

  private static Pattern pattern(String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "not a regular expression: " + e.getDescription() + "; correct it", e);
    }
  }
}
