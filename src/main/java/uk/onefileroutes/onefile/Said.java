package uk.onefileroutes.onefile;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.Ids;

/** Whom an answer of Onefile names in one slot. */
public sealed interface Said {

  /** This account. */
  record Somebody(long id) implements Said {}

  /** It says that nobody is assigned. */
  record Nobody() implements Said {}

  /** The learner has no such learning aim or unit. */
  record NotListed() implements Said {}

  /**
   * It leaves that open.
   *
   * @param why a sentence without its end
   */
  record Open(String why) implements Said {}

  /**
   * What a member says that is there. What is no id of an account, such as a name, says nothing.
   */
  static Said of(JsonNode member) {
    String text = member.asText();
    boolean isZero = member.isNumber() && member.asDouble() == 0;
    if (member.isNull() || isZero || (member.isTextual() && isNobody(text))) {
      return new Nobody();
    }
    @Nullable Long id = member.isIntegralNumber() || member.isTextual() ? Ids.parse(text) : null;
    return id == null ? new Open("Onefile's answer names nobody by id") : new Somebody(id);
  }

  private static boolean isNobody(String text) {
    return text.isBlank() || text.equals("0");
  }
}
