package uk.onefileroutes.ledger;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

/** Goes page by page through what is too much for one transaction, or for memory. */
final class Pages {
  private Pages() {}

  /**
   * Does one page after the other.
   *
   * @param page does the page behind the place it is given; returns where the next one begins,
   *     empty at the end
   */
  static <P> void each(P start, Function<P, Optional<P>> page) {
    Optional<P> next = Optional.of(start);
    while (next.isPresent()) {
      next = page.apply(next.get());
    }
  }

  /** Where the next page begins: behind the last of this one; empty if this one is not full. */
  static <T, P> Optional<P> next(List<T> page, int size, Function<T, P> place) {
    return page.size() < size
        ? Optional.empty()
        : Optional.of(place.apply(page.get(page.size() - 1)));
  }

  /**
   * All of them, read page by page while iterating; at most one page is in memory.
   *
   * @param size of a full page
   * @param page reads the page behind the place it is given
   */
  static <T, P> Iterator<T> iterate(
      P start, int size, Function<P, List<T>> page, Function<T, P> place) {
    return new Iterator<>() {
      private final Deque<T> read = new ArrayDeque<>();
      private Optional<P> next = Optional.of(start);

      @Override
      public boolean hasNext() {
        if (read.isEmpty() && next.isPresent()) {
          List<T> more = page.apply(next.get());
          read.addAll(more);
          next = Pages.next(more, size, place);
        }
        return !read.isEmpty();
      }

      @Override
      public T next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return read.remove();
      }
    };
  }
}
