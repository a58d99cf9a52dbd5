package uk.onefileroutes.onefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.onefileroutes.testing.SettableTime;

/** What an answer says of times. */
class AnswerReaderTest {
  private static final Instant SAID = Instant.parse("2026-11-06T08:49:37Z");

  private final SettableTime time = SettableTime.at("2026-11-06T08:00:00Z");
  private final List<Instant> heard = new ArrayList<>();
  private final AnswerReader reader = new AnswerReader(time, heard::add);

  /** The three forms of RFC 9110, 5.6.7. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Fri, 06 Nov 2026 08:49:37 GMT",
        "Friday, 06-Nov-26 08:49:37 GMT",
        "Fri Nov  6 08:49:37 2026"
      })
  void aDateIsReadInEachFormThatHttpKnows(String date) {
    assertThat(retryAt(date)).isEqualTo(SAID);
    assertThat(heard).containsExactly(SAID);
  }

  @Test
  void secondsCountFromNow() {
    assertThat(retryAt("120")).isEqualTo(time.instant().plusSeconds(120));
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "-5", "Thu, 32 Foo -1 99:99:99 XYZ", ""})
  void whateverElseIsNoTime(String text) {
    assertThat(retryAt(text)).isNull();
    assertThat(heard).isEmpty();
  }

  /** What Retry-After comes to that says so, in an answer whose Date says the same. */
  private Instant retryAt(String text) {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 503);
    exchange.getMessage().setHeader("Retry-After", text);
    exchange.getMessage().setHeader("Date", text);
    return ((Answer.Reply) reader.read(exchange).answer()).retryAt();
  }
}
