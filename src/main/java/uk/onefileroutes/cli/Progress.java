package uk.onefileroutes.cli;

import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * How far something is: on a terminal a line with a bar that is drawn again, elsewhere a line
 * whenever it begins to wait. For one thread.
 */
final class Progress implements AutoCloseable {
  private static final int WIDTH = 20;
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final String task;
  private final PrintStream err;
  private final boolean isTerminal;
  private String drawn = "";
  private @Nullable String waits;

  Progress(String task, PrintStream err, boolean isTerminal) {
    this.task = task;
    this.err = err;
    this.isTerminal = isTerminal;
  }

  /** A bar of {@value #WIDTH} characters with its percentage. */
  static String bar(long done, long total) {
    int percent = total == 0 ? 0 : (int) (100 * done / total);
    int filled = WIDTH * percent / 100;
    return "[%s%s] %3d %%".formatted("=".repeat(filled), " ".repeat(WIDTH - filled), percent);
  }

  /**
   * Shows it.
   *
   * @param total 0 while it is not known
   * @param waits why it stands still now; null while it does
   */
  void show(long done, long total, @Nullable String waits) {
    if (isTerminal) {
      draw(
          "%s %s %,d of %,d%s"
              .formatted(task, bar(done, total), done, total, waits == null ? "" : "  " + waits));
    } else if (waits != null && !waits.equals(this.waits)) {
      err.println("Waits: " + waits);
    }
    this.waits = waits;
  }

  private void draw(String line) {
    if (!line.equals(drawn)) {
      err.print(CLEAR_LINE + line);
      err.flush();
      drawn = line;
    }
  }

  @Override
  public void close() {
    if (!drawn.isEmpty()) {
      err.println();
    }
  }
}
