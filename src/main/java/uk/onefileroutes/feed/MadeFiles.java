package uk.onefileroutes.feed;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uk.onefileroutes.assignment.Vocabulary;
import uk.onefileroutes.ledger.FileEntry;

/**
 * How files are read that were made here: in columns of our own, whatever those of their feed are,
 * and naming a part of what is assigned. All else, from its results place to its rules, is the
 * feed's.
 */
public final class MadeFiles {
  /** Where they are until they are answered, relative to the data folder; a number follows. */
  public static final String SPOOLED = "spool/made-";

  /** The column that says what becomes of the slot of an undone file. */
  public static final String UNDO = "undo";

  /** It gets back whom it held. */
  public static final String RESTORED = "restored";

  /** It stays, for a newer file owns it; the row asks for nothing. */
  public static final String KEPT = "kept";

  /** It stays, for it can't be given back; the row asks for nothing. */
  public static final String CANNOT = "cannot";

  private static final Feed.Layout LAYOUT =
      new Feed.Layout(Feed.Format.CSV, StandardCharsets.UTF_8, ',', null, null, null);
  private static final Feed.Limits LIMITS =
      new Feed.Limits(Long.MAX_VALUE, Long.MAX_VALUE, 1 << 12, 1 << 6);

  private MadeFiles() {}

  static Feed read(Feed feed, FileEntry.Made made) {
    Feed.Mapping mapping =
        new Feed.Mapping(
            Map.of(),
            Map.of(),
            made == FileEntry.Made.UNDO ? Map.of(UNDO, List.of(KEPT, CANNOT)) : Map.of(),
            Set.of(),
            new Vocabulary(Map.of(), Map.of()),
            List.of(),
            feed.mapping().organisation());
    return new Feed(
        feed.name(),
        feed.places(),
        LAYOUT,
        mapping,
        LIMITS,
        feed.rules().with(PlanRules.Snapshot.PARTIAL),
        feed.expected());
  }
}
