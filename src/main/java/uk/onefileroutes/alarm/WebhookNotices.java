package uk.onefileroutes.alarm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;

/**
 * The steps of {@code notice-by-webhook}. The address is a secret of many receivers, so it stands
 * in no route: it is put on the message right before the call. Thread-safe.
 */
public final class WebhookNotices {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final @Nullable Webhook webhook;

  /**
   * @param webhook null where none is configured; then nothing may be addressed
   */
  public WebhookNotices(@Nullable Webhook webhook) {
    this.webhook = webhook;
  }

  /** All of a notice, as the manual (alarms.md) has it. */
  public String asJson(@Variable("notice") Notice notice) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", notice.id());
    json.put("event", notice.state());
    json.put("code", notice.code());
    json.put("about", notice.about().isEmpty() ? null : notice.about());
    json.put("since", notice.alarm().since().toString());
    json.put("at", notice.at().toString());
    json.put("message", notice.message());
    json.put("instance", notice.instance());
    return write(json);
  }

  /** A text, as Slack, Mattermost, Rocket.Chat and Google Chat take it. */
  public String asText(@Variable("notice") Notice notice) {
    return write(Map.of("text", text(notice)));
  }

  /** An adaptive card, as a workflow of Microsoft Teams takes it. */
  public String asCard(@Variable("notice") Notice notice) {
    Map<String, Object> block = Map.of("type", "TextBlock", "text", text(notice), "wrap", true);
    Map<String, Object> card =
        Map.of("type", "AdaptiveCard", "version", "1.4", "body", List.of(block));
    return write(
        Map.of(
            "type",
            "message",
            "attachments",
            List.of(
                Map.of(
                    "contentType", "application/vnd.microsoft.card.adaptive", "content", card))));
  }

  private static String text(Notice notice) {
    return "%s: %s %s".formatted(notice.instance(), notice.headline(), notice.message());
  }

  /** Makes the message the HTTP request: nothing but what the receiver needs is on it. */
  public void address(Exchange exchange) {
    Webhook to = webhook;
    if (to == null) {
      throw new IllegalStateException("no webhook is configured");
    }
    Message message = exchange.getMessage();
    message.removeHeaders("*");
    message.setHeader(Exchange.HTTP_METHOD, "POST");
    message.setHeader(Exchange.HTTP_URI, to.url().get());
    message.setHeader(Exchange.CONTENT_TYPE, "application/json; charset=utf-8");
    String token = to.token().get();
    if (!token.isEmpty()) {
      message.setHeader("Authorization", "Bearer " + token);
    }
  }

  /** Takes the answer: 2xx is delivered. */
  public void judge(Exchange exchange) throws NoticeRefused {
    Integer status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
    exchange.getMessage().removeHeaders("*");
    exchange.getMessage().setBody(null);
    if (status == null || status / 100 != 2) {
      throw new NoticeRefused("the webhook answered " + (status == null ? "nothing" : status));
    }
  }

  private static String write(Object json) {
    try {
      return JSON.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
