package uk.onefileroutes.table;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.Fault;

/**
 * A record of a {@link BuiltTable} before it has a number.
 *
 * @param line where it is, for people: a physical line, or the row of a sheet
 * @param cells in the order of the header; more or fewer where it has a fault
 * @param fault what is wrong with the record itself, null for nothing
 */
record Draft(long line, List<String> cells, @Nullable Fault fault) {

  /** Gives records one after the other. Not thread-safe. */
  interface Cursor extends Closeable {
    /** The next record, null at the end. */
    @Nullable Draft next() throws UnreadableFile, IOException;
  }

  /** Opens a cursor before the first record, again and again. */
  interface Source {
    Cursor open() throws UnreadableFile, IOException;
  }
}
