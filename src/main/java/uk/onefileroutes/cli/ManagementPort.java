package uk.onefileroutes.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.management.Caller;

/**
 * The way to an instance's management port. By Java's old HTTP client on purpose: the new one reads
 * all authorities that Java trusts before it says a word, also where no TLS is spoken, which is a
 * quarter of the time of {@code status}. Thread-safe.
 *
 * @param address where it takes requests
 * @param tls whom to trust; null where {@code address} is http
 * @param login user and password, with a colon between them
 */
record ManagementPort(URI address, @Nullable SSLContext tls, String login) {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  // a cancel of a million rows takes a while
  private static final Duration ANSWER = Duration.ofMinutes(10);

  /** What came back. */
  record Answer(int status, String body) {}

  /**
   * Sends a request, once.
   *
   * @param json what is asked
   * @throws java.net.ConnectException if nobody listens
   * @throws IOException if there is no answer
   */
  Answer post(String json) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) address.toURL().openConnection(Proxy.NO_PROXY);
    if (tls != null && connection instanceof HttpsURLConnection https) {
      https.setSSLSocketFactory(tls.getSocketFactory());
    }
    connection.setConnectTimeout(Math.toIntExact(CONNECT.toMillis()));
    connection.setReadTimeout(Math.toIntExact(ANSWER.toMillis()));
    connection.setInstanceFollowRedirects(false);
    connection.setRequestMethod("POST");
    connection.setRequestProperty(
        "Authorization",
        "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
    connection.setRequestProperty("Content-Type", "application/json");
    connection.setRequestProperty(
        Caller.HEADER, Caller.COMMAND + Caller.ofProcess("command").who());
    byte[] request = json.getBytes(StandardCharsets.UTF_8);
    // a verb must not be called twice: Java would send what it has buffered again if it found the
    // connection closed
    connection.setFixedLengthStreamingMode(request.length);
    connection.setDoOutput(true);
    try (OutputStream out = connection.getOutputStream()) {
      out.write(request);
    }
    int status = connection.getResponseCode();
    try (InputStream in =
        status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
      return new Answer(
          status, in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Override
  public String toString() {
    return address.toString(); // never the login
  }
}
