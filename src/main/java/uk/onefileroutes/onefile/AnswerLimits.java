package uk.onefileroutes.onefile;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Endpoint;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.spi.EndpointStrategy;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;

/**
 * Bounds every answer, whatever the server sends: 64 KiB, or 16 MiB of what a search found, and so
 * long from the first byte of the request to the last of the answer. What is longer is cut off with
 * its connection; nothing is drained. Nothing is ever unpacked, as the limits hold for the bytes
 * that came: a body is asked for as it is, and one that comes compressed all the same is not read.
 * Camel finds this by its type and asks it for each endpoint. Thread-safe.
 */
public final class AnswerLimits implements EndpointStrategy, ExecChainHandler {
  private static final int MAX_BYTES = 64 * 1024;
  static final int MAX_FOUND_BYTES = 16 * 1024 * 1024; // a catalogue comes in one piece
  private static final String SEARCH = "/Search";
  private static final String AS_IT_IS = "identity";

  // A connection that the server closed meanwhile must not cost an attempt. The check costs up to
  // a millisecond, so calls that follow each other closely go without it.
  private static final TimeValue VALIDATE_AFTER_IDLE = TimeValue.ofMilliseconds(100);

  private final Duration answerTimeout;

  /**
   * @param answerTimeout for the whole answer; the client's own time-outs begin again at each byte
   */
  public AnswerLimits(Duration answerTimeout) {
    this.answerTimeout = answerTimeout;
  }

  @Override
  public Endpoint registerEndpoint(String uri, Endpoint endpoint) {
    if (endpoint instanceof HttpEndpoint http) {
      @Nullable HttpClientConfigurer users = http.getHttpClientConfigurer();
      http.setHttpClientConfigurer(
          client -> {
            if (users != null) {
              users.configureHttpClient(client);
            }
            client.setRequestExecutor(new InterimAnswers());
            client.addExecInterceptorLast("answer-limits", this); // once it is connected
          });
      if (http.getClientConnectionManager() instanceof PoolingHttpClientConnectionManager pool) {
        pool.setDefaultConnectionConfig(
            ConnectionConfig.custom().setValidateAfterInactivity(VALIDATE_AFTER_IDLE).build());
      }
    }
    return endpoint;
  }

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    CompletableFuture<Boolean> whole = new CompletableFuture<>();
    CompletableFuture<Boolean> unused =
        whole
            .orTimeout(answerTimeout.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete(
                (inTime, late) -> {
                  if (late != null) {
                    scope.execRuntime.discardEndpoint(); // a reader of it gets an exception
                  }
                });
    request.setHeader(HttpHeaders.ACCEPT_ENCODING, AS_IT_IS); // without it any is welcome
    try {
      boolean isSearch = String.valueOf(request.getPath()).contains(SEARCH);
      return bounded(chain.proceed(request, scope), scope, isSearch ? MAX_FOUND_BYTES : MAX_BYTES);
    } catch (IOException | RuntimeException e) {
      if (whole.isCompletedExceptionally()) {
        throw (IOException) new SocketTimeoutException("not within the time").initCause(e);
      }
      throw e;
    } finally {
      boolean unusedToo = whole.complete(true);
    }
  }

  /** The answer with what was read of its body; the connection is free again, or cut. */
  private static ClassicHttpResponse bounded(
      ClassicHttpResponse response, ExecChain.Scope scope, int most) throws IOException {
    @Nullable HttpEntity entity = response.getEntity();
    Optional<String> encoding = encoding(response);
    response.removeHeaders(HttpHeaders.CONTENT_ENCODING); // a reader that finds it would unpack
    if (entity == null) {
      return response;
    }
    if (encoding.isPresent()) {
      scope.execRuntime.discardEndpoint();
      return unread(response, encoding.get());
    }
    byte[] bytes;
    try {
      @Nullable InputStream content = entity.getContent();
      bytes = content == null ? new byte[0] : content.readNBytes(most + 1);
    } catch (IOException e) {
      throw new BrokenAnswer(response.getCode(), e);
    }
    if (bytes.length <= most) {
      scope.execRuntime.releaseEndpoint();
    } else {
      scope.execRuntime.discardEndpoint(); // closing the stream would read it to its end
      bytes = Arrays.copyOf(bytes, most);
    }
    response.setEntity(
        new ByteArrayEntity(bytes, ContentType.parseLenient(entity.getContentType())));
    return response;
  }

  /** How the body is encoded; empty if it comes as it is. */
  private static Optional<String> encoding(ClassicHttpResponse response) {
    String codings =
        Stream.of(response.getHeaders(HttpHeaders.CONTENT_ENCODING))
            .map(Header::getValue)
            .flatMap(value -> Stream.of(value.split(",", -1)))
            .map(String::strip)
            .filter(coding -> !coding.isEmpty() && !coding.equalsIgnoreCase(AS_IT_IS))
            .collect(Collectors.joining(", "));
    return codings.isEmpty() ? Optional.empty() : Optional.of(codings);
  }

  /**
   * An answer whose body is encoded. A success that can't be read is none; any other status says
   * enough by itself.
   */
  private static ClassicHttpResponse unread(ClassicHttpResponse response, String encoding)
      throws BrokenAnswer {
    if (response.getCode() / 100 == 2) {
      throw BrokenAnswer.encoded(response.getCode(), encoding);
    }
    response.setEntity(
        new StringEntity(
            "its words came as %s, which was not asked for, and were not read".formatted(encoding),
            ContentType.TEXT_PLAIN));
    return response;
  }
}
