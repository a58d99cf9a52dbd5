package uk.onefileroutes.table;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.feed.Feed;

/** The records of a file, taken out of the quotes in which their lines stand. Not thread-safe. */
final class Records implements Closeable {
  private final RecordSplitter splitter;
  private final Grammar grammar;

  private Records(RecordSplitter splitter, Grammar grammar) {
    this.splitter = splitter;
    this.grammar = grammar;
  }

  static Records open(Path file, Encoding encoding, Grammar grammar, Feed.Limits limits)
      throws IOException {
    return new Records(new RecordSplitter(encoding.open(file), grammar, limits.line()), grammar);
  }

  /** The next record, null at the end. */
  RecordSplitter.@Nullable Split next() throws IOException {
    RecordSplitter.Split split = splitter.next();
    Character around = grammar.around();
    if (split == null || around == null || split.problem() != null) {
      return split;
    }
    String inside = Grammar.inside(split.text(), around);
    return inside == null
        ? split
        : new RecordSplitter.Split(
            inside, split.line(), inside.indexOf(grammar.quote()) >= 0, split.undecoded(), null);
  }

  /** The line end of the first record that had one, null as long as none had. */
  @Nullable String lineEnd() {
    return splitter.lineEnd();
  }

  @Override
  public void close() throws IOException {
    splitter.close();
  }
}
