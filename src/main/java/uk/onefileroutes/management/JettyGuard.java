package uk.onefileroutes.management;

import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.URIUtil;

/** What {@link Access} says, for the console's server: nothing comes past it. */
final class JettyGuard extends Handler.Wrapper {
  private static final String PLACE = "at the console";

  /** Where Hawtio's own form logs in. */
  private static final String FORM = Console.CONTEXT + "/auth/login";

  /** Here Hawtio reads a login too, where a request has it. */
  private static final String ANOTHER_LOGIN = "X-Jolokia-Authorization";

  private final Access access;
  private final JettyConnections connections;

  JettyGuard(Access access, JettyConnections connections, Handler guarded) {
    super(guarded);
    this.access = access;
    this.connections = connections;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    connections.asked(request);
    String path = path(request);
    RequestGuard.Asked asked =
        new RequestGuard.Asked(
            request.getMethod(),
            request.getHttpURI().asString(),
            request.isSecure(),
            Request.getLocalAddr(request),
            request.getHeaders()::getValuesList);
    Optional<RequestGuard.Refusal> refusal = access.requests().judge(asked, isLink(asked, path));
    if (refusal.isPresent()) {
      answer(response, callback, refusal.get().status(), refusal.get().sentence());
      return true;
    }
    if (request.getHeaders().contains(ANOTHER_LOGIN)) {
      answer(response, callback, 400, "Log in by the header Authorization.");
      return true;
    }
    if (request.getMethod().equals("OPTIONS")) { // Hawtio lets these pass its login
      answer(response, callback, 403, "There is nothing to ask for by this method.");
      return true;
    }
    String header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    boolean isForm = path.equals(FORM) && request.getMethod().equals("POST");
    if (header == null && !isForm) {
      return super.handle(request, response, callback);
    }
    Optional<Login.Given> given = Optional.empty();
    if (header != null) {
      given = Login.ofHeader(header);
      if (given.isEmpty()) {
        answer(response, callback, 403, "This login can't be read.");
        return true;
      }
    }
    Attempt attempt = new Attempt(request, response, callback, given);
    String cookies = request.getHeaders().get(HttpHeader.COOKIE);
    if (!access.logins().admit(PLACE, Request.getRemoteAddr(request), cookies, attempt)) {
      response
          .getHeaders()
          .put(HttpHeader.RETRY_AFTER, LoginGuard.RETRY_AFTER.toSeconds())
          .put(HttpHeader.CONNECTION, "close");
      answer(response, callback, 429, LoginGuard.TOO_MANY);
    }
    return true;
  }

  /** As the servlets see it, with whatever tricks resolved: they are chosen by the same text. */
  private static String path(Request request) {
    String path = request.getHttpURI().getCanonicalPath();
    return path == null ? "" : URIUtil.decodePath(path);
  }

  /** Whether somebody follows a link to a page, from wherever: that shows it, and does nothing. */
  private static boolean isLink(RequestGuard.Asked asked, String path) {
    return asked.method().equals("GET")
        && asked.says("Sec-Fetch-Mode", "navigate")
        && !path.startsWith(Console.CONTEXT + "/jolokia");
  }

  private static void answer(Response response, Callback callback, int status, String sentence) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
    Content.Sink.write(response, true, sentence + "\n", callback);
  }

  private boolean goOn(Request request, Response response, Callback callback) throws Exception {
    return super.handle(request, response, callback);
  }

  private final class Attempt implements LoginGuard.Attempt {
    private final Request request;
    private final Response response;
    private final Callback callback;

    /** Empty: the form, which Hawtio reads. */
    private final Optional<Login.Given> given;

    Attempt(Request request, Response response, Callback callback, Optional<Login.Given> given) {
      this.request = request;
      this.response = response;
      this.callback = callback;
      this.given = given;
    }

    @Override
    public boolean isGone() {
      return !request.getConnectionMetaData().getConnection().getEndPoint().isOpen();
    }

    @Override
    public void onTurn(LoginGuard.Turn turn) {
      request.getContext().execute(() -> look(turn));
    }

    private void look(LoginGuard.Turn turn) {
      if (given.isPresent()) {
        boolean isRight = access.login().accepts(given.get());
        turn.end(isRight);
        if (!isRight) {
          answer(response, callback, 403, "Wrong user or password.");
          return;
        }
      }
      // Hawtio answers 200 to the right login and nothing else
      Callback end =
          Callback.from(callback, () -> turn.end(response.getStatus() == HttpStatus.OK_200));
      try {
        if (!goOn(request, response, end)) {
          Response.writeError(request, response, end, HttpStatus.NOT_FOUND_404);
        }
      } catch (Exception e) {
        Response.writeError(request, response, end, e);
      }
    }
  }
}
