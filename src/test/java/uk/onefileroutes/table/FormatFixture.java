package uk.onefileroutes.table;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.Code;
import uk.onefileroutes.assignment.Fault;
import uk.onefileroutes.assignment.FileCode;
import uk.onefileroutes.assignment.RequestedAssignment;
import uk.onefileroutes.feed.Feed;

/** Opens files of any format in a folder and says what came of it. */
record FormatFixture(Path folder) {

  /** What was read of a file. */
  record Read(
      List<String> columns,
      List<Row> rows,
      List<RequestedAssignment> asked,
      List<String> warnings) {
    List<List<String>> cells() {
      return rows.stream().map(Row::cells).toList();
    }

    List<Code> codes(int row) {
      return rows.get(row - 1).faults().stream().map(Fault::code).toList();
    }

    RequestedAssignment.Words words(int row) {
      RequestedAssignment.@Nullable Words words = asked.get(row - 1).words();
      if (words == null) {
        throw new AssertionError("row " + row + " has no words: " + asked.get(row - 1));
      }
      return words;
    }
  }

  Read read(String text, Feed feed) throws IOException, UnreadableFile {
    return read(text.getBytes(UTF_8), feed);
  }

  Read read(byte[] bytes, Feed feed) throws IOException, UnreadableFile {
    return read(Files.write(folder.resolve("export"), bytes), feed);
  }

  /** Reads a file twice, as rows and as what they ask for, and sees that nothing is left behind. */
  Read read(Path file, Feed feed) throws IOException, UnreadableFile {
    Read read;
    try (Table table = Table.open(file, feed)) {
      List<Row> rows = new ArrayList<>();
      table.rows().forEachRemaining(rows::add);
      List<RequestedAssignment> asked = new ArrayList<>();
      table.assignments().forEachRemaining(asked::add);
      read = new Read(table.columns(), rows, asked, table.warnings());
    } catch (UnreadableFile.WhileReading e) {
      throw e.reason();
    } finally {
      assertNothingIsLeft();
    }
    return read;
  }

  UnreadableFile refused(byte[] bytes, Feed feed, FileCode code) throws IOException {
    return refused(Files.write(folder.resolve("export"), bytes), feed, code);
  }

  UnreadableFile refused(String text, Feed feed, FileCode code) throws IOException {
    return refused(text.getBytes(UTF_8), feed, code);
  }

  UnreadableFile refused(Path file, Feed feed, FileCode code) throws IOException {
    try {
      throw new AssertionError("was read: " + read(file, feed).columns());
    } catch (UnreadableFile e) {
      assertThat(e.code()).as(e.getMessage()).isEqualTo(code);
      assertThat(e.what()).endsWith(".");
      assertThat(e.remedy()).endsWith(".");
      return e;
    }
  }

  private void assertNothingIsLeft() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).noneMatch(file -> file.toString().endsWith(".unpacked"));
    }
  }
}
