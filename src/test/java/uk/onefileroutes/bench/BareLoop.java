package uk.onefileroutes.bench;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.awaitility.Awaitility;

/** The same job as a loop over the rows and the JDK's HTTP client: what the calls alone cost. */
public final class BareLoop {
  private static final int CONCURRENCY = 16;

  private BareLoop() {}

  public static void main(String[] arguments) throws Exception {
    Path inbox = Path.of(arguments[0], "data", "inbox");
    Files.createDirectories(inbox);
    System.out.println("Started: ");
    Path file = inbox.resolve(Benchmark.FILE);
    Awaitility.await()
        .forever()
        .pollInterval(Duration.ofMillis(50))
        .until(() -> Files.exists(file));
    send(file, arguments[1]);
    Files.move(file, Files.createDirectories(inbox.resolveSibling("done")).resolve(Benchmark.FILE));
    while (System.in.read() >= 0) {} // until who started it ends, or closes it
  }

  private static void send(Path file, String baseUrl) throws IOException, InterruptedException {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    ExecutorService senders = Executors.newFixedThreadPool(CONCURRENCY);
    Semaphore open = new Semaphore(2 * CONCURRENCY);
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    try (Reader reader = Files.newBufferedReader(file);
        CSVParser rows = CSVParser.parse(reader, format)) {
      for (CSVRecord row : rows) {
        HttpRequest request = request(row, baseUrl);
        open.acquire();
        senders.execute(
            () -> {
              send(client, request);
              open.release();
            });
      }
    }
    senders.shutdown();
    if (!senders.awaitTermination(1, TimeUnit.HOURS)) {
      throw new IllegalStateException("no end");
    }
  }

  private static void send(HttpClient client, HttpRequest request) {
    try {
      int status = client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
      if (status != 200) {
        throw new IllegalStateException("HTTP status " + status);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static HttpRequest request(CSVRecord row, String baseUrl) {
    boolean isDefault = row.get("kind").equals("default");
    String path =
        isDefault
            ? "/User/" + row.get("learner_id")
            : "/User/" + row.get("assignee_id") + "/Assign";
    String body =
        isDefault
            ? "{\"DefaultAssessorID\":" + row.get("assignee_id") + "}"
            : "{\"LearnerID\":" + row.get("learner_id") + ",\"Level\":1}";
    return HttpRequest.newBuilder(URI.create(baseUrl + path))
        .header("Content-Type", "application/json")
        .header("X-TokenID", "s".repeat(300))
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }
}
