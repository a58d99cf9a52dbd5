package uk.onefileroutes.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way of one call: arrive, pass the rate, meet its fate, be carried out, be logged, leave. */
final class CallHandler implements HttpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(CallHandler.class);

  private final CallLog log;
  private final RateLimiter rate;
  private final @Nullable Duration retryAfter;
  private final Faults faults;
  private final Api api;

  CallHandler(
      CallLog log, RateLimiter rate, @Nullable Duration retryAfter, Faults faults, Api api) {
    this.log = log;
    this.rate = rate;
    this.retryAfter = retryAfter;
    this.faults = faults;
    this.api = api;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Request request = Request.read(exchange);
      CallLog.Entry entry = log.arrived(request);
      Reply reply = rate.admits(entry.at()) ? fateful(request, entry) : overRate(entry);
      if (reply != null) {
        send(exchange, reply);
      }
    }
  }

  private Reply overRate(CallLog.Entry entry) {
    Reply reply = Reply.error(429, -429, "Too many requests");
    log.ended(entry, 429, false, false);
    return retryAfter == null
        ? reply
        : reply.withHeader("Retry-After", String.valueOf(retryAfter.toSeconds()));
  }

  /** The answer; null where the connection is to be cut. */
  private @Nullable Reply fateful(Request request, CallLog.Entry entry) {
    Faults.Fate fate = faults.fateOf(request);
    boolean applied = false;
    Reply reply = null;
    try {
      fate.waitBeforeApplying();
      if (fate.carriesOut()) {
        reply = api.answer(request);
        applied = reply.applied();
      }
      fate.waitAfterApplying();
      if (fate.decided() instanceof Fault.Answer answer) {
        reply = answer.reply(applied);
      } else if (fate.decided() != null) {
        reply = null;
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      reply = null;
    } catch (RuntimeException defect) {
      LOG.error("The simulator failed in {} {}", request.method(), request.path(), defect);
      reply = Reply.frameworkError(500, "An error has occurred in the simulator.");
    }
    log.ended(entry, reply == null ? Call.CUT : reply.status(), fate.faulted(), applied);
    return reply;
  }

  /** Sends the answer; closing an exchange that never got this far cuts the connection. */
  static void send(HttpExchange exchange, Reply reply) throws IOException {
    if (reply.contentType() != null) {
      exchange.getResponseHeaders().set("Content-Type", reply.contentType());
    }
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    boolean bodiless =
        body.length == 0
            || reply.status() == 204
            || reply.status() == 304
            || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(reply.status(), bodiless ? -1 : body.length);
    if (!bodiless) {
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
  }
}
