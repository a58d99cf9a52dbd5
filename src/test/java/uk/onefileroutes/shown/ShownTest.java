package uk.onefileroutes.shown;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ShownTest {
  static Stream<Arguments> texts() {
    return Stream.of(
        Arguments.of("plain  with two blanks ", "plain  with two blanks "),
        Arguments.of("a\r\n  b", "a b"),
        Arguments.of("a\u001b[2Jb", "a [2Jb"),
        Arguments.of("a\u009b2Jb", "a 2Jb"),
        Arguments.of("a\u0085b\u2028c\u2029d", "a b c d"),
        Arguments.of("gpj\u202efdp.exe\u202c", "gpjfdp.exe"),
        Arguments.of("\u2066a\u2069\u200bb\u200f\ufeff\u00ad", "ab"),
        Arguments.of("z\u00f6\u00eb \u4e2d \ud83d\ude00", "z\u00f6\u00eb \u4e2d \ud83d\ude00"),
        Arguments.of("half \ud83d, and \ude00", "half \ufffd, and \ufffd"),
        Arguments.of("\udb40\udc41tag", "tag"),
        Arguments.of("own \ue000 and unknown \ud83f\udf00", "own \ue000 and unknown \ud83f\udf00"));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void nothingSteersHidesOrTurnsRound(String text, String line) {
    assertThat(Shown.line(text)).isEqualTo(line);
  }

  @Test
  void everyControlAndFormatCharacterGoes() {
    for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
      String shown = Shown.line("a" + Character.toString(point) + "b");
      assertThat(shown.codePoints().map(Character::getType))
          .doesNotContain(
              (int) Character.CONTROL,
              (int) Character.FORMAT,
              (int) Character.SURROGATE,
              (int) Character.LINE_SEPARATOR,
              (int) Character.PARAGRAPH_SEPARATOR);
    }
  }

  @Test
  void aSentenceIsCutOffBehindItsBoundAndNeverWithinACharacter() {
    assertThat(Shown.line("\n 12345\t", 5)).isEqualTo("12345");
    assertThat(Shown.line("123456", 5)).isEqualTo("12345...");
    assertThat(Shown.line("1234\ud83d\ude00", 5)).isEqualTo("1234...");
    assertThat(Shown.line("\u200b".repeat(1_000) + "1", 5)).isEqualTo("...");
  }

  static Stream<String> unseen() {
    return Stream.of(
        " ",
        "\t",
        "\u001f",
        "\u00a0",
        "\u00ad",
        "\u034f",
        "\u061c",
        "\u180e",
        "\u200b",
        "\u200f",
        "\u202a",
        "\u202e",
        "\u202f",
        "\u2028",
        "\u2060",
        "\u2066",
        "\u2800",
        "\u3000",
        "\u3164",
        "\ufe0f",
        "\ufeff",
        "\udb40\udc41");
  }

  @ParameterizedTest
  @MethodSource("unseen")
  void whatNobodySeesIsTrimmedAndWithinATextNamed(String character) {
    String name = "U+%04X".formatted(character.codePointAt(0));

    assertThat(Shown.trim(character + character + "1 1" + character)).isEqualTo("1 1");
    assertThat(Shown.trim(character)).isEmpty();
    assertThat(Shown.unseenWithin("1" + character + "1"))
        .isEqualTo(character.equals(" ") ? Optional.empty() : Optional.of(name));
    assertThat(Shown.unseenWithin("\u00e9\ud83d\ude00-1 1")).isEmpty();
  }
}
