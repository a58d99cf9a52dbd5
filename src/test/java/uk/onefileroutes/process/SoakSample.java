package uk.onefileroutes.process;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What was measured at one moment.
 *
 * @param at since the start of the run
 * @param values one for each measure
 */
record SoakSample(Duration at, Map<SoakMeasure, Double> values) {
  SoakSample {
    values = Map.copyOf(values);
  }

  static String csvHeader() {
    return Arrays.stream(SoakMeasure.values())
        .map(SoakMeasure::title)
        .collect(Collectors.joining(",", "seconds,", ""));
  }

  String csv() {
    return Arrays.stream(SoakMeasure.values())
        .map(measure -> "%.2f".formatted(values.get(measure)))
        .collect(Collectors.joining(",", at.toSeconds() + ",", ""));
  }

  /** For a line of progress. */
  String text() {
    return Arrays.stream(SoakMeasure.values())
        .map(measure -> String.format(Locale.ROOT, "%s %.1f", measure.title(), values.get(measure)))
        .collect(Collectors.joining(", "));
  }
}
