package uk.onefileroutes.onefile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertPathBuilderException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.utils.DateUtils;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.shown.Causes;
import uk.onefileroutes.shown.Shown;

/**
 * Reads answers, which {@link AnswerLimits} has bounded, and never more of one than the most that
 * it lets pass: never with an exception, whatever they say. Thread-safe.
 */
public final class AnswerReader {
  private static final int MAX_MESSAGE = 300;
  private static final Pattern LIMIT =
      Pattern.compile("(?i)^retry-after$|rate-?limit|throttl|quota");

  /** The three forms of RFC 9110, 5.6.7. */
  private static final DateTimeFormatter[] HTTP_DATES = {
    DateUtils.FORMATTER_RFC1123,
    DateUtils.FORMATTER_RFC1036,
    DateUtils.FORMATTER_ASCTIME.withZone(ZoneOffset.UTC)
  };

  private final InstantSource clock;
  private final Consumer<Instant> farClock;
  private final ObjectMapper json = new ObjectMapper();

  public AnswerReader(InstantSource clock) {
    this(clock, there -> {});
  }

  /**
   * @param farClock told what time it is there, by each answer that says so
   */
  public AnswerReader(InstantSource clock, Consumer<Instant> farClock) {
    this.clock = clock;
    this.farClock = farClock;
  }

  /**
   * An answer.
   *
   * @param text its whole body; empty where there is none
   * @param limits its headers that are about limits of calls, by their names
   */
  record Read(Answer answer, String text, Map<String, String> limits) {
    /** No answer, or none that can be read. */
    Read(Answer answer) {
      this(answer, "", Map.of());
    }
  }

  /**
   * The answer that an exchange carries after its call: the HTTP message, or the exception in its
   * place.
   */
  Read read(Exchange exchange) {
    Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    Message message = exchange.getMessage();
    Integer status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
    if (failure != null || status == null) {
      return new Read(failure == null ? new Answer.Silence("no answer", true) : silence(failure));
    }
    hearTime(message.getHeader("Date", String.class));
    try {
      String body = bounded(message);
      String contentType = message.getHeader(Exchange.CONTENT_TYPE, "", String.class);
      String retryAfter = message.getHeader("Retry-After", String.class);
      return new Read(reply(status, retryAfter, contentType, body), body, limits(message));
    } catch (IOException e) {
      return new Read(new Answer.Silence("answer broke off after status " + status, true));
    }
  }

  /** Nobody documents which of them there are, if any: Retry-After and what speaks of a rate. */
  private static Map<String, String> limits(Message message) {
    Map<String, String> limits = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    message
        .getHeaders()
        .forEach(
            (name, value) -> {
              if (value != null && LIMIT.matcher(name).find()) {
                limits.put(name, String.valueOf(value));
              }
            });
    return limits;
  }

  private void hearTime(@Nullable String date) {
    // a gateway's own idea of a date says nothing
    @Nullable Instant there = date == null ? null : date(date);
    if (there != null) {
      farClock.accept(there);
    }
  }

  Answer.Reply reply(int status, @Nullable String retryAfter, String contentType, String body) {
    Instant retryAt = retryAfter == null ? null : retryAt(retryAfter.strip());
    String text = body.strip();
    boolean html =
        contentType.toLowerCase(Locale.ROOT).startsWith("text/html") || text.startsWith("<");
    if (html || text.isEmpty()) {
      return new Answer.Reply(status, retryAt, html, null, html ? "an HTML page" : "");
    }
    return error(status, retryAt, text);
  }

  private Answer.Reply error(int status, @Nullable Instant retryAt, String text) {
    try {
      JsonNode node = json.readTree(text);
      // Onefile writes {"code", "message"}, ASP.NET in front of it {"Message"}
      JsonNode code = node.path("code");
      JsonNode message = node.has("message") ? node.path("message") : node.path("Message");
      String sentence = message.isTextual() ? message.textValue() : text;
      return new Answer.Reply(
          status,
          retryAt,
          false,
          code.canConvertToInt() && code.isInt() ? code.intValue() : null,
          oneLine(sentence));
    } catch (JsonProcessingException e) { // not JSON: the text is the message
      return new Answer.Reply(status, retryAt, false, null, oneLine(text));
    }
  }

  /** Seconds, or a date in one of the three forms of HTTP; null for anything else. */
  private @Nullable Instant retryAt(String header) {
    if (header.matches("[0-9]+")) { // more than nine digits are as absurd as nine nines
      String digits = header.length() > 9 ? "999999999" : header;
      return clock.instant().plusSeconds(Long.parseLong(digits));
    }
    return date(header);
  }

  private static @Nullable Instant date(String text) {
    // C's asctime fills up a day of one digit with a space and names no zone: DateUtils misses both
    return DateUtils.parseDate(text.replaceAll(" +", " "), HTTP_DATES);
  }

  private static Answer.Silence silence(Exception failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && !isBeforeSending(cause) && !isAnswerCut(cause)) {
      cause = cause.getCause();
    }
    return new Answer.Silence(words(cause), !isBeforeSending(cause));
  }

  /** Says what happened better than its cause does. */
  private static boolean isAnswerCut(Throwable cause) {
    return cause instanceof BrokenAnswer || cause instanceof SocketTimeoutException;
  }

  private static boolean isBeforeSending(Throwable cause) {
    return cause instanceof ConnectException
        || cause instanceof ConnectTimeoutException
        || cause instanceof ConnectionRequestTimeoutException
        || cause instanceof UnknownHostException
        || cause instanceof NoRouteToHostException
        || cause instanceof SSLHandshakeException
        || cause instanceof SSLPeerUnverifiedException;
  }

  private static String words(Throwable cause) {
    if (cause instanceof SocketTimeoutException && !isBeforeSending(cause)) {
      return "no answer in time"; // whatever became of what was read of it by then
    }
    if (cause instanceof SSLHandshakeException && isUntrusted(cause)) {
      return "TLS failed, nothing was sent: no authority that is trusted here has signed the"
          + " certificate of the server. If a proxy or a test server of your own answers there,"
          + " name its authority with onefile.trust-store";
    }
    if (cause instanceof SSLHandshakeException || cause instanceof SSLPeerUnverifiedException) {
      return oneLine("TLS failed, nothing was sent: " + cause.getMessage());
    }
    if (cause instanceof ConnectTimeoutException) {
      return "no connection in time";
    }
    if (cause instanceof ConnectionRequestTimeoutException) {
      return "no free connection in time";
    }
    if (cause instanceof NoHttpResponseException) {
      return "the connection was closed without an answer";
    }
    return oneLine(Causes.words(cause));
  }

  /** Whether it is about who signed, not about a date or a name. */
  private static boolean isUntrusted(Throwable failure) {
    return Causes.find(failure, CertPathBuilderException.class) != null;
  }

  private static String bounded(Message message) throws IOException {
    Object body = message.getBody();
    if (body instanceof InputStream stream) {
      try (stream) {
        byte[] bytes = stream.readNBytes(AnswerLimits.MAX_FOUND_BYTES);
        return new String(bytes, StandardCharsets.UTF_8);
      }
    }
    String text = message.getBody(String.class);
    return text == null ? "" : text;
  }

  private static String oneLine(String text) {
    return Shown.line(text, MAX_MESSAGE);
  }
}
