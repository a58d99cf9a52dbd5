package uk.onefileroutes.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer, before it is sent.
 *
 * @param status the HTTP status
 * @param contentType null where there is no body
 * @param body the body; empty sends none
 * @param headers further headers
 * @param applied whether the request made or confirmed an assignment
 */
record Reply(
    int status,
    @Nullable String contentType,
    String body,
    Map<String, String> headers,
    boolean applied) {
  private static final String JSON = "application/json; charset=utf-8";

  static Reply json(JsonNode body) {
    return new Reply(200, JSON, body.toString(), Map.of(), false);
  }

  static Reply text(String body) {
    return new Reply(200, "text/plain; charset=utf-8", body, Map.of(), false);
  }

  static Reply none() {
    return new Reply(204, null, "", Map.of(), false);
  }

  /** Onefile's own kind of error. */
  static Reply error(int status, int code, String message) {
    String body =
        JsonNodeFactory.instance.objectNode().put("code", code).put("message", message).toString();
    return new Reply(status, JSON, body, Map.of(), false);
  }

  /** The framework's kind of error, which comes before Onefile's own code has looked. */
  static Reply frameworkError(int status, String message) {
    String body = JsonNodeFactory.instance.objectNode().put("Message", message).toString();
    return new Reply(status, JSON, body, Map.of(), false);
  }

  Reply withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Reply(status, contentType, body, Map.copyOf(more), applied);
  }

  Reply asApplied() {
    return new Reply(status, contentType, body, headers, true);
  }
}
