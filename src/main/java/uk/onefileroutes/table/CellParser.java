package uk.onefileroutes.table;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** Parses records into cells by RFC 4180, one after the other. Not thread-safe. */
final class CellParser {
  private final char delimiter;
  private final CSVFormat format;
  private final Source source = new Source();
  private @Nullable Iterator<CSVRecord> records;

  CellParser(char delimiter) {
    this.delimiter = delimiter;
    this.format = CSVFormat.RFC4180.builder().setDelimiter(delimiter).get();
  }

  /** The cells of a record; empty where its quoting is broken. */
  Optional<List<String>> parse(RecordSplitter.Split split) {
    String text = split.text();
    if (split.problem() != null) {
      return Optional.empty();
    }
    if (!split.quoted()) {
      // Without any quote there is nothing for a parser to find out.
      return Optional.of(Cells.split(text, delimiter));
    }
    try {
      boolean oneLine = text.indexOf('\n') < 0 && text.indexOf('\r') < 0;
      return oneLine ? Optional.of(parseLine(text)) : parseAlone(text);
    } catch (IOException | UncheckedIOException e) {
      // That is how the parser says that the quoting is broken; it can't be used any more.
      records = null;
      return Optional.empty();
    }
  }

  /**
   * A parser for each record would spend most of its time on its own set-up, so one parser reads on
   * and on from a source that holds one line at a time.
   */
  private List<String> parseLine(String text) throws IOException {
    source.offer(text);
    Iterator<CSVRecord> all = records;
    if (all == null) {
      all = CSVParser.builder().setReader(source).setFormat(format).get().iterator();
      records = all;
    }
    return Arrays.asList(all.next().values());
  }

  /**
   * A record of several lines has a parser to itself, which proves that it is one record and no
   * more.
   */
  private Optional<List<String>> parseAlone(String text) throws IOException {
    try (CSVParser parser = CSVParser.parse(text, format)) {
      List<CSVRecord> all = parser.getRecords();
      return all.size() == 1 ? Optional.of(Arrays.asList(all.get(0).values())) : Optional.empty();
    }
  }

  /** Gives out one line with its end, and then nothing until the next is offered. */
  private static final class Source extends Reader {
    private String text = "";
    private int position;

    void offer(String line) {
      text = line + "\n";
      position = 0;
    }

    @Override
    public int read(char[] target, int offset, int length) {
      int count = Math.min(length, text.length() - position);
      text.getChars(position, position + count, target, offset);
      position += count;
      return count == 0 ? -1 : count;
    }

    @Override
    public void close() {}
  }
}
