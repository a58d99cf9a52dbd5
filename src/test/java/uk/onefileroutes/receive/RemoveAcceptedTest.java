package uk.onefileroutes.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.FileConsumer;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.component.file.FileOperations;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.onefileroutes.feed.Feed;
import uk.onefileroutes.feed.Listings;
import uk.onefileroutes.table.TestFeeds;
import uk.onefileroutes.testing.LogLines;
import uk.onefileroutes.testing.TestBundle;

/** What becomes of a source between the poll that lists it and its removal. */
class RemoveAcceptedTest {
  private static final String ROW = "1001,assessor,default,501\n";

  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final Exchange exchange = new DefaultExchange(camel);
  private TestBundle bundle;
  private Path source;
  private FileEndpoint endpoint;
  private FileOperations operations;
  private ReadyFilter<File> ready;
  private RemoveAccepted removal;

  @BeforeEach
  void start() throws Exception {
    bundle = TestBundle.start(TestBundle.Setup.plain());
    Path folder = Files.createDirectories(bundle.data().resolve("elsewhere"));
    source = Files.writeString(folder.resolve("export.csv"), ROW);
    endpoint = camel.getEndpoint("file:" + folder, FileEndpoint.class);
    operations = new FileOperations(endpoint);
  }

  @AfterEach
  void stop() throws Exception {
    bundle.close();
    camel.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"more of it", "other bytes, as many", "only its time"})
  void whatWasChangedAfterItWasReadStays(String change) throws Exception {
    feed("ready", "rename");
    GenericFile<File> file = listed();
    assertThat(begin(file)).isTrue();
    switch (change) {
      case "more of it" -> Files.writeString(source, ROW, StandardOpenOption.APPEND);
      case "only its time" -> touch();
      default -> {
        Files.writeString(source, ROW.replace('1', '2'));
        touch();
      }
    }
    try (LogLines log = LogLines.open()) {
      commit(file);
      assertThat(source).exists();
      assertThat(log.with("WARN", "export.csv was changed after it was read")).hasSize(1);
    }
  }

  @Test
  void anEmptyFileThatGotItsFirstBytesStays() throws Exception {
    Files.writeString(source, "");
    feed("ready", "rename");
    GenericFile<File> file = listed();
    assertThat(begin(file)).isTrue();
    Files.writeString(source, ROW);
    commit(file);
    assertThat(source).hasContent(ROW);
  }

  @Test
  void whatIsAsItWasGoesWithItsMarker() throws Exception {
    Path marker = Files.writeString(source.resolveSibling("EXPORT.csv.DONE"), "");
    feed("ready", "done");
    GenericFile<File> file = listed();
    assertThat(begin(file)).isTrue();
    commit(file);
    assertThat(source).doesNotExist();
    assertThat(marker).doesNotExist();
  }

  @Test
  void whatChangedSinceItWasFoundQuietIsNotRead() throws Exception {
    feed("ready", "stable", "ready.quiet", "0s");
    assertThat(ready.accept(listed())).isFalse();
    ready.begin();
    GenericFile<File> file = listed();
    assertThat(ready.accept(file)).isTrue();
    assertThat(begin(file)).isTrue();
    Files.writeString(source, ROW, StandardOpenOption.APPEND);
    assertThat(begin(file)).as("others of the poll may take long").isFalse();
  }

  private void feed(String... keys) {
    String[] all = new String[keys.length + 2];
    System.arraycopy(keys, 0, all, 0, keys.length);
    all[keys.length] = "directory";
    all[keys.length + 1] = source.getParent().toString();
    Feed feed = TestFeeds.feed(all);
    ready =
        new ReadyFilter<>(
            feed, List.of(feed), new Listings(Instant::now), Instant::now, System::nanoTime);
    ready.begin();
    removal = new RemoveAccepted(feed, ready, bundle.instance().files());
  }

  private void touch() throws Exception {
    Files.setLastModifiedTime(source, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
  }

  private GenericFile<File> listed() {
    return FileConsumer.asGenericFile(source.getParent().toString(), source.toFile(), null, false);
  }

  private boolean begin(GenericFile<File> file) throws Exception {
    return removal.begin(operations, endpoint, exchange, file);
  }

  private void commit(GenericFile<File> file) throws Exception {
    removal.commit(operations, endpoint, exchange, file);
  }
}
