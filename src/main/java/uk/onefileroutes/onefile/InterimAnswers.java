package uk.onefileroutes.onefile;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Reads past answers that only announce one (1xx), but not past any number of them. Thread-safe.
 */
final class InterimAnswers extends HttpRequestExecutor {
  private static final int MAX_INTERIM = 20; // a gateway or two may send 100, 102 and 103

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request,
      HttpClientConnection connection,
      @Nullable HttpResponseInformationCallback told,
      HttpContext context)
      throws IOException, HttpException {
    AtomicInteger count = new AtomicInteger();
    return super.execute(
        request,
        connection,
        (interim, from, within) -> {
          if (count.incrementAndGet() > MAX_INTERIM) {
            throw new ProtocolException("more than " + MAX_INTERIM + " interim answers (1xx)");
          }
          if (told != null) {
            told.execute(interim, from, within);
          }
        },
        context);
  }
}
