package uk.onefileroutes.operate;

/** The one sentence that helps, out of a chain of exceptions. */
final class Reasons {
  private Reasons() {}

  static String of(Throwable failure) {
    StringBuilder reason = new StringBuilder();
    for (Throwable e = failure; e != null; e = e.getCause()) {
      String message = e.getMessage();
      String line = message == null ? "" : message.lines().findFirst().orElse("").strip();
      // each wrapper repeats what it wraps
      if (!line.isEmpty()
          && reason.indexOf(line) < 0
          && (e.getCause() == null || !line.contains(nameOf(e.getCause())))) {
        reason.append(reason.isEmpty() ? "" : ": ").append(line);
      }
    }
    return reason.isEmpty() ? failure.getClass().getSimpleName() : reason.toString();
  }

  private static String nameOf(Throwable e) {
    return e.getClass().getName();
  }
}
