package uk.onefileroutes.route;

import java.util.Iterator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What there is to do, one by one, as a streaming split of a route takes it: the next is asked for
 * once the one before it is done. For one thread.
 *
 * <p>The split asks {@link #hasNext} while it still has the one before in hand, when nobody can say
 * yet whether another will follow. So that is answered without waiting, and {@link #next} gives
 * null where there is nothing any more, which the split passes over.
 */
public final class WorkIterator<T> implements Iterator<@Nullable T> {
  private final Supplier<@Nullable T> source;
  private boolean isOver;

  /**
   * @param source may wait; null where there is nothing to do now
   */
  public WorkIterator(Supplier<@Nullable T> source) {
    this.source = source;
  }

  @Override
  public boolean hasNext() {
    return !isOver;
  }

  @Override
  public @Nullable T next() {
    isOver = true; // also where this fails: a split asks once more behind its end
    T next = source.get();
    isOver = next == null;
    return next;
  }
}
