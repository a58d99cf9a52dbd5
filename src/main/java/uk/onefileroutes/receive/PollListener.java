package uk.onefileroutes.receive;

/** Is told of the polls of one drop folder, by the thread that polls. */
public interface PollListener {
  /** A poll begins. */
  default void begin() {}

  /** A file could not be taken, or not be moved away; that was said. */
  default void failed(String name, String reason) {}

  /** A poll has seen all there is. */
  default void end() {}

  /** The same; this comes next where a poll begins, and if it fails, so does the poll. */
  default PollListener withFirst(Runnable step) {
    PollListener told = this;
    return new PollListener() {
      @Override
      public void begin() {
        told.begin();
        step.run();
      }

      @Override
      public void failed(String name, String reason) {
        told.failed(name, reason);
      }

      @Override
      public void end() {
        told.end();
      }
    };
  }
}
