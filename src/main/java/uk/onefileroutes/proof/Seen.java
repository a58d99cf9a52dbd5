package uk.onefileroutes.proof;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.onefile.Answer;
import uk.onefileroutes.onefile.OnefileCall;

/**
 * What an answer looked like, without what it said.
 *
 * @param status 0: there was no answer
 * @param body its form, such as {@code an object with code, message}; why there was no answer
 * @param code Onefile's own; null without one
 */
record Seen(int status, String body, @Nullable Integer code) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Seen of(OnefileCall call) {
    return call.answer() instanceof Answer.Reply reply
        ? new Seen(
            reply.status(), reply.isHtml() ? "an HTML page" : form(call.text()), reply.code())
        : new Seen(0, call.answer() == null ? "not sent" : call.answer().briefly(), null);
  }

  /** A success that Onefile itself has given. */
  boolean isYes() {
    return status / 100 == 2 && !body.equals("an HTML page");
  }

  /** Onefile, or what stands before it, has looked at the request and wants none of it. */
  boolean isNo() {
    return (status / 100 == 4 && status != 408 && status != 429) || status == 500;
  }

  String words() {
    if (status == 0) {
      return "no answer (" + body + ")";
    }
    return "HTTP %d, %s%s".formatted(status, body, code == null ? "" : ", Onefile's code " + code);
  }

  private static String form(String text) {
    String body = text.strip();
    if (body.isEmpty()) {
      return "no body";
    }
    try {
      JsonNode json = JSON.readTree(body);
      if (json.isObject()) {
        return "an object with " + Members.of(json).list();
      }
      if (json.isArray()) {
        return "a list of " + json.size();
      }
      return json.isNumber() ? "a bare number" : "a bare value";
    } catch (JsonProcessingException e) {
      return "text that is not JSON";
    }
  }
}
