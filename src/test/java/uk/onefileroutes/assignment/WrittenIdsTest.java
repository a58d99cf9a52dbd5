package uk.onefileroutes.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenIdsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "501001~501001",
        "501001.0~501001",
        "501001.~501001",
        "501001.000~501001",
        "501,00~501",
        "501,001~501001",
        "1,501,000~1501000",
        "501,000.00~501000",
        "1.501.001~1501001",
        "501.000,00~501000",
        "501'001~501001",
        "=\"501001\"~501001",
        "=\" 501001.0\"~501001",
        "=501001~501001",
        "'501001~501001",
        "'501001'~501001",
        "\"501001\"~501001"
      })
  void whatCanMeanOneNumberOnlyIsThat(String written, String id) {
    assertThat(WrittenIds.plain(written)).isEqualTo(id);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "501,000~may be 501000 or 501",
        "5.000~may be 5000 or 5",
        "501.001~has decimals",
        "501001.5~has decimals",
        "7E+05~is a number as Excel rounds it",
        "7.00001e5~is a number as Excel rounds it",
        "+501001~has a sign",
        "-501001~has a sign",
        "0501001~has a leading zero",
        "=\"0501001\"~has a leading zero",
        "501 001~has a space within",
        "501\u00a0001~has an invisible character, U+00A0",
        "700001,700002~may be several ids",
        "700001; 700002~may be several ids",
        "501,01~may be several ids, or one with decimals",
        "02-May~is a date",
        "May-26~is a date",
        "2 May 2026~is a date",
        "2026-05-02T08:00:00Z~is a date",
        "08:30~is a time",
        "#REF!~is an error of Excel's",
        "123456789012345000~has more digits than Excel keeps",
        "9999999999.0~has decimals",
        "0.0~has decimals",
        "P-1~is not an id"
      })
  void anythingElseIsRefusedWithASentenceAboutItsForm(String written, String complaint) {
    String id = WrittenIds.plain(written);

    assertThat(Ids.parse(id)).isNull();
    assertThat(Ids.complaint(id)).startsWith(complaint);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "05/02/2026",
        "2026-05-02",
        "2026/5/2",
        "02.05.2026",
        "02-05-26",
        "02-May",
        "May-26",
        "2-May-2026",
        "SEPT 2026",
        "2026-05-02 08:00",
        "12.0",
        "12,5",
        "1.2E+05",
        "08:30",
        "#REF!"
      })
  void aDateOrADecimalIsNoUnit(String written) {
    assertThat(Ids.unitComplaint(written)).get().asString().doesNotStartWith("may only have");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "KS_COMM1",
        "007",
        "123/4567/8",
        "K/506/1868",
        "1.2.3",
        "12E4",
        "2026",
        "20260502",
        "MAY",
        "AUG-1A",
        "2026-13-01",
        "501001"
      })
  void aUnitMayHaveDigitsAndSignsOfItsOwn(String written) {
    assertThat(Ids.unitComplaint(written)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "NULL", "null", "n/a", "#N/A", "None", "NIL", "-", "--", "tbc"})
  void wordsThatMeanNothingAreEmpty(String word) {
    assertThat(new EmptyWords(Set.of("TBC")).has(word)).isTrue();
    assertThat(new EmptyWords(Set.of()).has(word)).isEqualTo(!word.equals("tbc"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "none of them", "---", "nul", "NA"})
  void otherWordsAreNot(String word) {
    assertThat(new EmptyWords(Set.of("TBC")).has(word)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"3.0,3", "2.00,2", "1,1", "3.5,3.5", "level 3,level 3", "3.,3."})
  void aLevelThatWasANumberIsOne(String written, String level) {
    assertThat(List.of(WrittenIds.level(written))).containsExactly(level);
  }
}
