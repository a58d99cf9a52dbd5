package uk.onefileroutes.feed;

import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.Kind;
import uk.onefileroutes.assignment.Role;

/**
 * One of the assignments that each row of a wide file asks for. An empty cell asks for nothing.
 *
 * @param key the feed's key, such as {@code fan-out.1}
 * @param kind what is assigned
 * @param role as what
 * @param assignee where it says who is assigned; {@link Column#ASSIGNEE} or a reference in its
 *     place
 * @param about where it says for which standard or unit; null: in the row's own column of that
 */
public record FanOut(String key, Kind kind, Role role, Source assignee, @Nullable Source about) {

  /** By what a sender knows it: the header of the cell that asks; the key where none does. */
  public String by() {
    return assignee.header() == null ? key : assignee.header();
  }

  /** The headers of the cells that it reads. */
  public Stream<String> headers() {
    return Stream.of(assignee, about)
        .filter(Objects::nonNull)
        .map(Source::header)
        .filter(Objects::nonNull);
  }

  /**
   * Where a value comes from.
   *
   * @param column what the value is
   * @param header the header of the cell; null for a constant
   * @param constant the same value for all rows; null where it is in a cell
   */
  public record Source(Column column, @Nullable String header, @Nullable String constant) {}
}
