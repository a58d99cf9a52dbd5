package uk.onefileroutes.runtime;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import uk.onefileroutes.assignment.FileCode;
import uk.onefileroutes.feed.Column;
import uk.onefileroutes.feed.Feed;
import uk.onefileroutes.ledger.Trust;
import uk.onefileroutes.management.Refusal;
import uk.onefileroutes.management.Refused;
import uk.onefileroutes.proposal.Export;
import uk.onefileroutes.proposal.Proposal;
import uk.onefileroutes.table.FirstRecords;
import uk.onefileroutes.table.Row;
import uk.onefileroutes.table.Table;
import uk.onefileroutes.table.UnreadableFile;

/**
 * A feed proposed for an export, by its headers and first rows. Writes nothing.
 *
 * @param name of the feed
 * @param text of its file
 * @param missing why the feed can't read the export yet; empty where it can
 */
public record NewFeed(String name, String text, String missing) {
  private static final int ROWS = 1000;
  // those that a feed finds out by itself
  private static final String FOUND_OUT = ",;\t|";

  /** The places that every feed needs; no file is looked for there. */
  private static final Map<String, String> PLACES =
      Map.of("source", "directory", "directory", "in", "results.directory", "out");

  /**
   * Looks at an export.
   *
   * @param name for the feed; empty: one by the file's name
   * @throws Refused if no feed could read the file, none of its records is a header, or no feed can
   *     have that name
   * @throws IOException if the file can't be read
   */
  public static NewFeed of(Path file, String name) throws Refused, IOException {
    String feedName = name.isEmpty() ? Proposal.name(String.valueOf(file.getFileName())) : name;
    try {
      Feed any = feed(feedName, PLACES);
      String text = Proposal.of(feedName, export(file, any));
      return new NewFeed(feedName, text, missing(file, feedName, text));
    } catch (IllegalArgumentException e) {
      throw new Refused(Refusal.Code.USAGE, String.valueOf(e.getMessage()));
    } catch (UnreadableFile e) {
      throw new Refused(Refusal.Code.INVALID, String.valueOf(e.getMessage()));
    }
  }

  private static Export export(Path file, Feed any) throws UnreadableFile, IOException {
    FirstRecords.Seen header = header(FirstRecords.of(file, any));
    Map<String, String> keys = new HashMap<>(PLACES);
    // a feed that any file is right for which has this header
    keys.put("column.learner_id", distinct(header.cells()));
    keys.put("constant.assignee_id", "1");
    keys.put("constant.kind", "default");
    keys.put("constant.role", "assessor");
    if (header.line() > 0) {
      keys.put("header.row", String.valueOf(header.line()));
    }
    Character delimiter = header.delimiter();
    boolean isOwn = delimiter != null && FOUND_OUT.indexOf(delimiter) < 0;
    if (delimiter != null) {
      keys.put("delimiter", String.valueOf(delimiter));
    }
    List<List<String>> rows = new ArrayList<>();
    try (Table table = Table.open(file, feed(any.name(), keys))) {
      Iterator<Row> all = table.rows();
      while (rows.size() < ROWS && all.hasNext()) {
        Row row = all.next();
        if (row.faults().isEmpty() && !row.isBlank()) {
          rows.add(row.cells());
        }
      }
      return new Export(isOwn ? delimiter : null, table.columns(), rows);
    } catch (UnreadableFile.WhileReading e) {
      throw e.reason();
    }
  }

  private static FirstRecords.Seen header(List<FirstRecords.Seen> records) throws UnreadableFile {
    FirstRecords.Seen best = null;
    int most = 0;
    for (FirstRecords.Seen one : records) {
      int score = Export.score(one.cells());
      if (score > most) {
        best = one;
        most = score;
      }
    }
    if (best == null) {
      throw new UnreadableFile(
          FileCode.NO_HEADER,
          "None of the first records looks like a header: none has two names such as Learner, Role, Assessor ID or Standard, and neither numbers nor e-mail addresses.",
          0,
          "Put a header first, or copy the nearest example of config/feeds and name the headers there.");
    }
    return best;
  }

  /** A header that is there once. */
  private static String distinct(List<String> cells) {
    List<String> names = cells.stream().map(Column::comparable).toList();
    for (int i = 0; i < cells.size(); i++) {
      String name = names.get(i);
      if (!name.isEmpty() && names.indexOf(name) == names.lastIndexOf(name)) {
        return cells.get(i);
      }
    }
    return cells.get(0);
  }

  private static String missing(Path file, String name, String text) throws IOException {
    Properties keys = new Properties();
    keys.load(new StringReader(text));
    Map<String, String> values = new HashMap<>();
    keys.stringPropertyNames().forEach(key -> values.put(key, keys.getProperty(key)));
    List<String> faults = new ArrayList<>();
    Optional<Feed> feed = Feed.read(name, values, Trust.FOR_EVER, faults);
    if (feed.isEmpty()) {
      return String.join(" ", faults);
    }
    try {
      Table.open(file, feed.get()).close();
      return "";
    } catch (UnreadableFile e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static Feed feed(String name, Map<String, String> keys) {
    List<String> faults = new ArrayList<>();
    return Feed.read(name, keys, Trust.FOR_EVER, faults)
        .orElseThrow(() -> new IllegalArgumentException(String.join(" ", faults)));
  }
}
