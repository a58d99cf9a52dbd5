package uk.onefileroutes.shown;

import org.jspecify.annotations.Nullable;

/** What lies behind a failure that others have wrapped. Stateless and thread-safe. */
public final class Causes {
  private Causes() {}

  /** The innermost cause; the failure itself where it has none. */
  public static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  /** The outermost of this type among a failure and its causes; null where there is none. */
  public static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (type.isInstance(e)) {
        return type.cast(e);
      }
    }
    return null;
  }
}
