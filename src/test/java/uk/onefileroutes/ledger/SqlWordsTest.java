package uk.onefileroutes.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of states that a test can't bring a server into. */
class SqlWordsTest {
  @ParameterizedTest
  @CsvSource({
    "53100, the disk of its server is full",
    "53300, its server has no connection left for it",
    "57P03, 'its server was stopped, or is just starting'",
    "25006, 'it can only be read now, as its server is a standby or is being serviced'",
  })
  void aStateIsAWholeSentence(String state, String words) {
    assertThat(SqlWords.of(new IllegalStateException(new SQLException("its own words", state))))
        .isEqualTo(words);
  }
}
