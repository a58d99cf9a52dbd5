package uk.onefileroutes.ports;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The management port's: nothing answers without the login but open probes, not even a path that
 * does not exist.
 */
final class ManagementGuard extends JettyGuard {
  private final LoginGuard logins;
  private final String refusal;
  private final OpenProbes probes;

  ManagementGuard(Access access, OpenProbes probes, Handler guarded) {
    super(access, "on the management port", guarded);
    this.logins = access.logins();
    this.refusal =
        "Log in with management.user and management.password"
            + (access.people().haveNames() ? ", or as somebody of management.users." : ".");
    this.probes = probes;
  }

  @Override
  boolean isLink(RequestGuard.Received received, String path) {
    return StatusPage.isLink(received, path);
  }

  @Override
  boolean judged(Request request, Response response, Callback callback, String path) {
    String login = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    if (login == null && probes.areAskedBy(request)) {
      probes.answer(request, response, callback);
    } else if (login == null) {
      refuseLogin(response, callback, "");
    } else {
      tryLogin(request, response, callback, login);
    }
    return true;
  }

  /** A browser asks its user then; which part was wrong is not said. */
  @Override
  void refuseLogin(Response response, Callback callback, String sentence) {
    response
        .getHeaders()
        .put(HttpHeader.WWW_AUTHENTICATE, "Basic realm=\"onefile-assignment-routes\"");
    answer(response, callback, 401, refusal);
  }

  @Override
  boolean loggedIn(Request request, Response response, Callback callback) {
    if (!logins.isKnown(request.getHeaders().get(HttpHeader.COOKIE))) {
      response.getHeaders().add(HttpHeader.SET_COOKIE, logins.cookie(request.isSecure()));
    }
    boolean isPreflight = request.getMethod().equals("OPTIONS"); // Jolokia would answer it
    if (isPreflight) {
      answer(response, callback, 405, "There is nothing to ask for by this method.");
    }
    return isPreflight;
  }
}
