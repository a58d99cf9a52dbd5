package uk.onefileroutes.onefile;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;

/**
 * Bounds every answer, whatever the far side sends: 64 KiB, or 16 MiB of what a search found, and
 * so long from the first byte of the request to the last of the answer. What is longer is cut off
 * with its connection; nothing is drained. Camel finds this by its type and asks it for each
 * endpoint. Thread-safe.
 */
public final class AnswerLimits implements EndpointStrategy, ExecChainHandler {
  private static final int MAX_BYTES = 64 * 1024;
  private static final int MAX_FOUND_BYTES = 16 * 1024 * 1024; // a catalogue comes in one piece
  private static final String SEARCH = "/Search";

  // A connection that the far side closed meanwhile must not cost an attempt. The look costs up to
  // a millisecond, so calls that follow each other closely go without it.
  private static final TimeValue LOOK_AFTER_IDLE = TimeValue.ofMilliseconds(100);

  private final Duration answerTimeout;

  /**
   * @param answerTimeout for the whole answer; the client's own time-outs begin anew at each byte
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
            client.addExecInterceptorLast("answer-limits", this); // once it is connected
          });
      if (http.getClientConnectionManager() instanceof PoolingHttpClientConnectionManager pool) {
        pool.setDefaultConnectionConfig(
            ConnectionConfig.custom().setValidateAfterInactivity(LOOK_AFTER_IDLE).build());
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
                    scope.execRuntime.discardEndpoint(); // whoever reads from it gets an exception
                  }
                });
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
    if (entity == null) {
      return response;
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
}
