package uk.onefileroutes.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import uk.onefileroutes.simulator.Call;

/**
 * What a red round leaves: ten lines to print, and in its folder, beside its data, everything that
 * it takes to find the cause.
 */
final class ChaosReport {
  private static final int CHECKS_SHOWN = 6;
  private static final int CHARACTERS_SHOWN = 240;

  private ChaosReport() {}

  /**
   * Writes the files.
   *
   * @param broken what does not hold, by the name of the check
   * @return what to print
   */
  static ChaosFailure of(ChaosEvidence evidence, Map<String, List<String>> broken, Path folder)
      throws IOException {
    Files.write(folder.resolve("failure.txt"), whole(broken));
    Files.write(folder.resolve("script.txt"), script(evidence.script()));
    Files.write(folder.resolve("calls.txt"), calls(evidence));
    List<String> outputs = evidence.runs().outputs();
    for (int i = 0; i < outputs.size(); i++) {
      Files.writeString(folder.resolve("process-" + (i + 1) + ".txt"), outputs.get(i));
    }
    return new ChaosFailure(message(evidence, broken, folder));
  }

  private static List<String> whole(Map<String, List<String>> broken) {
    List<String> lines = new ArrayList<>();
    broken.forEach(
        (check, violations) -> {
          lines.add(heading(check, violations));
          violations.forEach(violation -> lines.add("    " + violation));
        });
    return lines;
  }

  private static List<String> script(ChaosScript script) {
    List<String> lines = new ArrayList<>();
    lines.add("seed " + script.seed() + ", " + script.settings());
    script.always().forEach(fault -> lines.add("always " + fault));
    script.steps().forEach(step -> lines.add(step.toString()));
    return lines;
  }

  /** The kills stand between the calls. */
  private static List<String> calls(ChaosEvidence evidence) {
    record Line(Instant at, String text) {}
    Stream<Line> calls =
        evidence.farSide().calls().stream().map(call -> new Line(call.at(), text(call)));
    Stream<Line> kills =
        evidence.runs().kills().stream().map(kill -> new Line(kill, kill + " KILLED"));
    return Stream.concat(calls, kills)
        .sorted((one, other) -> one.at().compareTo(other.at()))
        .map(Line::text)
        .toList();
  }

  private static String text(Call call) {
    return "%s %d %s %s -> %s in %d ms%s%s%s"
        .formatted(
            call.at(),
            call.number(),
            call.path(),
            call.body(),
            call.status() == Call.CUT ? "cut" : call.status(),
            call.ending().millisInFlight(),
            call.applied() ? ", applied" : "",
            call.ending().faulted() ? ", faulted" : "",
            call.overlapped() ? ", overlapped" : "");
  }

  private static String message(
      ChaosEvidence evidence, Map<String, List<String>> broken, Path folder) {
    List<String> lines = new ArrayList<>();
    lines.add("seed " + evidence.script().seed() + ", " + evidence.script().settings());
    broken.entrySet().stream()
        .limit(CHECKS_SHOWN)
        .map(entry -> heading(entry.getKey(), entry.getValue()) + " " + entry.getValue().get(0))
        .map(ChaosReport::shortened)
        .forEach(lines::add);
    if (broken.size() > CHECKS_SHOWN) {
      lines.add("  and " + (broken.size() - CHECKS_SHOWN) + " more");
    }
    lines.add("  all of it: " + folder.resolve("failure.txt"));
    return String.join(System.lineSeparator(), lines);
  }

  private static String heading(String check, List<String> violations) {
    return "  " + check + ": " + violations.size() + " times not:";
  }

  private static String shortened(String text) {
    String line = text.replaceAll("\\R+", " ");
    return line.length() <= CHARACTERS_SHOWN ? line : line.substring(0, CHARACTERS_SHOWN) + "...";
  }
}
