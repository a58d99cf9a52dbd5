package uk.onefileroutes.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uk.onefileroutes.process.ChaosEvidence.AnsweredRow;
import uk.onefileroutes.process.ChaosRow.Slot;

/** What senders get back. Each check returns what is wrong. */
final class ChaosAnswerChecks {
  private ChaosAnswerChecks() {}

  static List<String> acceptedOnce(ChaosEvidence evidence) {
    Function<ChaosFile, String> key = file -> file.feed() + "/" + file.name() + file.sha256();
    Map<String, Long> dropped =
        evidence.script().files().stream()
            .collect(Collectors.groupingBy(key, Collectors.counting()));
    Map<String, Long> accepted =
        evidence.accepted().stream()
            .filter(file -> file.made() == null)
            .map(evidence::dropped)
            .collect(Collectors.groupingBy(key, Collectors.counting()));
    return dropped.equals(accepted) ? List.of() : List.of(dropped + " became " + accepted);
  }

  static List<String> oneLineForEachRow(ChaosEvidence evidence) {
    List<String> wrong = new ArrayList<>();
    for (ChaosData.Accepted file : evidence.accepted()) {
      List<ChaosRow> rows = evidence.dropped(file).rows();
      if (rows.isEmpty()) {
        if (!file.state().equals("refused")
            || !file.results().stream().allMatch(ChaosData::isExplanation)
            || file.results().size() != 1) {
          wrong.add(file + " is not refused, or its sender was not told why once");
        }
      } else if (!file.state().equals("done") || file.results().size() != 1) {
        wrong.add(file + " does not have one results file");
      } else {
        wrong.addAll(wrongLines(file, ChaosFile.header(file), rows, evidence.data()));
      }
    }
    return wrong;
  }

  private static List<String> wrongLines(
      ChaosData.Accepted file, String header, List<ChaosRow> rows, ChaosData data) {
    List<String> wrong = new ArrayList<>();
    List<String> lines = data.lines(file.feed(), file.results().get(0));
    if (lines.size() != rows.size() + 1 || !lines.get(0).startsWith(header + ",")) {
      wrong.add("%s has %d lines for %d rows".formatted(file, lines.size(), rows.size()));
    }
    for (int i = 0; i < Math.min(rows.size(), lines.size() - 1); i++) {
      String expected = rows.get(i).line() + "," + (i + 1) + ",";
      if (!lines.get(i + 1).startsWith(expected)) {
        wrong.add("%s: %s is not %s".formatted(file, lines.get(i + 1), expected));
      }
    }
    return wrong;
  }

  static List<String> statesThatAreDue(ChaosEvidence evidence) {
    List<String> wrong = new ArrayList<>();
    Map<Slot, AnsweredRow> lastOfAll =
        evidence.rows().stream()
            .filter(row -> row.asked().ask() != null)
            .collect(Collectors.toMap(row -> row.ask().slot(), row -> row, (one, later) -> later));
    for (AnsweredRow row : evidence.rows()) {
      boolean hasLastWord =
          row.asked().ask() != null && Objects.equals(lastOfAll.get(row.ask().slot()), row);
      Set<String> due = due(evidence.script().settings(), row, hasLastWord);
      if (!due.contains(row.state())) {
        wrong.add(row + " should be one of " + due);
      }
    }
    return wrong;
  }

  private static Set<String> due(
      ChaosScript.Settings settings, AnsweredRow row, boolean hasLastWord) {
    ChaosRow.Meaning meaning = row.asked().meaning();
    if (meaning == ChaosRow.Meaning.INVALID) {
      return Set.of("invalid");
    }
    if (meaning == ChaosRow.Meaning.IGNORED) {
      return Set.of("ignored");
    }
    if (!row.isLast()) {
      return Set.of("superseded");
    }
    boolean isAdditional = row.ask().slot().what().startsWith("additional/");
    boolean mayBlock = settings.mayBlock() || (settings.blockUncertainAdditional() && isAdditional);
    Stream<String> ends =
        meaning == ChaosRow.Meaning.REFUSED
            ? Stream.of("rejected")
            : Stream.of("sent", "unchanged");
    Stream<String> others = Stream.of(mayBlock ? "blocked" : "", hasLastWord ? "" : "superseded");
    return Stream.concat(ends, others).filter(s -> !s.isEmpty()).collect(Collectors.toSet());
  }

  static List<String> filesAreInTheirPlaces(ChaosEvidence evidence) {
    List<String> wrong = new ArrayList<>();
    ChaosData data = evidence.data();
    for (String folder : List.of("inbox", "second", "checked", "spool", "recovered")) {
      data.names(folder).forEach(name -> wrong.add(folder + " still has " + name));
    }
    long unreadable = evidence.script().files().stream().filter(file -> !file.isReadable()).count();
    // the same bytes under the same name need no second place
    long readable =
        evidence.script().files().stream()
            .filter(ChaosFile::isReadable)
            .map(file -> file.name() + file.sha256())
            .distinct()
            .count();
    long made = evidence.accepted().stream().filter(file -> file.made() != null).count();
    if (data.names("archive").size() != readable + made || data.refused().size() != unreadable) {
      wrong.add(data.names("archive") + " are in the archive, refused " + data.refused());
    }
    for (String feed : ChaosFiles.ALL_FEEDS) {
      List<String> found = data.names(ChaosData.resultsFolder(feed));
      List<String> results =
          found.stream()
              .filter(
                  name -> !(feed.equals(ChaosFiles.CHECKED) && name.equals(ChaosFiles.HELD_ANSWER)))
              .filter(name -> name.endsWith(".results.csv") || ChaosData.isExplanation(name))
              .toList();
      List<String> announced =
          evidence.accepted().stream()
              .filter(file -> file.feed().equals(feed))
              .flatMap(file -> file.results().stream())
              .sorted()
              .toList();
      if (!results.equals(announced)) {
        wrong.add(results + " are there, announced were " + announced);
      }
      found.stream()
          .filter(
              name ->
                  !results.contains(name)
                      && !name.equals(ChaosFiles.HELD_ANSWER)
                      && !name.endsWith(".rejects.csv"))
          .forEach(name -> wrong.add("left among the results: " + name));
    }
    return wrong;
  }
}
