package uk.onefileroutes.process;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** A file to drop, and what must come back. Immutable. */
final class SoakFile {
  private final String name;
  private final Format format;
  private final byte[] content;
  private final List<String> states;

  /** What it is written as. */
  enum Format {
    CSV,
    JSON,
    XLSX;

    String ending() {
      return "." + name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @param name without what its format adds
   * @param states of its rows, in their order
   */
  SoakFile(String name, Format format, byte[] content, List<String> states) {
    this.name = name;
    this.format = format;
    this.content = content.clone();
    this.states = List.copyOf(states);
  }

  static SoakFile text(String name, Format format, String content, List<String> states) {
    return new SoakFile(name, format, content.getBytes(StandardCharsets.UTF_8), states);
  }

  byte[] content() {
    return content.clone();
  }

  String text() {
    return new String(content, StandardCharsets.UTF_8);
  }

  List<String> states() {
    return states;
  }

  String fileName() {
    return name + format.ending();
  }

  String resultsName() {
    return name + ".results.csv";
  }
}
