package uk.onefileroutes.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Handles one call: rate, faults, the request itself, log, answer. */
final class CallHandler implements HttpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(CallHandler.class);

  private final CallLog log;
  private final RateLimiter rate;
  private final @Nullable Duration retryAfter;
  private final Map<String, String> always;
  private final Faults faults;
  private final Api api;

  CallHandler(CallLog log, RateLimiter rate, SimulatorOptions options, Faults faults, Api api) {
    this.log = log;
    this.rate = rate;
    this.retryAfter = options.limits().retryAfter();
    this.always =
        options.variants().hasRateHeaders()
            ? Map.of("X-RateLimit-Limit", String.valueOf(options.limits().callsPerMinute()))
            : Map.of();
    this.faults = faults;
    this.api = api;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    Request request = Request.read(exchange);
    CallLog.Entry entry = log.arrived(request);
    Sending sending = rate.admits(entry.at()) ? answered(request, entry) : overRate(entry);
    always.forEach(exchange.getResponseHeaders()::set);
    // Not closed where this throws: closing would end a chunked body properly. Then the server cuts
    // the connection.
    sending.to(exchange);
    exchange.close();
  }

  /** How a call ends. */
  @FunctionalInterface
  private interface Sending {
    /** Closing an exchange that nothing was sent to cuts the connection. */
    Sending NOTHING = exchange -> {};

    void to(HttpExchange exchange) throws IOException;
  }

  private Sending overRate(CallLog.Entry entry) {
    Reply reply = Reply.error(429, -429, "Too many requests");
    log.ended(entry, 429, false, false);
    Reply whole =
        retryAfter == null
            ? reply
            : reply.withHeader("Retry-After", String.valueOf(retryAfter.toSeconds()));
    return exchange -> send(exchange, whole);
  }

  private Sending answered(Request request, CallLog.Entry entry) {
    Faults.Effect effect = faults.effectOn(request, entry.at());
    ArmedFault decided = effect.decided();
    boolean applied = false;
    Reply reply = null;
    try {
      if (effect.endsSessions()) {
        api.endSessions();
      }
      effect.waitBeforeApplying();
      if (effect.carriesOut()) {
        reply = api.answer(request);
        applied = reply.applied();
      }
      effect.waitAfterApplying();
      if (decided != null) {
        reply = replyOf(decided.fault(), applied);
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      decided = null;
      reply = null;
    } catch (RuntimeException defect) {
      LOG.error("The simulator failed in {} {}", request.method(), request.path(), defect);
      decided = null;
      reply = Reply.frameworkError(500, "An error has occurred in the simulator.");
    }
    log.ended(entry, reply == null ? Call.CUT : reply.status(), effect.faulted(), applied);
    return sending(decided, reply);
  }

  /** What is answered in the place of the true answer; null: nothing, the connection is cut. */
  private static @Nullable Reply replyOf(Fault decided, boolean applied) {
    if (decided instanceof Fault.Answer answer) {
      return answer.reply(applied);
    }
    if (decided instanceof Fault.Rate) {
      return Reply.error(429, -429, "Too many requests");
    }
    return decided instanceof Fault.Spoilt ? Reply.text("") : null;
  }

  private static Sending sending(@Nullable ArmedFault decided, @Nullable Reply reply) {
    if (decided != null && decided.fault() instanceof Fault.Spoilt spoilt) {
      return exchange -> SpoiltBody.send(exchange, spoilt.body(), decided);
    }
    return reply == null ? Sending.NOTHING : exchange -> send(exchange, reply);
  }

  /** Sends the answer. */
  static void send(HttpExchange exchange, Reply reply) throws IOException {
    if (reply.headers().containsKey("Date")) { // the server knows better
      RawAnswer.send(RawProxy.callerOutput(exchange), reply);
      return;
    }
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
