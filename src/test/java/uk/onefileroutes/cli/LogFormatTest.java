package uk.onefileroutes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;
import org.apache.logging.log4j.util.SortedArrayStringMap;
import org.apache.logging.log4j.util.StringMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped log4j2.xml in both formats, whatever stands in a message. */
class LogFormatTest {
  private static final ObjectMapper STRICT =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final String CONFIG = "config/log4j2.xml";

  @AfterEach
  void forgetFormat() {
    System.clearProperty("log.appender");
  }

  static List<String> messages() {
    StringBuilder controls = new StringBuilder();
    for (char c = 0; c < 0xa0; c++) {
      controls.append(c);
    }
    return List.of(
        "plain",
        "two\r\nlines {\"a\": 1}",
        "\u2028 and \u2029 and \u0085",
        "quotes \" and \\ and / and ' and \u00e9 \u20ac",
        controls.toString(),
        "\u009b2J, \u001b[2J, \u202e, \u200b, \u2066 and \ufeff",
        "a lone \ud800 surrogate, a pair \ud83d\ude00",
        "x".repeat(100_000));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void aLineOfJsonIsOneObjectWhateverIsInIt(String message) throws Exception {
    Throwable thrown =
        new IllegalStateException(message, new IllegalArgumentException("cause\n" + message));

    String line = written("json", message, Map.of("feed", "hr", "file", "7"), thrown);

    assertThat(line).endsWith(System.lineSeparator());
    String object = line.stripTrailing();
    assertThat(object).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\u2028\\u2029]");
    JsonNode read = STRICT.readTree(object.getBytes(StandardCharsets.UTF_8));
    assertThat(read.path("ts").asText())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    assertThat(read.path("level").asText()).isEqualTo("WARN");
    assertThat(read.path("logger").asText()).isEqualTo("uk.onefileroutes.X");
    assertThat(read.path("message").asText())
        .startsWith(message.substring(0, 1).strip().replaceAll("\\p{Cc}", ""));
    assertThat(read.path("feed").asText()).isEqualTo("hr");
    assertThat(read.path("file").asText()).isEqualTo("7");
    assertThat(read.has("row")).isFalse();
    assertThat(read.path("exception").isTextual()).isTrue();
    assertThat(read.path("exception").asText()).contains("IllegalStateException");
  }

  @Test
  void aLineOfTextIsOneLineAndEndsInWhatItIsAbout() throws Exception {
    assertThat(written("text", "said\r\nWARN forged", Map.of(), null))
        .endsWith("WARN  X - said\\r\\nWARN forged" + System.lineSeparator())
        .hasLineCount(1);
    assertThat(written("text", "said", Map.of("feed", "hr", "file", "7", "row", "3"), null))
        .endsWith("X - said feed=hr file=7 row=3" + System.lineSeparator());
  }

  @ParameterizedTest
  @MethodSource("messages")
  void aLineOfTextWithAFailureIsOneLineAndEndsInWhy(String message) {
    Throwable thrown = new IllegalStateException(message, new IllegalArgumentException("cause"));
    String line = written("text", "said", Map.of("feed", "hr"), thrown);

    assertThat(line)
        .contains("X - said feed=hr: ")
        .doesNotContain("\tat ", "Caused by")
        .endsWith(System.lineSeparator());
    assertThat(line.stripTrailing()).hasLineCount(1).doesNotContainPattern("[\\p{Cc}\\p{Cf}]");
  }

  @ParameterizedTest
  @MethodSource("messages")
  void aLineOfTextSteersNoTerminal(String message) {
    String line = written("text", message, Map.of(), null);
    assertThat(line.stripTrailing()).hasLineCount(1).doesNotContainPattern("[\\p{Cc}\\p{Cf}]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "json"})
  void onlyTheChosenFormatIsWritten(String format) {
    try (LoggerContext context = context(format)) {
      assertThat(context.getConfiguration().getRootLogger().getAppenders())
          .containsOnlyKeys(format);
    }
  }

  @Test
  void theBuiltInConfigurationIsTheShippedOne() throws Exception {
    assertThat(Files.readString(Path.of("src/main/resources/log4j2.xml")))
        .isEqualTo(Files.readString(Path.of(CONFIG)));
  }

  private static String written(
      String format, String message, Map<String, String> ids, Throwable thrown) {
    try (LoggerContext context = context(format)) {
      Appender appender = context.getConfiguration().getAppender(format);
      StringMap about = new SortedArrayStringMap();
      ids.forEach(about::putValue);
      return new String(
          appender
              .getLayout()
              .toByteArray(
                  Log4jLogEvent.newBuilder()
                      .setLoggerName("uk.onefileroutes.X")
                      .setLevel(Level.WARN)
                      .setMessage(new SimpleMessage(message))
                      .setContextData(about)
                      .setThrown(thrown)
                      .setTimeMillis(0)
                      .build()),
          StandardCharsets.UTF_8);
    }
  }

  private static LoggerContext context(String format) {
    System.setProperty("log.appender", format);
    LoggerContext context = new LoggerContext("test", null, Path.of(CONFIG).toUri());
    context.start();
    return context;
  }
}
