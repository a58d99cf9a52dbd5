package uk.onefileroutes.table;

import static uk.onefileroutes.table.TestFeeds.feed;
import static uk.onefileroutes.table.TestWorkbook.row;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import uk.onefileroutes.assignment.RequestedAssignment;

/** Reads large files and says how long it took. Not a test: start it by hand, with -Xmx256m. */
public final class ReadingSpeed {
  private ReadingSpeed() {}

  public static void main(String[] arguments) throws Exception {
    Path file = Files.createTempFile("reading", "");
    String header = "learner_id,role,kind,assignee_id,name\n";
    try (OutputStream out = Files.newOutputStream(file)) {
      TestWorkbook.repeat(out, header, "7000001,assessor,default,501,Ann Example\n", 1_000_000, "");
    }
    read("CSV", file);
    try (OutputStream out = Files.newOutputStream(file)) {
      String object =
          "{\"learner_id\":7000001,\"role\":\"assessor\",\"kind\":\"default\",\"assignee_id\":501}";
      TestWorkbook.repeat(out, "[" + object, "," + object, 999_999, "]");
    }
    read("JSON", file);
    writeWorkbook(file);
    read("XLSX", file);
    Files.delete(file);
  }

  private static void writeWorkbook(Path file) throws IOException {
    // a text of its own in each row, as a workbook with names has
    String[] names =
        IntStream.range(0, 200_000).mapToObj(i -> "Ann Example " + i).toArray(String[]::new);
    String rows =
        IntStream.range(0, 200_000)
            .mapToObj(
                i ->
                    "<row><c><v>7000001</v></c><c t=\"inlineStr\"><is><t>iqa</t></is></c><c><v>1</v></c>"
                        + "<c><v>501</v></c><c t=\"s\"><v>"
                        + i
                        + "</v></c></row>")
            .collect(Collectors.joining());
    Files.write(
        file,
        TestWorkbook.of(row("learner_id", "role", "kind", "assignee_id", "name") + rows)
            .withTexts(names)
            .bytes());
  }

  private static void read(String what, Path file) throws Exception {
    long begin = System.nanoTime();
    long rows = 0;
    try (Table table = Table.open(file, feed("limit.bytes", "200000000"))) {
      for (Iterator<RequestedAssignment> asked = table.assignments();
          asked.hasNext();
          asked.next()) {
        rows++;
      }
    }
    System.out.printf(
        "%s: %,d rows, %,d bytes, %.1f s, heap at most %d MB%n",
        what,
        rows,
        Files.size(file),
        (System.nanoTime() - begin) / 1e9,
        Runtime.getRuntime().maxMemory() >> 20);
  }
}
