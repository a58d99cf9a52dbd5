package uk.onefileroutes.management;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.AuthenticationHandler;
import java.util.List;
import java.util.Optional;

/** What {@link Access} says, for the management port's server: nothing comes past it. */
record VertxGuard(Access access) implements AuthenticationHandler {
  private static final String PLACE = "on the management port";

  /** Whether the request may go on, to the login; if not, it is answered. */
  boolean admits(HttpServerRequest request) {
    SafeHeaders.ALL.forEach(request.response()::putHeader);
    RequestGuard.Asked asked =
        new RequestGuard.Asked(
            request.method().name(),
            request.uri(),
            request.isSSL(),
            request.localAddress().hostAddress(),
            request.headers()::getAll);
    Optional<RequestGuard.Refusal> refusal =
        access.requests().judge(asked, StatusPage.isLink(asked, request.path()));
    refusal.ifPresent(
        why -> {
          request.response().putHeader("Connection", "close");
          answer(request.response(), why.status(), why.sentence());
        });
    // judged; Jolokia would judge it once more, without knowing of proxies that end TLS
    request.headers().remove("Origin");
    return refusal.isEmpty();
  }

  @Override
  public void handle(RoutingContext routing) {
    HttpServerRequest request = routing.request();
    List<String> header = request.headers().getAll("Authorization");
    Optional<Login.Given> given =
        header.isEmpty() ? Optional.empty() : Login.ofHeader(header.get(0));
    if (given.isEmpty()) {
      askForLogin(request.response());
      return;
    }
    request.pause(); // a body waits with it
    Attempt attempt = new Attempt(routing, given.get());
    String cookie = request.headers().get("Cookie");
    if (!access.logins().admit(PLACE, request.remoteAddress().hostAddress(), cookie, attempt)) {
      request
          .response()
          .putHeader("Retry-After", Long.toString(LoginGuard.RETRY_AFTER.toSeconds()))
          .putHeader("Connection", "close");
      answer(request.response(), 429, LoginGuard.TOO_MANY);
    }
  }

  private static void askForLogin(HttpServerResponse response) {
    response.putHeader("WWW-Authenticate", "Basic realm=\"onefile-assignment-routes\"");
    answer(response, 401, "Log in with management.user and management.password.");
  }

  static void answer(HttpServerResponse response, int status, String sentence) {
    response
        .setStatusCode(status)
        .putHeader("Content-Type", "text/plain; charset=utf-8")
        .end(sentence + "\n");
  }

  private final class Attempt implements LoginGuard.Attempt {
    private final RoutingContext routing;
    private final Login.Given given;
    private final Context context = Vertx.currentContext();

    Attempt(RoutingContext routing, Login.Given given) {
      this.routing = routing;
      this.given = given;
    }

    @Override
    public boolean isGone() {
      return routing.response().closed();
    }

    @Override
    public void onTurn(LoginGuard.Turn turn) {
      context.runOnContext(unused -> look(turn));
    }

    private void look(LoginGuard.Turn turn) {
      boolean isRight = access.login().accepts(given);
      turn.end(isRight);
      if (isGone()) {
        return;
      }
      if (!isRight) {
        askForLogin(routing.response());
        return;
      }
      String user = access.login().user();
      Caller.ofRequest(user, routing.request().getHeader(Caller.HEADER));
      if (!access.logins().isKnown(routing.request().headers().get("Cookie"))) {
        routing
            .response()
            .putHeader("Set-Cookie", access.logins().cookie(routing.request().isSSL()));
      }
      routing.request().resume();
      routing.next();
    }
  }
}
