package uk.onefileroutes.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.onefileroutes.simulator.Fault.Spoilt.Body;

class FaultSpecTest {
  private static final Selection USERS = Selection.users();

  static Stream<Arguments> forms() {
    return Stream.of(
        Arguments.of("500 every 7", Fault.answer(500).on(USERS.everyNth(7))),
        Arguments.of("503 for 30s", Fault.answer(503).on(USERS.lasting(Duration.ofSeconds(30)))),
        Arguments.of("503 times 20", Fault.answer(503).on(USERS.next(20))),
        Arguments.of("429 retry-after 30", Fault.answer(429).withRetryAfter("30").on(USERS)),
        Arguments.of("500 learner 501001", Fault.answer(500).on(USERS.forLearner(501001))),
        Arguments.of(
            "  500   skip 100 every 2 times 3 ",
            Fault.answer(500).on(USERS.after(100).everyNth(2).next(3))),
        Arguments.of("503 logins", Fault.answer(503).on(Selection.authentications())),
        Arguments.of("html", Fault.htmlUnder200().on(USERS)),
        Arguments.of("cut before every 9", Fault.cutBefore().on(USERS.everyNth(9))),
        Arguments.of("cut after", Fault.cutAfter().on(USERS)),
        Arguments.of("hang", Fault.hang().on(USERS)),
        Arguments.of("hang after times 1", Fault.hang().afterApplying().on(USERS.next(1))),
        Arguments.of("latency 2s", Fault.latency(Duration.ofSeconds(2)).on(USERS)),
        Arguments.of("latency 500ms logins", latencyOfLogins()),
        Arguments.of("truncate", Fault.spoilt(Body.TRUNCATED).on(USERS)),
        Arguments.of("chunked", Fault.spoilt(Body.CHUNKED).on(USERS)),
        Arguments.of("chunks-cut", Fault.spoilt(Body.CHUNKS_CUT).on(USERS)),
        Arguments.of("endless", Fault.spoilt(Body.ENDLESS).on(USERS)),
        Arguments.of("drip for 1m", dripForAMinute()),
        Arguments.of(
            "302 header Location=/x header Set-Cookie=a=b;+Path=/ times 1",
            Fault.answer(302)
                .withHeader("Location", "/x")
                .withHeader("Set-Cookie", "a=b; Path=/")
                .on(USERS.next(1))),
        Arguments.of("gzip-bomb", Fault.spoilt(Body.GZIP_BOMB).on(USERS)),
        Arguments.of("deflate-bomb", Fault.spoilt(Body.DEFLATE_BOMB).on(USERS)),
        Arguments.of("endless-headers", Fault.spoilt(Body.ENDLESS_HEADERS).on(USERS)),
        Arguments.of("endless-header-line", Fault.spoilt(Body.ENDLESS_HEADER_LINE).on(USERS)),
        Arguments.of("endless-status-line", Fault.spoilt(Body.ENDLESS_STATUS_LINE).on(USERS)),
        Arguments.of("endless-trailers", Fault.spoilt(Body.ENDLESS_TRAILERS).on(USERS)),
        Arguments.of("endless-1xx", Fault.spoilt(Body.ENDLESS_INTERIM).on(USERS)),
        Arguments.of("drip-head", Fault.spoilt(Body.DRIPPING_HEAD).on(USERS)),
        Arguments.of("big", Fault.spoilt(Body.BIG).on(USERS)),
        Arguments.of("tokens-die every 50", Fault.tokensDie().on(USERS.everyNth(50))),
        Arguments.of("no-login times 2", Fault.answer(401).on(twoLogins())),
        Arguments.of("rate 60", Fault.rate(60)));
  }

  private static Fault latencyOfLogins() {
    return Fault.latency(Duration.ofMillis(500)).on(Selection.authentications());
  }

  private static Fault dripForAMinute() {
    return Fault.spoilt(Body.DRIPPING).on(USERS.lasting(Duration.ofMinutes(1)));
  }

  private static Selection twoLogins() {
    return Selection.authentications().next(2);
  }

  @ParameterizedTest
  @MethodSource("forms")
  void aFaultIsReadAsItIsMeant(String spec, Fault fault) {
    assertThat(FaultSpec.parse(spec)).isEqualTo(fault);
  }

  @Test
  void everyFormThatIsToldIsRead() {
    List<String> told =
        FaultSpec.FORMS
            .lines()
            .map(line -> line.strip().split(" {2,}", 2)[0])
            .filter(form -> !form.endsWith(":"))
            .flatMap(form -> Stream.of(form.split(", ", -1)))
            .map(form -> form.replace("[", "").replace("]", ""))
            .toList();
    assertThat(told).hasSizeGreaterThan(18);
    assertThat(told)
        .allSatisfy(
            form ->
                assertThat(Stream.of(form, "500 " + form).filter(FaultSpecTest::isRead).findFirst())
                    .as(form)
                    .isPresent());
  }

  private static boolean isRead(String spec) {
    try {
      return FaultSpec.parse(spec).selection() != null;
    } catch (IllegalArgumentException unreadable) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "500 evry 7",
        "500 every",
        "500 every 0",
        "500 every -1",
        "500 for 30",
        "503 for 0s",
        "99",
        "199",
        "600",
        "cut",
        "cut sometimes",
        "latency soon",
        "rate",
        "rate 0",
        "429 retry-after",
        "500 learner 5000000000"
      })
  void whatCannotBeReadIsRefusedWithWhatCanBeWritten(String spec) {
    assertThatThrownBy(() -> FaultSpec.parse(spec))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + spec + "\" can't be read: ")
        .hasMessageContaining("500 every 7")
        .hasMessageContaining("for 30s");
  }
}
