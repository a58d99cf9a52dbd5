package uk.onefileroutes.report;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uk.onefileroutes.assignment.RowState;

/**
 * The one answer for a row that asked for several assignments: state and HTTP status of the worst,
 * each code and each message once, the sum of the attempts, the latest time.
 */
record MergedAnswer(RowAnswer worst, String codes, String message, int attempts, String at) {

  static MergedAnswer of(List<RowAnswer> parts) {
    if (parts.size() == 1) {
      RowAnswer only = parts.get(0);
      String at = only.at() == null ? "" : seconds(only.at());
      return new MergedAnswer(only, only.codes(), only.message(), only.attempts(), at);
    }
    RowAnswer worst = parts.stream().min(Comparator.comparing(RowAnswer::state)).orElseThrow();
    return new MergedAnswer(
        worst,
        joined(parts.stream().flatMap(part -> Arrays.stream(part.codes().split(";"))), ";"),
        joined(
            parts.stream()
                .filter(part -> part.state() != RowState.IGNORED || part.equals(worst))
                .map(RowAnswer::message),
            "; "),
        parts.stream().mapToInt(RowAnswer::attempts).sum(),
        parts.stream()
            .map(RowAnswer::at)
            .filter(Objects::nonNull)
            .max(Comparator.naturalOrder())
            .map(MergedAnswer::seconds)
            .orElse(""));
  }

  RowState state() {
    return worst.state();
  }

  String httpStatus() {
    Integer status = worst.httpStatus();
    return status == null ? "" : status.toString();
  }

  private static String seconds(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String joined(Stream<String> words, String delimiter) {
    return words.filter(word -> !word.isBlank()).distinct().collect(Collectors.joining(delimiter));
  }
}
