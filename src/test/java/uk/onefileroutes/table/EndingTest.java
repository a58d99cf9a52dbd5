package uk.onefileroutes.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndingTest {
  private static final String ROWS = "learner_id,role\r\n1001,assessor";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          empty                  |                          | EMPTY
          a line end             | id\\r\\n1\\r\\n          | WHOLE
          that of old systems    | id\\r1\\r                | WHOLE
          none                   | id\\r\\n1                | OPEN
          half of a header       | learn                    | OPEN
          only a byte order mark | \\357\\273\\277    | OPEN
          DOS                    | id\\n1\\n\\032         | WHOLE
          JSON                   | [ {"a":1},\\n{"a":2}] \\n| WHOLE
          JSON that is cut       | [ {"a":1},\\n            | OPEN
          empty JSON             | []                       | WHOLE
          brackets on headers    | [id],[role]\\n1,2\\n     | WHOLE
          NDJSON                 | {"a":1}\\n{"a":2}\\n     | WHOLE
          NDJSON that is cut     | {"a":1}\\n{"a            | OPEN
          HTML named xls         | <table></table>          | WHOLE
          HTML that is cut       | <table><tr><td>1</td     | OPEN
          ZIP                    | PK\\3\\4 PK\\5\\6 \\0\\0 | WHOLE
          ZIP that is cut        | PK\\3\\4 sheet \\n       | OPEN
          gzip                   | \\037\\213\\b        | WHOLE
          """)
  void whetherTheLastRecordIsWhole(String what, @Nullable String text, Ending ending) {
    byte[] bytes = bytes(text);
    assertThat(Ending.of(bytes, bytes)).as(what).isEqualTo(ending);
  }

  @ParameterizedTest
  @CsvSource({"UTF-16LE", "UTF-16BE", "windows-1252", "UTF-8"})
  void inEveryEncoding(Charset charset) {
    byte[] open = ROWS.getBytes(charset);
    byte[] whole = (ROWS + "\r\n").getBytes(charset);
    assertThat(Ending.of(open, open)).isEqualTo(Ending.OPEN);
    assertThat(Ending.of(whole, whole)).isEqualTo(Ending.WHOLE);
  }

  @Test
  void ofALargeFileBothEndsAreRead() throws Exception {
    String json = "[" + "{\"a\":1},\n".repeat(10_000);
    Files.writeString(folder.resolve("cut.json"), json);
    Files.writeString(folder.resolve("whole.json"), json + "{}]");

    assertThat(Ending.of(folder.resolve("cut.json"))).isEqualTo(Ending.OPEN);
    assertThat(Ending.of(folder.resolve("whole.json"))).isEqualTo(Ending.WHOLE);
  }

  private static byte[] bytes(@Nullable String text) {
    return (text == null ? "" : text.translateEscapes()).getBytes(StandardCharsets.ISO_8859_1);
  }
}
