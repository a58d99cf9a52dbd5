package uk.onefileroutes.proposal;

import java.util.ArrayList;
import java.util.List;

/** The lines of a feed file. */
final class FeedText {
  private final List<String> lines = new ArrayList<>();

  void comment(String text) {
    lines.add("# " + text);
  }

  void blank() {
    lines.add("");
  }

  void key(String key, String value) {
    lines.add(escaped(key, true) + "=" + escaped(value, false));
  }

  /** A key that a person may take into use. */
  void offer(String key, String value) {
    lines.add("#" + escaped(key, true) + "=" + escaped(value, false));
  }

  /** As a file of properties has it. */
  private static String escaped(String text, boolean isKey) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isMarked = isKey ? " :=#!".indexOf(c) >= 0 : i == 0 && c == ' ';
      if (isMarked || c == '\\') {
        escaped.append('\\');
      }
      escaped.append(c);
    }
    return escaped.toString();
  }

  String text() {
    return String.join("\n", lines) + "\n";
  }
}
