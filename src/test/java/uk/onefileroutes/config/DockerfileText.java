package uk.onefileroutes.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What the Dockerfile says, which everything that runs the image goes by. */
final class DockerfileText {
  private final String text;

  DockerfileText() throws IOException {
    this.text = Files.readString(Path.of("Dockerfile")).replace("\\\n", "");
  }

  /** What follows this instruction, the only one of its kind, or the last. */
  String after(String instruction) {
    List<String> all = all(instruction);
    return all.get(all.size() - 1);
  }

  /** What follows each of these instructions. */
  List<String> all(String instruction) {
    return Pattern.compile("(?m)^" + instruction + "\\s+(.*)$")
        .matcher(text)
        .results()
        .map(found -> found.group(1).strip())
        .toList();
  }

  /** What an instruction in the form of a list says. */
  List<String> words(String instruction) {
    return words(after(instruction), Pattern.compile("\"([^\"]*)\""));
  }

  /** The command of the health check. */
  List<String> healthCommand() {
    String check = after("HEALTHCHECK");
    return words(check.substring(check.indexOf("CMD")), Pattern.compile("\"([^\"]*)\""));
  }

  /** The options of the health check, without their dashes. */
  Map<String, String> healthOptions() {
    Map<String, String> options = new LinkedHashMap<>();
    for (String option : words(after("HEALTHCHECK"), Pattern.compile("--([a-z-]+=\\w+) "))) {
      String[] parts = option.split("=", 2);
      options.put(parts[0], parts[1]);
    }
    return options;
  }

  /** The ports that it exposes. */
  List<String> ports() {
    return Arrays.asList(after("EXPOSE").split(" ", -1));
  }

  /** How much of the memory the heap may take. */
  double heapShare() {
    return Double.parseDouble(
            words(after("ENTRYPOINT"), Pattern.compile("MaxRAMPercentage=(\\d+)")).get(0))
        / 100;
  }

  private static List<String> words(String text, Pattern word) {
    return word.matcher(text).results().map((MatchResult found) -> found.group(1)).toList();
  }
}
