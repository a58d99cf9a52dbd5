package uk.onefileroutes.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import uk.onefileroutes.feed.Listings;
import uk.onefileroutes.stage.Stage;
import uk.onefileroutes.table.TestFeeds;
import uk.onefileroutes.testing.LogLines;

class PollWatchTest {
  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final Endpoint endpoint = camel.getEndpoint("file:inbox", FileEndpoint.class);

  @Test
  void aFileThatFailsAtEachLookIsSaidOnceAndAgainAfterALookWithoutIt() throws Exception {
    Consumer consumer = endpoint.createConsumer(exchange -> {});
    PollWatch watch =
        new PollWatch(
            TestFeeds.feed(),
            new Listings(() -> Instant.EPOCH),
            failure -> String.valueOf(failure.getMessage()),
            new PollListener() {},
            new Stage(Stage.Name.INTAKE, () -> Instant.EPOCH));
    try (LogLines log = LogLines.open()) {
      for (int look = 0; look < 4; look++) {
        look(watch, consumer, "immovable.csv", "Cannot delete");
      }
      assertThat(log.with("ERROR", "immovable.csv", "Cannot delete")).hasSize(1);
      look(watch, consumer, "immovable.csv", "No such folder");
      assertThat(log.with("ERROR", "immovable.csv")).as("another reason").hasSize(2);

      boolean unused = watch.begin(consumer, endpoint);
      watch.commit(consumer, endpoint, 0);
      look(watch, consumer, "immovable.csv", "No such folder");
      assertThat(log.with("ERROR", "immovable.csv")).as("it began again").hasSize(3);
    }
  }

  private void look(PollWatch watch, Consumer consumer, String file, String reason) {
    assertThat(watch.begin(consumer, endpoint)).isTrue();
    Exchange exchange = new DefaultExchange(camel);
    exchange.getIn().setHeader(Exchange.FILE_NAME_ONLY, file);
    watch.handleException("", exchange, new IOException(reason));
    watch.commit(consumer, endpoint, 1);
  }
}
