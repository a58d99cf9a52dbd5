package uk.onefileroutes.onefile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How Onefile answers searches: a bare JSON array, or nothing at all where nothing was found. */
public final class Listing {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Listing() {}

  /** The entries that a 2xx brought; empty if it is no listing. */
  public static Optional<List<JsonNode>> of(int status, String text) {
    if (status == 204 || text.isBlank()) {
      return Optional.of(List.of());
    }
    try {
      JsonNode array = JSON.readTree(text);
      if (!array.isArray()) {
        return Optional.empty();
      }
      List<JsonNode> entries = new ArrayList<>();
      array.forEach(entries::add);
      return Optional.of(entries);
    } catch (JsonProcessingException e) { // a page of a gateway, or cut off
      return Optional.empty();
    }
  }

  /** No page of Onefile says how an archived account is marked; these are the likely ways. */
  public static boolean isArchived(JsonNode account) {
    for (Map.Entry<String, JsonNode> member : account.properties()) {
      String name = member.getKey().toLowerCase(Locale.ROOT);
      JsonNode value = member.getValue();
      boolean isFlag = name.equals("archived") || name.equals("isarchived");
      if ((isFlag && value.asBoolean(false))
          || (name.equals("status") && value.asText().equalsIgnoreCase("archived"))) {
        return true;
      }
    }
    return false;
  }
}
