package uk.onefileroutes.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What was measured, by what it is; each with as many values as there were rounds. */
final class Figures {
  private final Map<String, List<Double>> values = new LinkedHashMap<>();
  private final Map<String, List<Double>> ratios = new LinkedHashMap<>();

  /** Cost of a row in a file of this size. */
  record Point(int rows, double cpuPerThousand) {}

  void add(String name, double value) {
    values.computeIfAbsent(name, unused -> new ArrayList<>()).add(value);
  }

  void add(String contender, Run.Cost cost, int peakMiB) {
    add(contender + ": rows/s", cost.rowsPerSecond());
    add(contender + ": CPU-s per 1,000 rows", cost.cpuPerThousand());
    add(contender + ": peak RSS, MiB", peakMiB);
  }

  /** A ratio of two values of one round. */
  void ratio(String name, double value) {
    ratios.computeIfAbsent(name, unused -> new ArrayList<>()).add(value);
  }

  /** A Markdown table: ratios first. */
  String table() {
    return Map.of(true, ratios, false, values).entrySet().stream()
        .sorted((one, other) -> Boolean.compare(other.getKey(), one.getKey()))
        .flatMap(group -> group.getValue().entrySet().stream())
        .map(figure -> line(figure.getKey(), figure.getValue().stream().sorted().toList()))
        .collect(
            Collectors.joining("", "| figure | median | from | to |\n|---|---|---|---|\n", ""));
  }

  private static String line(String name, List<Double> sorted) {
    return "| %s | %s | %s | %s |%n"
        .formatted(
            name,
            number(sorted.get((sorted.size() - 1) / 2)),
            number(sorted.get(0)),
            number(sorted.get(sorted.size() - 1)));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : "%.2f", value);
  }
}
