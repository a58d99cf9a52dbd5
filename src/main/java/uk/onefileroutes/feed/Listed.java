package uk.onefileroutes.feed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Values of a key with commas between them. Pure functions. */
final class Listed {
  private Listed() {}

  /** The values, trimmed; one with a comma in it stands in quotes. None where quotes are broken. */
  static List<String> of(String text) {
    CSVFormat format = CSVFormat.RFC4180.builder().setIgnoreSurroundingSpaces(true).get();
    try (CSVParser parser = CSVParser.parse(text, format)) {
      List<CSVRecord> records = parser.getRecords();
      return records.size() == 1 ? records.get(0).stream().map(String::strip).toList() : List.of();
    } catch (IOException | UncheckedIOException e) { // its quotes are broken
      return List.of();
    }
  }
}
