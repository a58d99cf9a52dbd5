package uk.onefileroutes.ports;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The console's: who has not logged in gets as far as Hawtio's form. */
final class ConsoleGuard extends JettyGuard {
  /** Where Hawtio's own form logs in. */
  private static final String FORM = Console.CONTEXT + "/auth/login";

  /** Hawtio reads a login here too, where a request has it. */
  private static final String ANOTHER_LOGIN = "X-Jolokia-Authorization";

  ConsoleGuard(Access access, Handler guarded) {
    super(access, "at the console", guarded);
  }

  @Override
  boolean isLink(RequestGuard.Received received, String path) {
    return received.method().equals("GET")
        && received.says("Sec-Fetch-Mode", "navigate")
        && !path.startsWith(Console.CONTEXT + "/jolokia");
  }

  @Override
  boolean judged(Request request, Response response, Callback callback, String path)
      throws Exception {
    String login = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    if (request.getHeaders().contains(ANOTHER_LOGIN)) {
      answer(response, callback, 400, "Log in by the header Authorization.");
    } else if (request.getMethod().equals("OPTIONS")) { // Hawtio lets these pass its login
      answer(response, callback, 403, "There is nothing to ask for by this method.");
    } else if (login != null) {
      tryLogin(request, response, callback, login);
    } else if (path.equals(FORM) && request.getMethod().equals("POST")) {
      letTryLogin(request, response, callback);
    } else {
      return pass(request, response, callback);
    }
    return true;
  }

  @Override
  void refuseLogin(Response response, Callback callback, String sentence) {
    answer(response, callback, 403, sentence);
  }
}
