package uk.onefileroutes.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateTest {

  @Test
  void aNumberIsReadWithSpaceAround() {
    assertThat(Rate.parse(" 240 ")).isEqualTo(new Rate(240)).hasToString("240");
  }

  @Test
  void zeroAdmitsNobodyAndHasNoSpacing() {
    assertThat(Rate.parse("0")).isEqualTo(Rate.NONE);
    assertThat(Rate.NONE.isNone()).isTrue();
    assertThatThrownBy(Rate.NONE::spacing).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void unlimitedHasNoSpacingBetweenCalls() {
    Rate rate = Rate.parse("Unlimited");
    assertThat(rate).isEqualTo(Rate.UNLIMITED).hasToString("unlimited");
    assertThat(rate.isUnlimited()).isTrue();
    assertThat(rate.spacing()).isZero();
  }

  @Test
  void theHighestNumberIsReadAndOneMoreIsRefused() {
    assertThat(Rate.parse("60000").callsPerMinute()).isEqualTo(Rate.HIGHEST);
    assertThatThrownBy(() -> Rate.parse("60001")).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1.5", "abc", "240/min", "1e2", "+3", "99999999999", "٣"})
  void whatIsNoWholeNumberIsRefusedWithAnExample(String text) {
    assertThatThrownBy(() -> Rate.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "\"%s\" is not a number of calls per minute. Write a whole number from 0 (nobody) to"
                + " 60000, or unlimited, for example: 240",
            text);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 60, 61, 240, 300, 60_000})
  void spacingSharesOutAtLeastSixtyOneSeconds(int callsPerMinute) {
    Duration all = new Rate(callsPerMinute).spacing().multipliedBy(callsPerMinute);
    assertThat(all)
        .isBetween(Duration.ofSeconds(61), Duration.ofSeconds(61).plusNanos(callsPerMinute));
  }

  @Test
  void theSlowestComparesAsTheLeast() {
    assertThat(Rate.NONE).isLessThan(new Rate(1));
    assertThat(new Rate(300)).isLessThan(Rate.UNLIMITED);
  }
}
