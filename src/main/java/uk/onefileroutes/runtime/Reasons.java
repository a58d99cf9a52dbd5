package uk.onefileroutes.runtime;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.shown.Shown;

/** The one sentence that helps, out of a chain of exceptions. */
final class Reasons {
  private static final Pattern YAML_PLACE =
      Pattern.compile("(?m)^(\\S.*)\\R in [^,\\n]*, line (\\d+), column \\d+:$");

  private Reasons() {}

  static String of(Throwable failure) {
    StringBuilder reason = new StringBuilder();
    for (Throwable e = failure; e != null; e = e.getCause()) {
      String line = oneLine(e.getMessage());
      // each wrapper repeats what it wraps
      if (!line.isEmpty()
          && reason.indexOf(line) < 0
          && (e.getCause() == null || !line.contains(nameOf(e.getCause())))) {
        reason.append(reason.isEmpty() ? "" : ": ").append(line);
      }
    }
    return reason.isEmpty() ? failure.getClass().getSimpleName() : reason.toString();
  }

  /** The last place that a YAML reader names is where it gave up; else the first line. */
  private static String oneLine(@Nullable String message) {
    if (message == null) {
      return "";
    }
    Matcher place = YAML_PLACE.matcher(message);
    String line = Shown.line(message.lines().findFirst().orElse(""));
    while (place.find()) {
      line = "line " + place.group(2) + ": " + place.group(1).strip();
    }
    return line;
  }

  private static String nameOf(Throwable e) {
    return e.getClass().getName();
  }
}
