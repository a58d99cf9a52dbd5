package uk.onefileroutes.receive;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.QuoteMode;
import uk.onefileroutes.feed.AppliedFeed;
import uk.onefileroutes.feed.Column;
import uk.onefileroutes.ledger.AcceptedFiles;
import uk.onefileroutes.shown.Causes;

/**
 * Enters an assignment that a person asked for as a file of one row of the feed {@code apply}, by
 * the route of every file. Thread-safe; each call enters a file of its own.
 */
public final class AppliedRows {
  private static final CSVFormat CSV =
      CSVFormat.RFC4180.builder().setQuoteMode(QuoteMode.ALL).get();
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS");

  private final Supplier<ProducerTemplate> producer;
  private final AcceptedFiles files;
  private final InstantSource clock;
  private final ZoneId zone;

  /**
   * @param producer asked at each row: there is one only once Camel has started
   * @param zone of stamps in names
   */
  public AppliedRows(
      Supplier<ProducerTemplate> producer, AcceptedFiles files, InstantSource clock, ZoneId zone) {
    this.producer = producer;
    this.files = files;
    this.clock = clock;
    this.zone = zone;
  }

  /**
   * Enters a row; once it returns, the row is in spool and ledger and survives a crash.
   *
   * @return the number of its file
   * @throws IllegalStateException if it could not be accepted; nothing of it is left then
   */
  public long enter(Map<Column, String> row) {
    byte[] bytes = csv(row).getBytes(StandardCharsets.UTF_8);
    Instant now = clock.instant();
    Exchange exchange =
        producer
            .get()
            .request(
                "direct:receive-file",
                e -> {
                  e.setVariable("feed", AppliedFeed.NAME);
                  e.getMessage()
                      .setHeader(
                          Exchange.FILE_NAME_ONLY,
                          "apply-" + STAMP.format(now.atZone(zone)) + ".csv");
                  e.getMessage().setHeader(Exchange.FILE_LENGTH, (long) bytes.length);
                  e.getMessage().setHeader(Exchange.FILE_LAST_MODIFIED, now.toEpochMilli());
                  e.getMessage().setBody(new ByteArrayInputStream(bytes));
                });
    if (exchange.getException() != null) {
      throw new IllegalStateException(
          "The assignment could not be accepted: " + Causes.words(exchange.getException()),
          exchange.getException());
    }
    long no = exchange.getMessage().getBody(Long.class);
    files.sourceRemoved(no); // there is no source
    return no;
  }

  private static String csv(Map<Column, String> row) {
    return CSV.format(row.keySet().stream().map(Column::word).toArray())
        + "\n"
        + CSV.format(row.values().toArray())
        + "\n";
  }
}
