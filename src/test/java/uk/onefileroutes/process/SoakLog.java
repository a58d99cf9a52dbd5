package uk.onefileroutes.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a process said: which of it no process that is well says, and how often it said what. */
record SoakLog(String text) {
  private static final int FEW = 20;
  private static final Pattern LOUD =
      Pattern.compile(" (WARN|ERROR|FATAL) |^\\tat |Exception|" + SoakWorld.PASSWORD);

  /** All files of a folder. */
  static SoakLog in(Path folder) throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        text.append(Files.readString(file));
      }
    }
    return new SoakLog(text.toString());
  }

  /** The first lines that no process that is well prints. */
  List<String> unexpected() {
    return text.lines().filter(line -> LOUD.matcher(line).find()).limit(FEW).toList();
  }

  /** How many entries of plan and closed windows did this; an edge of several is one line. */
  long edges(String did) {
    return Pattern.compile("(?:plan|closed)\\.[a-z0-9-]+ " + did).matcher(text).results().count();
  }

  /** How many lines have this in them. */
  long count(String words) {
    return text.lines().filter(line -> line.contains(words)).count();
  }
}
