package uk.onefileroutes.table;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.onefileroutes.assignment.Code;

class RecordSplitterTest {
  private static final int LIMIT = 100;

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void everyLineEndEndsARecord(String lineEnd) throws IOException {
    try (RecordSplitter splitter = splitter("a,b" + lineEnd + lineEnd + "c" + lineEnd)) {
      assertThat(texts(splitter)).containsExactly("a,b", "", "c");
      assertThat(splitter.lineEnd()).isEqualTo(lineEnd);
    }
  }

  @Test
  void aFinalLineEndMakesNoRecordAndAMissingOneLosesNone() throws IOException {
    assertThat(texts(splitter("a\nb"))).containsExactly("a", "b");
    assertThat(texts(splitter("a\nb\n"))).containsExactly("a", "b");
    assertThat(texts(splitter("a\n\n"))).containsExactly("a", "");
    assertThat(texts(splitter(""))).isEmpty();
  }

  @Test
  void aQuotedLineEndDoesNotEndTheRecord() throws IOException {
    List<RecordSplitter.Split> all = all(splitter("1,\"a\r\nb\"\"\n\",2\n3\n"));

    assertThat(all)
        .extracting(RecordSplitter.Split::text)
        .containsExactly("1,\"a\r\nb\"\"\n\",2", "3");
    assertThat(all).extracting(RecordSplitter.Split::line).containsExactly(1L, 4L);
    assertThat(all).extracting(RecordSplitter.Split::problem).containsOnlyNulls();
  }

  @Test
  void aQuoteWithinAPlainCellIsJustACharacter() throws IOException {
    assertThat(all(splitter("1,5\" pipe\n2,\"x\" \n")))
        .extracting(RecordSplitter.Split::problem)
        .containsOnlyNulls();
  }

  @Test
  void anOpenQuoteAtTheEndCostsOnlyItsLine() throws IOException {
    List<RecordSplitter.Split> all = all(splitter("1,\"a\n2\n3"));

    assertThat(all).extracting(RecordSplitter.Split::text).containsExactly("1,\"a", "2", "3");
    assertThat(all).extracting(RecordSplitter.Split::line).containsExactly(1L, 2L, 3L);
    assertThat(all)
        .extracting(RecordSplitter.Split::problem)
        .containsExactly(Code.BAD_QUOTING, null, null);
  }

  @Test
  void anOpenQuoteThatReachesTheLimitCostsOnlyItsLine() throws IOException {
    String rest = "2,b\n".repeat(LIMIT);
    List<RecordSplitter.Split> all = all(splitter("1,\"a\r\n" + rest));

    assertThat(all).hasSize(1 + LIMIT);
    assertThat(all.get(0).problem()).isEqualTo(Code.BAD_QUOTING);
    assertThat(all.get(0).text()).isEqualTo("1,\"a");
    assertThat(all.subList(1, all.size())).allMatch(split -> split.text().equals("2,b"));
  }

  @Test
  void textBehindAClosingQuoteCostsOnlyItsLine() throws IOException {
    List<RecordSplitter.Split> all = all(splitter("\"a\nb\"c,1\nd\n"));

    assertThat(all).extracting(RecordSplitter.Split::text).containsExactly("\"a", "b\"c,1", "d");
    assertThat(all.get(0).problem()).isEqualTo(Code.BAD_QUOTING);
    assertThat(all.get(1).problem()).isNull();
  }

  @Test
  void aRecordAtTheLimitIsReadAndOneOverItIsCutAndSkipped() throws IOException {
    String at = "x".repeat(LIMIT);
    List<RecordSplitter.Split> all =
        all(splitter(at + "\r\n" + at + "y\n1\n" + at + "\n" + at + "\"z\n\"\n2"));

    assertThat(all)
        .extracting(RecordSplitter.Split::text)
        .containsExactly(at, at, "1", at, at, "\"", "2");
    assertThat(all)
        .extracting(RecordSplitter.Split::problem)
        .containsExactly(null, Code.TOO_LONG, null, null, Code.TOO_LONG, Code.BAD_QUOTING, null);
    assertThat(all)
        .extracting(RecordSplitter.Split::line)
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
  }

  @Test
  void aFirstLineOverTheLimitWithAnOpenQuoteIsTooLong() throws IOException {
    List<RecordSplitter.Split> all = all(splitter("\"" + "x".repeat(LIMIT) + "\n1\n"));

    assertThat(all).extracting(RecordSplitter.Split::problem).containsExactly(Code.TOO_LONG, null);
  }

  @Test
  void aRecordOfSeveralLinesOverTheLimitIsTooLong() throws IOException {
    String quoted = "\"" + "x\r\n".repeat(10) + "\"";
    List<RecordSplitter.Split> all = all(splitter(quoted + "," + "y".repeat(LIMIT) + "\n1\n"));

    assertThat(all).extracting(RecordSplitter.Split::problem).containsExactly(Code.TOO_LONG, null);
    assertThat(all).extracting(RecordSplitter.Split::line).containsExactly(1L, 12L);
  }

  @Test
  void undecodedCharactersAreSeenAndPairsAreNot() throws IOException {
    byte[] bytes = {'a', (byte) 0xC3, '\n', 'b', '\n'};
    try (RecordSplitter splitter = splitter(new ByteArrayInputStream(bytes), UTF_8)) {
      assertThat(all(splitter))
          .extracting(RecordSplitter.Split::undecoded)
          .containsExactly(true, false);
    }
    assertThat(all(splitter("\uFFFD\n\uD83D\uDE80\n\uD83D\uDCC8é\n")))
        .extracting(RecordSplitter.Split::undecoded)
        .containsExactly(true, false, false);
  }

  @Test
  void itDoesNotMatterInWhichPiecesTheBytesArrive() throws IOException {
    String text = "a,\"b\r\n\"\"c\"\r\nd,\uD83D\uDE80\r\ne,\"f\r\ng\r\n".repeat(3);
    InputStream oneByOne =
        new ByteArrayInputStream(text.getBytes(UTF_8)) {
          @Override
          public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(1, length));
          }
        };
    try (RecordSplitter pieces = splitter(oneByOne, UTF_8)) {
      assertThat(all(pieces)).isEqualTo(all(splitter(text)));
    }
  }

  private static RecordSplitter splitter(String text) {
    return splitter(new ByteArrayInputStream(text.getBytes(UTF_8)), UTF_8);
  }

  private static RecordSplitter splitter(InputStream bytes, Charset charset) {
    return new RecordSplitter(new LosslessReader(bytes, charset), Grammar.of(','), LIMIT);
  }

  private static List<String> texts(RecordSplitter splitter) throws IOException {
    return all(splitter).stream().map(RecordSplitter.Split::text).toList();
  }

  private static List<RecordSplitter.Split> all(RecordSplitter splitter) throws IOException {
    List<RecordSplitter.Split> all = new ArrayList<>();
    for (var split = splitter.next(); split != null; split = splitter.next()) {
      all.add(split);
    }
    return all;
  }
}
