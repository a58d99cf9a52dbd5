package uk.onefileroutes.feed;

import java.nio.charset.Charset;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.Vocabulary;
import uk.onefileroutes.ledger.FileEntry;
import uk.onefileroutes.ledger.Trust;

/**
 * A configured source of files. Immutable, safe to share between threads.
 *
 * @param name lower-case letters, digits and {@code -}, at most 32
 * @param places where files come from and results go
 * @param layout how a file's bytes are a table
 * @param mapping what its columns mean
 * @param limits what is too much
 * @param rules how its files are planned
 * @param expected by when its files are expected; null: by no time
 */
public record Feed(
    String name,
    Places places,
    Layout layout,
    Mapping mapping,
    Limits limits,
    PlanRules rules,
    @Nullable Expected expected) {

  /** When a file in the drop folder counts as complete. */
  public enum Ready {
    /** Size and modification time stay the same for a while. */
    STABLE,
    /** A marker {@code export.csv.done} lies beside {@code export.csv}. */
    DONE,
    /** At once: the sender renames a file when it is complete. */
    RENAME
  }

  /** The formats of a feed's files. */
  public enum Format {
    /** Found out from the bytes. */
    AUTO,
    CSV,
    /** An array of flat objects. */
    JSON,
    /** An object a line. */
    NDJSON,
    /** A sheet of an Excel workbook. */
    XLSX,
    /** What programs call {@code .xls}: Excel's old format, its XML of 2003, a table in HTML. */
    XLS,
    /** A sheet of a LibreOffice spreadsheet. */
    ODS
  }

  /**
   * Where files come from and where results go.
   *
   * @param source the drop folder
   * @param ready when a file counts as complete
   * @param waits how often it is polled, and for how long a file may wait
   * @param include glob patterns on the file name, one of which must match; case doesn't count
   * @param results the folder for results and rejects
   * @param mailTo who gets a mail after each file; empty: nobody
   */
  public record Places(
      Place source,
      Ready ready,
      Waits waits,
      List<String> include,
      Place results,
      List<String> mailTo) {
    public Places {
      include = List.copyOf(include);
      mailTo = List.copyOf(mailTo);
    }

    /** Time between two polls. */
    public Duration poll() {
      return waits.poll();
    }

    /** The same with both places changed. */
    Places with(UnaryOperator<Place> change) {
      return new Places(change.apply(source), ready, waits, include, change.apply(results), mailTo);
    }

    /** Whether the feed wants a file of this name (without any folder). */
    public boolean includes(String fileName) {
      Path path = Path.of(fileName.toLowerCase(Locale.ROOT));
      return include.stream()
          .map(glob -> "glob:" + glob.toLowerCase(Locale.ROOT))
          .anyMatch(glob -> FileSystems.getDefault().getPathMatcher(glob).matches(path));
    }
  }

  /**
   * For how long a file in the drop folder waits.
   *
   * @param poll time between two polls
   * @param quiet how long it must have stayed the same under the rule {@code stable}
   * @param warning after how long without being taken it is said
   */
  public record Waits(Duration poll, Duration quiet, Duration warning) {}

  /**
   * How a file's bytes are a table.
   *
   * @param charset null: found out from the bytes
   * @param delimiter null: found out from the header
   * @param sheet null: a workbook's first visible one
   * @param headerRow the line or row with the header; null: the first that has all columns
   * @param footer lines that are no rows, with {@code *} for anything; null: none
   */
  public record Layout(
      Format format,
      @Nullable Charset charset,
      @Nullable Character delimiter,
      @Nullable String sheet,
      @Nullable Integer headerRow,
      @Nullable String footer) {}

  /**
   * What the columns mean.
   *
   * @param columns the header of a column, where it isn't a built-in one
   * @param constants the value of a column that the files lack
   * @param ignores header to values: a row with one of these values asks nothing
   * @param empties the feed's own words for no value
   * @param words for kinds and roles, the feed's own among them
   * @param fanOuts what each row of a wide file asks for, in this order; empty where a row asks for
   *     one thing, and says itself which
   * @param organisation the centre in which references are looked up; null: none, so that they
   *     can't be
   */
  public record Mapping(
      Map<Column, String> columns,
      Map<Column, String> constants,
      Map<String, List<String>> ignores,
      Set<String> empties,
      Vocabulary words,
      List<FanOut> fanOuts,
      @Nullable Integer organisation) {
    public Mapping {
      fanOuts = List.copyOf(fanOuts);
      columns = Map.copyOf(columns);
      constants = Map.copyOf(constants);
      ignores = Map.copyOf(ignores);
      empties = Set.copyOf(empties);
    }

    private Mapping in(int centre) {
      return new Mapping(columns, constants, ignores, empties, words, fanOuts, centre);
    }

    /** Whether a key names a title of a standard or a unit. */
    public boolean hasTitles() {
      return columns.containsKey(Column.STANDARD_TITLE)
          || columns.containsKey(Column.UNIT_TITLE)
          || fanOuts.stream()
              .anyMatch(fanOut -> fanOut.about() != null && fanOut.about().column().isReference());
    }

    /** The first key that names a reference; empty where none does. */
    public Optional<String> firstReference() {
      Stream<String> columnKeys =
          columns.keySet().stream()
              .filter(Column::isReference)
              .map(column -> "column." + column.word());
      Stream<String> fanOutKeys =
          fanOuts.stream()
              .filter(
                  fanOut ->
                      fanOut.assignee().column().isReference()
                          || (fanOut.about() != null && fanOut.about().column().isReference()))
              .map(FanOut::key);
      return Stream.concat(columnKeys, fanOutKeys).sorted().findFirst();
    }
  }

  /**
   * What is too much; a file exactly at a limit is read.
   *
   * @param bytes size of a file, packed and unpacked
   * @param rows rows after the header, blank ones included
   * @param line characters of a record
   * @param columns columns of the header
   */
  public record Limits(long bytes, long rows, int line, int columns) {}

  /** The feed as it reads this file: one that was made here has columns of its own. */
  public Feed reading(FileEntry file) {
    FileEntry.Origin origin = file.received().origin();
    return origin == null ? this : MadeFiles.read(this, origin.made());
  }

  /** The same with relative folders of this machine under that one. */
  public Feed under(Path folder) {
    return with(place -> place.under(folder));
  }

  /** The same with relative key files and files of host keys under that folder. */
  Feed withFilesUnder(Path folder) {
    return with(place -> place.withFilesUnder(folder));
  }

  /** The same, looking references up in this centre unless it has one of its own. */
  public Feed withDefaultOrganisation(@Nullable Integer organisation) {
    return mapping.organisation() != null || organisation == null
        ? this
        : new Feed(name, places, layout, mapping.in(organisation), limits, rules, expected);
  }

  private Feed with(UnaryOperator<Place> change) {
    return new Feed(name, places.with(change), layout, mapping, limits, rules, expected);
  }

  /** How far it is trusted that Onefile still holds what was sent. */
  public Trust trust() {
    return rules.trust();
  }

  /**
   * The feed that these keys describe. Every fault is added to {@code faults} as one line with
   * file, key and remedy; nothing is repaired silently.
   *
   * @param otherwise what holds where the feed has no {@code plan.} key of its own
   * @return empty where there was a fault
   */
  public static Optional<Feed> read(
      String name, Map<String, String> keys, PlanRules otherwise, List<String> faults) {
    if (name.equals(AppliedFeed.NAME)) {
      faults.add(
          "feeds/%s.properties: the command apply has a feed of this name; rename the file"
              .formatted(name));
      return Optional.empty();
    }
    return FeedKeys.read(name, keys, otherwise, faults);
  }

  /** The same with the default rules of what holds a file. */
  public static Optional<Feed> read(
      String name, Map<String, String> keys, Trust trust, List<String> faults) {
    return read(name, keys, new PlanRules(trust, Holding.DEFAULT), faults);
  }
}
