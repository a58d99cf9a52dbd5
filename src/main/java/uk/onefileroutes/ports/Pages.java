package uk.onefileroutes.ports;

import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.URIUtil;
import org.jspecify.annotations.Nullable;

/** Answers GET at fixed paths; slashes that are doubled, or at the end, do not matter. */
final class Pages extends Handler.Abstract {
  private final Map<String, Page> pages;

  Pages(Map<String, Page> pages) {
    this.pages = Map.copyOf(pages);
  }

  /** What is at one path. Thread-safe. */
  @FunctionalInterface
  interface Page {
    Answer answer(Request request) throws Exception;
  }

  /**
   * An answer; may be given again.
   *
   * @param headers beside those of all answers
   */
  record Answer(int status, Map<String, String> headers, ByteBuffer body) {
    static Answer of(int status, String contentType, byte[] body) {
      return new Answer(status, Map.of("Content-Type", contentType), ByteBuffer.wrap(body));
    }
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Page page = page(URIUtil.compactPath(Request.getPathInContext(request)));
    if (page == null) {
      return false;
    }
    if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
      response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
      Response.writeError(request, response, callback, HttpStatus.METHOD_NOT_ALLOWED_405);
      return true;
    }
    Answer answer = page.answer(request);
    response.setStatus(answer.status);
    answer.headers.forEach(response.getHeaders()::put);
    response.write(true, answer.body.slice(), callback);
    return true;
  }

  private @Nullable Page page(String path) {
    Page page = pages.get(path);
    return page == null && path.endsWith("/")
        ? pages.get(path.substring(0, path.length() - 1))
        : page;
  }
}
