package uk.onefileroutes.process;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Judges whether a process that ran for long grew: the median of the last fifth of the samples
 * against that of the second fifth. The first fifth is the warm-up.
 */
final class SoakJudge {
  private static final int PARTS = 5;

  /** Fewer say nothing. */
  static final int MIN_SAMPLES = 25;

  private SoakJudge() {}

  /**
   * How one measure went.
   *
   * @param early the median of the second fifth
   * @param late the median of the last fifth
   * @param allowed the growth from early to late that is allowed
   */
  record Growth(SoakMeasure measure, double early, double late, double max, double allowed) {
    boolean isWithinBound() {
      return late - early <= allowed;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%-20s %10.1f %10.1f %10.1f %10.1f %10.1f  %s",
          measure.title(),
          early,
          late,
          max,
          late - early,
          allowed,
          isWithinBound() ? "ok" : "GREW");
    }
  }

  /**
   * One for each measure, in their order.
   *
   * @throws IllegalArgumentException where there are too few samples to say anything
   */
  static List<Growth> judge(List<SoakSample> samples) {
    if (samples.size() < MIN_SAMPLES) {
      throw new IllegalArgumentException(
          samples.size() + " samples are too few to judge; at least " + MIN_SAMPLES);
    }
    int part = samples.size() / PARTS;
    List<SoakSample> early = samples.subList(part, 2 * part);
    List<SoakSample> late = samples.subList(samples.size() - part, samples.size());
    return Arrays.stream(SoakMeasure.values())
        .map(
            measure -> {
              double before = median(early, measure);
              double max =
                  samples.stream().mapToDouble(s -> s.values().get(measure)).max().orElseThrow();
              return new Growth(
                  measure, before, median(late, measure), max, measure.allowedAbove(before));
            })
        .toList();
  }

  /** For people. */
  static String table(List<Growth> growths) {
    return growths.stream()
        .map(Growth::toString)
        .collect(
            Collectors.joining(
                "\n",
                String.format(
                    Locale.ROOT,
                    "%-20s %10s %10s %10s %10s %10s%n",
                    "measure",
                    "early",
                    "late",
                    "max",
                    "growth",
                    "allowed"),
                "\n"));
  }

  private static double median(List<SoakSample> samples, SoakMeasure measure) {
    double[] sorted = samples.stream().mapToDouble(s -> s.values().get(measure)).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
