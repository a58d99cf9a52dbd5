package uk.onefileroutes.table;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.feed.Feed;

/**
 * The first records of a file of which nobody knows yet what its header is called; one of them may
 * be it. Text is split at each delimiter that it may have, so that a record is there several times.
 */
public final class FirstRecords {
  private static final List<Character> DELIMITERS =
      List.of(',', ';', '\t', '|', '^', '~', '#', ':', '!');

  private final Feed feed;
  private final List<Seen> seen = new ArrayList<>();

  /**
   * A record as it may be read.
   *
   * @param delimiter of a text; null where the format has none
   * @param line for the feed's {@code header.row}; 0 where the format has no header row
   */
  public record Seen(@Nullable Character delimiter, long line, List<String> cells) {}

  private FirstRecords(Feed feed) {
    this.feed = feed;
  }

  /**
   * Reads them.
   *
   * @param feed for its limits, and its layout where it has one
   * @throws UnreadableFile where no feed could read the file
   */
  public static List<Seen> of(Path file, Feed feed) throws UnreadableFile, IOException {
    FirstRecords records = new FirstRecords(feed);
    try (Unpacked bytes = Unpacked.of(file, feed.limits())) {
      Contents.Content content = Contents.of(bytes.path(), feed);
      switch (content) {
        case JSON, NDJSON -> records.ofJson(bytes);
        case XLSX, XLS, SPREADSHEET_ML, HTML, ODS ->
            records.ofSheets(Sheets.open(content, bytes, feed));
        case CSV -> records.ofText(bytes);
      }
    }
    return records.seen;
  }

  private void ofText(Unpacked bytes) throws UnreadableFile, IOException {
    Encoding encoding = Encoding.of(bytes.path(), feed.layout().charset());
    for (char delimiter : DELIMITERS) {
      Grammar grammar = Grammar.of(delimiter);
      try (Records records = Records.open(bytes.path(), encoding, grammar, feed.limits())) {
        int count = 0;
        for (var split = records.next();
            split != null && count < HeaderRow.LOOKED_AT;
            split = records.next()) {
          if (split.problem() == null && !split.text().isBlank()) {
            count++;
            String inside = Grammar.inside(split.text(), delimiter);
            add(delimiter, split.line(), grammar.cells(split.text()));
            add(delimiter, split.line(), inside == null ? null : grammar.cells(inside));
          }
        }
      }
    }
  }

  private void add(char delimiter, long line, @Nullable List<String> cells) {
    if (cells != null && cells.size() > 1 && cells.size() <= feed.limits().columns()) {
      seen.add(new Seen(delimiter, line, cells));
    }
  }

  private void ofSheets(Sheets opened) throws UnreadableFile, IOException {
    try (Sheets sheets = opened) {
      for (int sheet = 0; sheet < Sheets.LOOKED_AT; sheet++) {
        try (Sheets.Rows rows = sheets.open(sheet)) {
          if (rows == null) {
            return;
          }
          Draft row = rows.next();
          for (int i = 0; row != null && i < HeaderRow.LOOKED_AT; i++) {
            if (row.fault() == null && row.cells().size() <= feed.limits().columns()) {
              seen.add(new Seen(null, row.line(), row.cells().stream().map(Cells::whole).toList()));
            }
            row = rows.next();
          }
          sheets.spend(rows);
        }
      }
    }
  }

  /** The members of the first object of an array or of the first line. */
  private void ofJson(Unpacked bytes) throws UnreadableFile, IOException {
    JsonObjects objects = new JsonObjects(feed.limits());
    Encoding encoding = Encoding.of(bytes.path(), feed.layout().charset());
    try (JsonParser parser = objects.parser(new TextReader(encoding.open(bytes.path())))) {
      try {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.START_ARRAY) {
          token = parser.nextToken();
        }
        if (token == JsonToken.START_OBJECT) {
          objects.readNames(parser);
          seen.add(new Seen(null, 0, objects.names()));
        }
      } catch (JsonProcessingException e) {
        throw JsonFaults.broken(e, parser);
      }
    }
  }
}
