package uk.onefileroutes.management;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.impl.VertxWrapper;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.TimeUnit;

/**
 * Bounds what a connection of the management port may cost, and judges each request before anything
 * else sees it: Camel makes its server with Vert.x's defaults and offers no way to set them.
 */
final class BoundedVertx extends VertxWrapper {
  /** For anything that is in the middle of a request or an answer. */
  private static final int IDLE_SECONDS = 60;

  private static final int MAX_CONNECTIONS = 512;

  private final HeadDeadline<HttpConnection> heads = new HeadDeadline<>(MAX_CONNECTIONS);

  private final VertxGuard guard;

  BoundedVertx(VertxGuard guard) {
    super((VertxInternal) Vertx.vertx());
    this.guard = guard;
    long unused = setPeriodic(HeadDeadline.EVERY.toMillis(), timer -> closeOverdue());
  }

  @Override
  public HttpServer createHttpServer(HttpServerOptions options) {
    options.setHttp2ClearTextEnabled(false);
    options.setUseAlpn(false);
    options.setIdleTimeout(IDLE_SECONDS).setIdleTimeoutUnit(TimeUnit.SECONDS);
    return guarded(
        super.createHttpServer(options)
            .connectionHandler(this::opened)
            .invalidRequestHandler(BoundedVertx::refuse));
  }

  /** The same server, except that what it asks is asked for each request after our guard. */
  private HttpServer guarded(HttpServer server) {
    return (HttpServer)
        Proxy.newProxyInstance(
            HttpServer.class.getClassLoader(),
            new Class<?>[] {HttpServer.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("requestHandler") && arguments != null) {
                @SuppressWarnings("unchecked") // the only one that it has
                Handler<HttpServerRequest> next = (Handler<HttpServerRequest>) arguments[0];
                HttpServer unused = server.requestHandler(request -> handle(request, next));
                return proxy;
              }
              try {
                return method.invoke(server, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private void handle(HttpServerRequest request, Handler<HttpServerRequest> next) {
    HttpConnection connection = request.connection();
    heads.asked(connection);
    HttpServerResponse unused =
        request.response().endHandler(end -> heads.answered(connection, System.nanoTime()));
    if (guard.admits(request)) {
      next.handle(request);
    }
  }

  private void opened(HttpConnection connection) {
    connection.closeHandler(closed -> heads.closed(connection));
    heads.opened(connection, System.nanoTime()).forEach(HttpConnection::close);
  }

  private void closeOverdue() {
    heads.overdue(System.nanoTime()).forEach(HttpConnection::close);
  }

  private static void refuse(HttpServerRequest request) {
    SafeHeaders.ALL.forEach(request.response()::putHeader);
    request.response().putHeader("Connection", "close");
    VertxGuard.answer(request.response(), 400, "This request can't be read.");
    request.connection().close();
  }
}
