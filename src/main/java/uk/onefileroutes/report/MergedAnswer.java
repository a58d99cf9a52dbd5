package uk.onefileroutes.report;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uk.onefileroutes.assignment.RowState;
import uk.onefileroutes.shown.Shown;

/**
 * The one answer for a row that asked for several assignments: the state of the worst, and its HTTP
 * status or another's where it has none; each code and each message once, in the same order, and
 * what asks for nothing behind; the sum of the attempts, the latest time. Where not all came out
 * alike, each message names the cells that it is about.
 */
record MergedAnswer(
    RowState state, String codes, String message, String httpStatus, int attempts, String at) {
  private static final int SHOWN = 40;

  /**
   * The answer for a row.
   *
   * @param names by which cells a wide row asks, by part; empty for any other
   */
  static MergedAnswer of(List<RowAnswer> parts, List<String> names) {
    RowAnswer worst = parts.stream().min(Comparator.comparing(RowAnswer::state)).orElseThrow();
    List<RowAnswer> asking =
        parts.stream().filter(part -> part.state() != RowState.IGNORED).toList();
    List<RowAnswer> ignored =
        parts.stream().filter(part -> part.state() == RowState.IGNORED).toList();
    return new MergedAnswer(
        worst.state(),
        joined(
            Stream.of(asking, ignored)
                .flatMap(List::stream)
                .flatMap(part -> Arrays.stream(part.codes().split(";"))),
            ";"),
        asking.isEmpty() ? worst.message() : message(asking, names),
        Stream.concat(Stream.of(worst), asking.stream())
            .map(part -> part.tried().httpStatus())
            .filter(Objects::nonNull)
            .findFirst()
            .map(String::valueOf)
            .orElse(""),
        parts.stream().mapToInt(part -> part.tried().attempts()).sum(),
        parts.stream()
            .map(part -> part.tried().at())
            .filter(Objects::nonNull)
            .max(Comparator.naturalOrder())
            .map(MergedAnswer::seconds)
            .orElse(""));
  }

  private static String message(List<RowAnswer> asking, List<String> names) {
    boolean isAlike =
        asking.stream().map(part -> part.state() + " " + part.message()).distinct().count() == 1;
    if (isAlike || names.isEmpty()) {
      return joined(asking.stream().map(RowAnswer::message), "; ");
    }
    Map<String, List<RowAnswer>> byOutcome = new LinkedHashMap<>();
    asking.forEach(
        part -> byOutcome.computeIfAbsent(outcome(part), same -> new ArrayList<>()).add(part));
    return joined(byOutcome.values().stream().map(alike -> named(alike, names)), "; ");
  }

  private static String outcome(RowAnswer part) {
    return part.state() + " " + part.tried().httpStatus() + " " + part.message();
  }

  /** What came of these, and of which cells; what is invalid says so by itself. */
  private static String named(List<RowAnswer> alike, List<String> names) {
    RowAnswer first = alike.get(0);
    String cells =
        joined(
            alike.stream()
                .filter(part -> part.part() < names.size())
                .map(part -> Shown.line(names.get(part.part()), SHOWN)),
            ", ");
    if (first.state() == RowState.INVALID || first.message().isEmpty() || cells.isEmpty()) {
      return first.message();
    }
    Integer httpStatus = first.tried().httpStatus();
    String status = httpStatus == null ? "" : " (" + httpStatus + ")";
    return first.state() == RowState.SENT && first.message().startsWith(Sentences.SENT)
        ? cells + ": assigned" + status + first.message().substring(Sentences.SENT.length() - 1)
        : cells + status + ": " + first.message();
  }

  private static String seconds(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String joined(Stream<String> words, String delimiter) {
    return words.filter(word -> !word.isBlank()).distinct().collect(Collectors.joining(delimiter));
  }
}
