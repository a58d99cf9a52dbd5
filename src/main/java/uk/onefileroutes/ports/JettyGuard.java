package uk.onefileroutes.ports;

import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.URIUtil;

/** Applies {@link Access} at a port: no request passes it unjudged, and no login unbounded. */
abstract class JettyGuard extends Handler.Wrapper {
  private final Access access;
  private final String place;

  /**
   * One for one server.
   *
   * @param place the port, for the log
   */
  JettyGuard(Access access, String place, Handler guarded) {
    super(guarded);
    this.access = access;
    this.place = place;
  }

  /** Whether somebody follows a link to a page, from wherever: that shows it, and does nothing. */
  abstract boolean isLink(RequestGuard.Received received, String path);

  /** A request that was judged, its login not yet: answers it, passes it on, or tries its login. */
  abstract boolean judged(Request request, Response response, Callback callback, String path)
      throws Exception;

  /** Answers a login that is wrong or can't be read. */
  abstract void refuseLogin(Response response, Callback callback, String sentence);

  /** A request with the right login is about to pass. Returns whether it was answered here. */
  boolean loggedIn(Request request, Response response, Callback callback) {
    return false;
  }

  @Override
  public final boolean handle(Request request, Response response, Callback callback)
      throws Exception {
    String path = path(request);
    RequestGuard.Received received =
        new RequestGuard.Received(
            request.getMethod(),
            request.getHttpURI().asString(),
            request.isSecure(),
            Request.getLocalAddr(request),
            request.getHeaders()::getValuesList);
    Optional<RequestGuard.Refusal> refusal =
        access.requests().judge(received, isLink(received, path));
    if (refusal.isPresent()) {
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
      answer(response, callback, refusal.get().status(), refusal.get().sentence());
      return true;
    }
    return judged(new WithoutOrigin(request), response, callback, path);
  }

  /** Tries the login that the header says. */
  final void tryLogin(Request request, Response response, Callback callback, String header) {
    Optional<Login.Given> given = Login.ofHeader(header);
    if (given.isEmpty()) {
      refuseLogin(response, callback, "This login can't be read.");
    } else {
      admit(request, response, callback, new Attempt(request, response, callback, given));
    }
  }

  /** Lets the guarded handler try a login that it reads itself, and answers with 200 if right. */
  final void letTryLogin(Request request, Response response, Callback callback) {
    admit(request, response, callback, new Attempt(request, response, callback, Optional.empty()));
  }

  final boolean pass(Request request, Response response, Callback callback) throws Exception {
    return super.handle(request, response, callback);
  }

  static void answer(Response response, Callback callback, int status, String sentence) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
    Content.Sink.write(response, true, sentence + "\n", callback);
  }

  private void admit(Request request, Response response, Callback callback, Attempt attempt) {
    String cookies = request.getHeaders().get(HttpHeader.COOKIE);
    if (!access.logins().admit(place, Request.getRemoteAddr(request), cookies, attempt)) {
      response
          .getHeaders()
          .put(HttpHeader.RETRY_AFTER, LoginGuard.RETRY_AFTER.toSeconds())
          .put(HttpHeader.CONNECTION, "close");
      answer(response, callback, 429, LoginGuard.TOO_MANY);
    }
  }

  /** As the handlers see it, decoded and without dots: they are chosen by the same text. */
  private static String path(Request request) {
    String path = request.getHttpURI().getCanonicalPath();
    return path == null ? "" : URIUtil.decodePath(path);
  }

  /** It was judged; Jolokia would judge it again, without knowing of proxies that end TLS. */
  private static final class WithoutOrigin extends Request.Wrapper {
    private final HttpFields headers;

    WithoutOrigin(Request request) {
      super(request);
      headers =
          request.getHeaders().contains(HttpHeader.ORIGIN)
              ? HttpFields.from(
                  request.getHeaders().stream()
                      .filter(header -> header.getHeader() != HttpHeader.ORIGIN)
                      .toArray(HttpField[]::new))
              : request.getHeaders();
    }

    @Override
    public HttpFields getHeaders() {
      return headers;
    }
  }

  private final class Attempt implements LoginGuard.Attempt {
    private final Request request;
    private final Response response;
    private final Callback callback;

    /** Empty: the guarded handler reads it. */
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
      request.getContext().execute(() -> compare(turn));
    }

    private void compare(LoginGuard.Turn turn) {
      if (given.isPresent()) {
        Optional<Person> person = access.people().find(given.get());
        turn.end(person.isPresent());
        if (person.isEmpty()) {
          refuseLogin(response, callback, "Wrong user or password.");
          return;
        }
        person.get().sent(request);
      }
      Callback end =
          Callback.from(callback, () -> turn.end(response.getStatus() == HttpStatus.OK_200));
      try {
        boolean isAnswered =
            (given.isPresent() && loggedIn(request, response, end)) || pass(request, response, end);
        if (!isAnswered) {
          Response.writeError(request, response, end, HttpStatus.NOT_FOUND_404);
        }
      } catch (Exception e) {
        Response.writeError(request, response, end, e);
      }
    }
  }
}
