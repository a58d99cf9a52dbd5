package uk.onefileroutes.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SoakJudgeTest {
  private static final int SAMPLES = 100;
  private static final double COMMON = 50;

  @ParameterizedTest
  @EnumSource
  void whatGrowsMoreThanIsAllowedIsSeen(SoakMeasure measure) {
    double allowed = measure.allowedAbove(COMMON);

    assertThat(grown(measure, i -> COMMON + i * 2.5 * allowed / SAMPLES))
        .as("slowly and steadily; the two medians are 60 % of the run apart")
        .containsExactly(measure);
    assertThat(grown(measure, i -> i < 60 ? COMMON : COMMON + 1.1 * allowed))
        .as("at once, and stays")
        .containsExactly(measure);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsFlatOrNoisyOrWarmsUpIsNot(SoakMeasure measure) {
    double allowed = measure.allowedAbove(COMMON);
    Random random = new Random(1);

    assertThat(grown(measure, i -> COMMON)).isEmpty();
    assertThat(grown(measure, i -> COMMON + 3 * allowed * (random.nextDouble() - 0.5)))
        .as("noise")
        .isEmpty();
    assertThat(grown(measure, i -> i < 15 ? i * COMMON / 15 : COMMON)).as("a warm-up").isEmpty();
    assertThat(grown(measure, i -> i % 10 == 0 ? 20 * COMMON : COMMON)).as("peaks").isEmpty();
    assertThat(grown(measure, i -> COMMON * (SAMPLES - i) / SAMPLES)).as("less").isEmpty();
  }

  @Test
  void tooFewSamplesAreNoEvidence() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SoakJudge.judge(series(SoakMeasure.HEAP, 24, i -> COMMON)));
  }

  @Test
  void theTableHasTheFigures() {
    String table =
        SoakJudge.table(SoakJudge.judge(series(SoakMeasure.HEAP, SAMPLES, i -> COMMON + i)));

    assertThat(table.lines()).hasSize(1 + SoakMeasure.values().length);
    assertThat(table).containsPattern("heap MiB +79.5 +139.5 +149.0 +60.0 +11.9  GREW");
  }

  private static List<SoakMeasure> grown(SoakMeasure measure, IntToDoubleFunction values) {
    return SoakJudge.judge(series(measure, SAMPLES, values)).stream()
        .filter(growth -> !growth.isWithinBound())
        .map(SoakJudge.Growth::measure)
        .toList();
  }

  /** All other measures are flat. */
  private static List<SoakSample> series(
      SoakMeasure measure, int samples, IntToDoubleFunction values) {
    return IntStream.range(0, samples)
        .mapToObj(
            i ->
                new SoakSample(
                    Duration.ofSeconds(i),
                    Arrays.stream(SoakMeasure.values())
                        .collect(
                            Collectors.toMap(
                                Function.identity(),
                                each -> each == measure ? values.applyAsDouble(i) : COMMON))))
        .toList();
  }
}
