package uk.onefileroutes.ports;

import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Jetty's own errors as a line of text, with the headers of all answers. */
final class PlainErrors extends ErrorHandler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    SafeHeaders.ALL.forEach(response.getHeaders()::put);
    response.getHeaders().put("Content-Type", "text/plain; charset=utf-8");
    Content.Sink.write(response, true, sentence(response.getStatus()) + "\n", callback);
    return true;
  }

  private static String sentence(int status) {
    return status + " " + HttpStatus.getMessage(status);
  }
}
