package uk.onefileroutes.table;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static uk.onefileroutes.table.TestFeeds.feed;
import static uk.onefileroutes.table.TestWorkbook.gzip;
import static uk.onefileroutes.table.TestWorkbook.row;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.onefileroutes.assignment.RequestedAssignment;
import uk.onefileroutes.feed.Feed;

/**
 * Whatever the bytes are, a file is read or refused; nothing else comes out. Valid files of all
 * formats are mutated again and again. Each build takes the same walk, so that a red one says
 * something of its change; {@code -Dfuzz.seed=} takes another, {@code -Dfuzz.seconds=} goes
 * farther.
 */
class FormatsFuzzTest {
  private static final String OBJECT =
      "{\"learner_id\":1001,\"role\":\"iqa\",\"kind\":\"default\",\"assignee_id\":2.5e3,"
          + "\"note\":{\"a\":[1,null,\"\\u00e9\"]}}";
  private static final String CSV =
      "learner_id;role;kind;assignee_id\r\n1;\"i\"\"qa\";default;2\n\n3;iqa;\"a\nb\";4\n";
  private static final String SHEET = "xl/worksheets/sheet1.xml";
  private static final String ROWS =
      row("learner_id", "role", "kind", "assignee_id")
          + "<row r=\"3\" hidden=\"1\"><c r=\"A3\"><v>7.1E6</v></c><c r=\"B3\" t=\"s\"><v>4</v></c>"
          + "<c r=\"C3\" s=\"1\"><v>46144</v></c><c t=\"str\"><f>A1</f><v>2</v></c></row>"
          + row("1", "iqa", "default", "2");
  private static final Feed FEED =
      feed("limit.bytes", "200000", "limit.rows", "5000", "limit.line", "2000");

  private final Path file;
  private final long seed = Long.getLong("fuzz.seed", 20261122);
  private final Random random = new Random(seed);

  FormatsFuzzTest(@TempDir Path folder) {
    this.file = folder.resolve("export");
  }

  @Test
  void whateverTheBytesAreAFileIsReadOrRefused() throws IOException {
    List<byte[]> seeds = seeds();
    long end = System.nanoTime() + Long.getLong("fuzz.seconds", 6) * 1_000_000_000L;
    int read = 0;
    int refused = 0;
    for (int round = 0; System.nanoTime() - end < 0; round++) {
      byte[] bytes = mutant(seeds, round);
      try {
        if (isRead(bytes)) {
          read++;
        } else {
          refused++;
        }
      } catch (Throwable e) {
        Path kept = Files.write(Path.of("target/fuzz-failure.bin"), bytes);
        throw new AssertionError(
            "fuzz.seed=" + seed + ", round " + round + ", bytes in " + kept.toAbsolutePath(), e);
      }
    }
    assertThat(read).as("read, %d refused, fuzz.seed=%d", refused, seed).isPositive();
    assertThat(refused).as("refused, fuzz.seed=%d", seed).isPositive();
  }

  /** Whether a file is read to its end, and not refused; anything else is thrown. */
  private boolean isRead(byte[] bytes) throws IOException {
    Files.write(file, bytes);
    try (Table table = Table.open(file, FEED)) {
      long rows = 0;
      for (Iterator<Row> all = table.rows(); all.hasNext(); ) {
        Row row = all.next();
        assertThat(row.number()).isEqualTo(++rows);
        assertThat(row.text().length()).isLessThan(20_000);
      }
      long asked = 0;
      for (Iterator<RequestedAssignment> all = table.assignments(); all.hasNext(); asked++) {
        all.next();
      }
      assertThat(asked).isEqualTo(rows);
      return true;
    } catch (UnreadableFile | UnreadableFile.WhileReading e) {
      assertThat(e.getMessage()).hasSizeLessThan(20_000);
      return false;
    }
  }

  private static List<byte[]> seeds() throws IOException {
    byte[] lines = (OBJECT + "\n\n" + OBJECT + "\n{\"role\":null}\n").getBytes(UTF_8);
    byte[] workbook = TestWorkbook.of(ROWS).bytes();
    List<byte[]> seeds = new ArrayList<>(ofFormats(lines, workbook));
    seeds.addAll(bombs());
    seeds.addAll(inputsOfCases());
    return seeds;
  }

