package uk.onefileroutes.bench;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.Executors;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The same job as a tutorial has it: file, split, choice, JSON, HTTP. It keeps no record of what
 * was sent: whatever ends it, it starts again from the first row. With {@code split} as third
 * argument it only splits the file.
 */
public final class TutorialRoute extends RouteBuilder {
  private static final int CONCURRENCY = 16;

  private final Path folder;
  private final String baseUrl;
  private final boolean onlySplit;

  private TutorialRoute(Path folder, String baseUrl, boolean onlySplit) {
    this.folder = folder;
    this.baseUrl = baseUrl;
    this.onlySplit = onlySplit;
  }

  public static void main(String[] arguments) throws Exception {
    Main camel = new Main();
    camel.setDefaultPropertyPlaceholderLocation("false");
    camel
        .configure()
        .addRoutesBuilder(
            new TutorialRoute(
                Path.of(arguments[0]),
                arguments[1],
                arguments.length > 2 && arguments[2].equals("split")));
    camel.start();
    System.out.println("Started: ");
    while (System.in.read() >= 0) {} // until who started it ends, or closes it
    camel.stop();
  }

  /** The rows of a file, one after the other. */
  public static Iterator<CSVRecord> rows(java.io.File file) throws java.io.IOException {
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    return CSVParser.parse(file, StandardCharsets.UTF_8, format).iterator();
  }

  @Override
  public void configure() {
    String from = "file:" + folder.resolve("data/inbox") + "?delay=100&initialDelay=0&move=../done";
    if (onlySplit) {
      from(from).split(method(TutorialRoute.class, "rows")).streaming().stop().end();
      return;
    }
    from(from)
        .split(method(TutorialRoute.class, "rows"))
        .streaming()
        .executorService(Executors.newFixedThreadPool(CONCURRENCY))
        .choice()
        .when(simple("${body.get('kind')} == 'default'"))
        .setHeader("CamelHttpPath", simple("/User/${body.get('learner_id')}"))
        .process(
            row ->
                row.getMessage()
                    .setBody(
                        Map.of(
                            "DefaultAssessorID",
                            number(row.getMessage().getBody(CSVRecord.class), "assignee_id"))))
        .otherwise()
        .setHeader("CamelHttpPath", simple("/User/${body.get('assignee_id')}/Assign"))
        .process(
            row ->
                row.getMessage()
                    .setBody(
                        Map.of(
                            "LearnerID",
                            number(row.getMessage().getBody(CSVRecord.class), "learner_id"),
                            "Level",
                            1)))
        .end()
        .marshal()
        .json()
        .setHeader("CamelHttpMethod", constant("POST"))
        .setHeader("Content-Type", constant("application/json"))
        .setHeader("X-TokenID", constant("s".repeat(300)))
        .to(baseUrl + "?connectionsPerRoute=16&maxTotalConnections=16");
  }

  private static long number(CSVRecord row, String column) {
    return Long.parseLong(row.get(column));
  }
}
