package uk.onefileroutes.table;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static uk.onefileroutes.table.TestFeeds.feed;
import static uk.onefileroutes.table.TestWorkbook.gzip;
import static uk.onefileroutes.table.TestWorkbook.row;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.onefileroutes.assignment.FileCode;
import uk.onefileroutes.feed.Feed;

class UnpackedTest {
  private static final String CSV = "learner_id,role,kind,assignee_id\n1,iqa,1,2\n";

  private final Path folder;
  private final FormatFixture files;

  UnpackedTest(@TempDir Path folder) {
    this.folder = folder;
    this.files = new FormatFixture(folder);
  }

  @Test
  void eachFormatMayBePacked() throws Exception {
    byte[] workbook =
        TestWorkbook.of(
                row("learner_id", "role", "kind", "assignee_id") + row("1", "iqa", "1", "2"))
            .bytes();
    String object = "{\"learner_id\":1,\"role\":\"iqa\",\"kind\":1,\"assignee_id\":2}";

    for (byte[] bytes :
        List.of(CSV.getBytes(UTF_8), workbook, bytes(object), bytes("[" + object + "]"))) {
      FormatFixture.Read read = files.read(gzip(bytes), feed());
      assertThat(read.cells()).containsExactly(List.of("1", "iqa", "1", "2"));
      assertThat(read.words(1).learner()).isEqualTo("1");
    }
  }

  @Test
  void severalPackedOneBehindTheOtherAreOneFile() throws Exception {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.write(gzip(bytes(CSV)));
    both.write(gzip(bytes("3,iqa,1,4\n")));

    assertThat(files.read(both.toByteArray(), feed()).rows()).hasSize(2);
  }

  @Test
  void aTableThatIsOpenHasAFileBesideItAndAClosedOneNone() throws Exception {
    Path file = Files.write(folder.resolve("export.csv.gz"), gzip(bytes(CSV)));
    Table table = Table.open(file, feed());
    assertThat(names()).hasSize(2).anyMatch(name -> name.matches("\\..*\\.unpacked"));
    table.close();
    table.close();
    assertThat(names()).containsExactly("export.csv.gz");
  }

  @Test
  void whatACrashLeftIsClearedAndNothingElse() throws Exception {
    Path month = Files.createDirectories(folder.resolve("2026/11"));
    Files.writeString(month.resolve(".123.unpacked"), "");
    Files.writeString(month.resolve("export.unpacked"), "");
    Files.writeString(month.resolve(".export.part"), "");

    Unpacked.clear(folder);
    Unpacked.clear(folder.resolve("missing"));

    try (Stream<Path> left = Files.list(month)) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("export.unpacked", ".export.part");
    }
  }

  @Test
  void aPackedFileThatIsCutOrDamagedIsRefused() throws Exception {
    byte[] whole = gzip(bytes(CSV.repeat(100)));
    for (int length : new int[] {2, 5, 10, 15, whole.length - 8, whole.length - 1}) {
      files.refused(Arrays.copyOf(whole, length), feed(), FileCode.NOT_READABLE);
    }
    byte[] damaged = whole.clone();
    damaged[whole.length - 6] ^= 1; // its checksum
    files.refused(damaged, feed(), FileCode.NOT_READABLE);
    assertThat(files.refused(gzip(whole), feed(), FileCode.NOT_READABLE).what())
        .contains("gzip file within");
  }

  @Test
  void unpackedAtTheLimitItIsReadAndOneOverItIsNot() throws Exception {
    Feed feed = feed("limit.bytes", "2000");
    String at = CSV + " ".repeat(2000 - CSV.length());

    assertThat(files.read(gzip(bytes(at)), feed).rows()).hasSize(2);
    files.refused(gzip(bytes(at + " ")), feed, FileCode.TOO_LARGE);
  }

  @Test
  void aBombIsRefusedBeforeMoreThanTheLimitIsWritten() throws Exception {
    Path bomb = folder.resolve("bomb.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(bomb))) {
      TestWorkbook.repeat(out, CSV, "1,iqa,1,2\n", 20_000_000, "");
    }

    assertThat(Files.size(bomb)).isLessThan(2L << 20);
    assertThat(files.refused(bomb, feed(), FileCode.TOO_LARGE).what()).contains("Unpacked");
  }

  @Test
  void aHighRatioAloneIsNoReason() throws Exception {
    String text = CSV + "1,iqa,1,2\n".repeat(100_000);
    byte[] packed = gzip(bytes(text));

    assertThat(text.length() / packed.length).isGreaterThan(200);
    assertThat(files.read(packed, feed()).rows()).hasSize(100_001);
  }

  private List<String> names() throws Exception {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  @Test
  void aZipAroundOneTableIsUnpacked() throws Exception {
    byte[] workbook =
        TestWorkbook.of(
                TestWorkbook.row("learner_id", "role", "kind", "assignee_id")
                    + TestWorkbook.row("1", "iqa", "1", "2"))
            .bytes();

    assertThat(files.read(zip("a/export.csv", bytes(CSV)), feed()).words(1).learner())
        .isEqualTo("1");
    assertThat(files.read(zip("export.xlsx", workbook), feed()).words(1).learner()).isEqualTo("1");
    assertThat(
            files
                .read(
                    zip(
                        "a/",
                        bytes(""),
                        "a/b.csv",
                        bytes(CSV),
                        "__MACOSX/a/._b.csv",
                        bytes("x"),
                        ".DS_Store",
                        bytes("x"),
                        "a/Thumbs.db",
                        bytes("x")),
                    feed())
                .rows())
        .hasSize(1);
  }

  @Test
  void aZipAroundAnythingElseIsNamed() throws Exception {
    assertThat(
            files
                .refused(
                    zip("a.csv", bytes(CSV), "b.csv", bytes(CSV)), feed(), FileCode.NOT_READABLE)
                .what())
        .contains("2 files");
    assertThat(files.refused(zip("a/", bytes("")), feed(), FileCode.NOT_READABLE).what())
        .contains("no file");
    assertThat(
            files.refused(zip("a.csv.gz", gzip(bytes(CSV))), feed(), FileCode.NOT_READABLE).what())
        .contains("within another packed file");
    assertThat(
            files
                .refused(zip("a.zip", zip("a.csv", bytes(CSV))), feed(), FileCode.NOT_READABLE)
                .what())
        .contains("ZIP file within another");
    Feed feed = feed("limit.bytes", "2048");
    assertThat(
            files
                .refused(zip("a.csv", bytes("x".repeat(1_000_000))), feed, FileCode.TOO_LARGE)
                .what())
        .contains("Unpacked");
    byte[] damaged = zip("a.csv", bytes(CSV.repeat(100)));
    damaged[50] ^= 0x55;
    files.refused(damaged, feed(), FileCode.NOT_READABLE);
    byte[] cut = zip("a.csv", bytes(CSV));
    cut[cut.length - 1] = 0x20; // a comment that is not there
    files.refused(cut, feed(), FileCode.NOT_READABLE);
    byte[] locked = zip("a.csv", bytes(CSV));
    for (int i = 0; i + 10 < locked.length; i++) {
      if (locked[i] == 'P' && locked[i + 1] == 'K' && locked[i + 2] == 1) {
        locked[i + 8] |= 1;
      }
    }
    files.refused(locked, feed(), FileCode.ENCRYPTED);
  }

  private static byte[] zip(Object... namesAndBytes) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < namesAndBytes.length; i += 2) {
        zip.putNextEntry(new ZipEntry((String) namesAndBytes[i]));
        zip.write((byte[]) namesAndBytes[i + 1]);
      }
    }
    return bytes.toByteArray();
  }
}
