package uk.onefileroutes.simulator;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that has arrived completely.
 *
 * @param path as sent, without the query
 * @param query null where there is none
 * @param text the body; empty where it is too large
 * @param json the body, null where it is not exactly one well-formed JSON value
 * @param tooLarge whether the body is larger than {@link #LARGEST_BODY}
 */
record Request(
    String method,
    String path,
    @Nullable String query,
    Headers headers,
    Route route,
    String text,
    @Nullable JsonNode json,
    boolean tooLarge) {

  /** In bytes. The largest documented body has less than 100. */
  static final int LARGEST_BODY = 64 * 1024;

  private static final ObjectReader STRICT_JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .build()
          .readerFor(JsonNode.class);

  static Request read(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
    boolean tooLarge = body.length > LARGEST_BODY;
    String path = exchange.getRequestURI().getRawPath();
    return new Request(
        exchange.getRequestMethod(),
        path,
        exchange.getRequestURI().getRawQuery(),
        exchange.getRequestHeaders(),
        Route.of(path),
        tooLarge ? "" : new String(body, StandardCharsets.UTF_8),
        tooLarge || body.length == 0 ? null : parsed(body),
        tooLarge);
  }

  /** The learner whom this request changes; null where it changes, or names, nobody. */
  @Nullable Integer learner() {
    if (!method.equals("POST")) {
      return null;
    }
    if (route.what() == Route.What.USER) {
      return route.first();
    }
    JsonNode named =
        route.what() == Route.What.ASSIGN && json != null ? json.get("LearnerID") : null;
    return named != null && named.isIntegralNumber() && named.canConvertToInt()
        ? named.intValue()
        : null;
  }

  /** The header's value; null where it is missing or there more than once. */
  @Nullable String header(String name) {
    List<String> values = headers.get(name);
    return values != null && values.size() == 1 ? values.get(0) : null;
  }

  private static @Nullable JsonNode parsed(byte[] body) {
    try {
      return STRICT_JSON.readValue(body);
    } catch (IOException notJson) {
      return null;
    }
  }
}
