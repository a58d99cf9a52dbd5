package uk.onefileroutes.table;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import uk.onefileroutes.feed.Column;
import uk.onefileroutes.feed.FanOut;
import uk.onefileroutes.feed.Feed;

/** What a feed needs a header to name. Immutable. */
final class NeededColumns {
  private static final String KIND_OR_LEVEL = "kind or level";

  private final Feed.Mapping mapping;

  NeededColumns(Feed.Mapping mapping) {
    this.mapping = mapping;
  }

  /** The header of a file that has nothing in it: what the feed needs, by its names. */
  static Header header(Feed feed) {
    NeededColumns needed = new NeededColumns(feed.mapping());
    Set<String> names = new LinkedHashSet<>();
    for (Column column : Column.values()) {
      String wanted = needed.mapping.columns().get(column);
      if (wanted != null) {
        names.add(wanted);
      }
      String word = column == Column.KIND ? KIND_OR_LEVEL : column.word();
      if (needed.missing(new Header(List.copyOf(names), feed, 0)).contains(word)) {
        names.add(column.word());
      }
    }
    names.addAll(needed.mapping.ignores().keySet());
    needed.mapping.fanOuts().stream().flatMap(FanOut::headers).forEach(names::add);
    return new Header(List.copyOf(names), feed, 0);
  }

  /** What is needed and is not named in this header. */
  List<String> missing(Header header) {
    List<String> missing = new ArrayList<>();
    for (Column column : Column.values()) {
      String wanted = mapping.columns().get(column);
      if (wanted != null && !isSupplied(column, header)) {
        missing.add(
            "%s (by the feed's column.%s: %s)".formatted(column.word(), column.word(), wanted));
      }
    }
    for (String ignored : mapping.ignores().keySet()) {
      if (!header.has(ignored)) {
        missing.add("%s (by the feed's ignore.%s)".formatted(ignored, ignored));
      }
    }
    for (FanOut fanOut : mapping.fanOuts()) {
      fanOut
          .headers()
          .filter(wanted -> !header.has(wanted))
          .forEach(wanted -> missing.add("%s (by the feed's %s)".formatted(wanted, fanOut.key())));
    }
    if (needsOne(AssignmentReader.LEARNERS, header)) {
      missing.add(Column.LEARNER.word());
    }
    if (mapping.fanOuts().isEmpty()) {
      if (needsOne(List.of(Column.ROLE), header)) {
        missing.add(Column.ROLE.word());
      }
      if (needsOne(AssignmentReader.ASSIGNEES, header)) {
        missing.add(Column.ASSIGNEE.word());
      }
      if (needsOne(List.of(Column.KIND, Column.LEVEL), header)) {
        missing.add(KIND_OR_LEVEL);
      }
    }
    return missing;
  }

  /** One of several columns; what the feed names is missed by its own name already. */
  private boolean needsOne(List<Column> oneOf, Header header) {
    return oneOf.stream()
        .noneMatch(column -> isSupplied(column, header) || mapping.columns().containsKey(column));
  }

  private boolean isSupplied(Column column, Header header) {
    return mapping.constants().containsKey(column) || header.has(column);
  }
}
