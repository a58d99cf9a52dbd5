package uk.onefileroutes.onefile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.Role;
import uk.onefileroutes.assignment.Slot;

/** What Onefile says of a learner's defaults. Of all else that it says nothing is kept. */
public record UserDefaults(Said assessor, Said employer) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Said OPEN = new Said.Open("Onefile's answer has no such member");

  /**
   * The answer to {@code GET User/id}.
   *
   * @return empty if it is not JSON, or not this user
   */
  public static Optional<UserDefaults> parse(long user, String text) {
    try {
      JsonNode node = JSON.readTree(text);
      boolean isOther = node.has("ID") && node.path("ID").asLong() != user;
      return node.isObject() && !isOther
          ? Optional.of(
              new UserDefaults(
                  said(node.get("DefaultAssessorID")), said(node.get("DefaultEmployerID"))))
          : Optional.empty();
    } catch (JsonProcessingException e) { // a page of a gateway, or cut off
      return Optional.empty();
    }
  }

  /** Whom it names in a default slot. */
  public Said said(Slot slot) {
    return Role.ASSESSOR.word().equals(slot.role()) ? assessor : employer;
  }

  private static Said said(@Nullable JsonNode member) {
    return member == null ? OPEN : Said.of(member);
  }
}
