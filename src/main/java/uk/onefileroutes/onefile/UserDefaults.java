package uk.onefileroutes.onefile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What Onefile says of a learner's defaults. Of all else that it says nothing is kept. */
public record UserDefaults(Said assessor, Said employer) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * One of them.
   *
   * @param isSaid false where Onefile's answer has no such member
   * @param id null: nobody
   */
  public record Said(boolean isSaid, @Nullable Long id) {}

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

  private static Said said(@Nullable JsonNode member) {
    if (member == null) {
      return new Said(false, null);
    }
    long id = member.asLong(0); // 0 for nobody, however that is written
    return new Said(true, id == 0 ? null : Long.valueOf(id));
  }
}
