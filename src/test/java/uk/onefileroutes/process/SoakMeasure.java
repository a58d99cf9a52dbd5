package uk.onefileroutes.process;

/**
 * What a process that lives long must not need more and more of, with the growth that is allowed
 * between the second and the last fifth of a run: so much, or such a share of what it was,
 * whichever is more.
 */
enum SoakMeasure {
  /** What is left after a garbage collection. */
  HEAP("heap MiB", 8, 15),
  NON_HEAP("non-heap MiB", 8, 10),
  RESIDENT("resident MiB", 40, 15),
  THREADS("threads", 5, 10),
  HANDLES("file handles", 10, 10),
  /** Of the pool in front of the ledger, which has six at most. */
  CONNECTIONS("pool connections", 1, 0),
  /** Rows are kept for a year; what each of them takes must not become more. */
  LEDGER("ledger bytes a row", 100, 10),
  SPOOL("spool KiB", 64, 10),
  LOG("log bytes a file", 100, 10),
  /** The traffic is steady, so this is as well, unless something is searched that grows. */
  CPU("CPU s a minute", 1, 40),
  ANSWER("answer s", 2, 50);

  private final String title;
  private final double allowed;
  private final int allowedPercent;

  SoakMeasure(String title, double allowed, int allowedPercent) {
    this.title = title;
    this.allowed = allowed;
    this.allowedPercent = allowedPercent;
  }

  String title() {
    return title;
  }

  /** How much more it may be than this. */
  double allowedAbove(double early) {
    return Math.max(allowed, early * allowedPercent / 100);
  }
}