  /** What each case of a feed begins with, whatever its format. */
  private static List<byte[]> inputsOfCases() throws IOException {
    List<byte[]> inputs = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("src/test/resources/feeds"), 2)) {
      for (Path input : files.filter(FormatsFuzzTest::isSmallInput).sorted().toList()) {
        inputs.add(Files.readAllBytes(input));
      }
    }
    return inputs;
  }

  private static boolean isSmallInput(Path file) {
    return file.getFileName().toString().startsWith("input") && file.toFile().length() < 20_000;
  }

  /**
   * Small files that make others of a reader: by a row's place, a cell's, a text that many share.
   */
  private static List<byte[]> bombs() throws IOException {
    String header = row("learner_id", "role", "kind", "assignee_id");
    String shared = "<row>" + "<c t=\"s\"><v>0</v></c>".repeat(50) + "</row>";
    return List.of(
        TestWorkbook.of(header + "<row r=\"1048576\"><c><v>1</v></c></row>").bytes(),
        TestWorkbook.of("<row r=\"999999999\"><c><v>1</v></c></row>" + header).bytes(),
        TestWorkbook.of(header + "<row r=\"99999999999999999999\"><c><v>1</v></c></row>").bytes(),
        TestWorkbook.of(header + "<row><c r=\"XFD2\"><v>1</v></c></row>").bytes(),
        TestWorkbook.of(header + "<row><c r=\"XFE2\"><v>1</v></c></row>").bytes(),
        TestWorkbook.of(header + "<row><c r=\"ZZZZZZZ2\"><v>1</v></c></row>").bytes(),
        TestWorkbook.of(header + shared.repeat(50)).withTexts("x".repeat(1_900)).bytes(),
        TestWorkbook.of(header + "<row><c t=\"s\"><v>2147483647</v></c></row>").bytes(),
        TestWorkbook.of(header)
            .with("xl/sharedStrings.xml", "<sst count=\"2147483647\" uniqueCount=\"2147483647\"/>")
            .bytes(),
        "<table><tr><td rowspan=65534 colspan=1000>x<tr><td colspan=999999999>learner_id</table>"
            .getBytes(UTF_8),
        ("<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet><Table>"
                + "<Row Index=\"999999999\"><Cell Index=\"16384\" MergeAcross=\"999999999\"><Data>x</Data></Cell></Row>"
                + "</Table></Worksheet></Workbook>")
            .getBytes(UTF_8),
        TestWorkbook.empty()
            .with("mimetype", "x")
            .with(
                "content.xml",
                "<d><table><table-row number-rows-repeated=\"999999999\"><table-cell number-columns-repeated=\"999999999\"><p>x</p></table-cell></table-row></table></d>")
            .bytes());
  }

  private static List<byte[]> ofFormats(byte[] lines, byte[] workbook) throws IOException {
    return List.of(
        CSV.getBytes(UTF_8),
        ("\uFEFF" + CSV).getBytes(UTF_16LE),
        lines,
        ("[" + OBJECT + ",\n" + OBJECT + ",{},[5]]").getBytes(UTF_8),
        workbook,
        gzip(CSV.getBytes(UTF_8)),
        gzip(lines),
        gzip(workbook));
  }

  private byte[] mutant(List<byte[]> seeds, int round) throws IOException {
    byte[] seed = seeds.get(round % seeds.size());
    return switch (random.nextInt(4)) {
      case 0 -> mutatedWorkbook();
      case 1 -> gzip(mutated(seeds, seed));
      default -> mutated(seeds, seed);
    };
  }

  /** A workbook that can be unpacked, and in which one part is not what it was. */
  private byte[] mutatedWorkbook() throws IOException {
    String part =
        List.of(SHEET, SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml")
            .get(random.nextInt(5));
    TestWorkbook workbook = TestWorkbook.of(ROWS);
    String xml = workbook.part(part);
    byte[] changed = mutated(List.of(xml.getBytes(UTF_8)), xml.getBytes(UTF_8));
    return workbook.with(part, new String(changed, UTF_8)).bytes();
  }

  private byte[] mutated(List<byte[]> others, byte[] from) {
    byte[] bytes = from;
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(bytes.length + 1);
      int length = random.nextInt(Math.min(64, bytes.length - at) + 1);
      bytes =
          switch (random.nextInt(6)) {
            case 0 -> flipped(bytes);
            case 1 -> Arrays.copyOf(bytes, at);
            case 2 -> joined(bytes, at, repeated(bytes, at, length), at);
            case 3 -> joined(bytes, at, noise(), at);
            case 4 -> joined(bytes, at, new byte[0], at + length);
            default -> {
              byte[] other = others.get(random.nextInt(others.size()));
              int begin = random.nextInt(other.length + 1);
              yield joined(bytes, at, Arrays.copyOfRange(other, begin, other.length), at + length);
            }
          };
    }
    return bytes;
  }

  private byte[] flipped(byte[] bytes) {
    byte[] flipped = bytes.clone();
    if (flipped.length > 0) {
      flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return flipped;
  }

  private byte[] repeated(byte[] bytes, int at, int length) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = random.nextInt(100); i >= 0; i--) {
      all.write(bytes, at, length);
    }
    return all.toByteArray();
  }

  /** Bytes that mean something in one of the formats, or nothing in any. */
  private byte[] noise() {
    List<String> words =
        List.of(
            "\"", "{", "[", "<", "&", "]]>", "<!--", "\\ud800", "\u0000", "1e999", "\uFFFD",
            ",\r\n");
    byte[] noise = new byte[random.nextInt(8)];
    random.nextBytes(noise);
    return random.nextBoolean() ? noise : words.get(random.nextInt(words.size())).getBytes(UTF_8);
  }

  private static byte[] joined(byte[] bytes, int end, byte[] between, int from) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(bytes, 0, end);
    all.writeBytes(between);
    all.write(bytes, from, bytes.length - from);
    return all.toByteArray();
  }
}
