package uk.onefileroutes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.onefileroutes.feed.Listings;
import uk.onefileroutes.testing.LogLines;
import uk.onefileroutes.testing.TestBundle;

/** Files in a drop folder that look as if they could not be taken: they are, or it is said. */
class UntakenFilesTest {
  private static final String ONE_ROW =
      "learner_id,role,kind,assignee_id\n1001,assessor,default,501\n";

  @ParameterizedTest
  @CsvSource({"*.csv,X.CSV", "*.CSV,x.csv", "Export_*.Csv,EXPORT_june.csv"})
  void aPatternComparesWithoutCase(String include, String name) throws Exception {
    TestBundle.Setup setup = TestBundle.Setup.plain().withFeedKey("include", include);
    try (TestBundle bundle = TestBundle.start(setup)) {
      bundle.drop(name, ONE_ROW);
      bundle.awaitAnswer(name);
    }
  }

  @Test
  void whatNoFeedTakesIsSaidOnceWithItsCauseAndStandsInTheStatus() throws Exception {
    TestBundle.Setup setup =
        waiting()
            .withFeedKey("include", "*.csv, *.xlsx")
            .withFeed(
                "twin", // takes other files of the same folder
                Map.of(
                    "directory", "inbox",
                    "results.directory", "results",
                    "include", "*.txt",
                    "poll", "100ms",
                    "ready.wait-warning", "500ms"));
    try (LogLines log = LogLines.open();
        TestBundle bundle = TestBundle.start(setup)) {
      bundle.drop("notes.pdf", ONE_ROW);
      bundle.drop("export.bak", ONE_ROW);
      bundle.drop("export.csv", ONE_ROW);
      bundle.drop("other.txt", ONE_ROW);
      bundle.awaitAnswer("export.csv");
      bundle.awaitAnswer("other.txt");
      TestBundle.await("it is said").until(() -> !log.with("WARN", "not taken").isEmpty());
      Instant said = lastListed(bundle);
      TestBundle.await("more polls").until(() -> lastListed(bundle).isAfter(said.plusMillis(500)));

      assertThat(log.with("WARN", "not taken"))
          .singleElement()
          .asString()
          .contains("Feed test: notes.pdf in ", "no pattern of include (*.csv, *.xlsx)");
      assertThat(bundle.instance().listings().waiting("test"))
          .singleElement()
          .extracting(Listings.Waiting::name)
          .isEqualTo("notes.pdf");
      assertThat(bundle.instance().listings().waiting("twin")).isEmpty();

      Files.delete(bundle.inbox().resolve("notes.pdf"));
      TestBundle.await("it is over")
          .until(() -> bundle.instance().listings().waiting("test").isEmpty());
    }
  }

  @Test
  void aMarkerOfAnotherNameIsNamed() throws Exception {
    try (LogLines log = LogLines.open();
        TestBundle bundle = TestBundle.start(waiting().withFeedKey("ready", "done"))) {
      List<String> files = List.of("a.csv", "b.csv", "c.csv", "d.csv", "stray.csv.done");
      for (String name : files) {
        bundle.drop(name, ONE_ROW);
      }
      bundle.drop("a.done", "");
      bundle.drop("b.csv.ok", "");
      bundle.drop("d.csv.DONE", "");
      bundle.awaitAnswer("d.csv");
      TestBundle.await("all is said").until(() -> waitingNames(bundle).size() == 4);

      assertThat(waitingNames(bundle)).containsOnly("a.csv", "b.csv", "c.csv", "stray.csv.done");
      assertThat(log.with("WARN", "not taken")).hasSize(4);
      assertThat(log.with("a.csv in ", "marker a.csv.done is missing; a.done lies there"))
          .hasSize(1);
      assertThat(log.with("b.csv in ", "b.csv.done is missing; b.csv.ok lies there")).hasSize(1);
      assertThat(log.with("c.csv in ", "c.csv.done is missing")).hasSize(1);
      assertThat(log.with("stray.csv.done in ", "marker of a file that is not there")).hasSize(1);
      assertThat(bundle.names("inbox")).doesNotContain("d.csv", "d.csv.DONE");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"stable", "rename", "done"})
  void whateverTimeAShareGivesTheFileIsTaken(String ready) throws Exception {
    List<String> times =
        List.of(
            "1969-12-31T23:59:59Z",
            "1601-01-01T00:00:00Z",
            "1970-01-01T00:00:00Z",
            "2107-01-01T00:00:00Z",
            "9999-12-31T23:59:59Z");
    TestBundle.Setup setup = TestBundle.Setup.plain().withFeedKey("ready", ready);
    try (LogLines log = LogLines.open();
        TestBundle bundle = TestBundle.start(setup)) {
      for (int i = 0; i < times.size(); i++) {
        for (String ending : List.of(".csv", ".dryrun.csv")) {
          Path hidden = Files.writeString(bundle.inbox().resolve(".hidden"), ONE_ROW);
          Files.setLastModifiedTime(hidden, FileTime.from(Instant.parse(times.get(i))));
          Files.move(
              hidden, hidden.resolveSibling("f" + i + ending), StandardCopyOption.ATOMIC_MOVE);
          if (ready.equals("done")) {
            bundle.drop("f" + i + ending + ".done", "");
          }
        }
      }
      for (int i = 0; i < times.size(); i++) {
        bundle.awaitAnswer("f" + i + ".csv");
      }
      TestBundle.await("all is taken").until(() -> bundle.names("inbox").isEmpty());
      assertThat(log.with("ERROR")).isEmpty();
      assertThat(bundle.names("results")).contains("f0.dryrun.results.csv");
    }
  }

  private static Set<String> waitingNames(TestBundle bundle) {
    return bundle.instance().listings().waiting("test").stream()
        .map(Listings.Waiting::name)
        .collect(Collectors.toSet());
  }

  private static Instant lastListed(TestBundle bundle) {
    Instant listed = bundle.instance().listings().of("test").orElseThrow().lastSuccess();
    return listed == null ? Instant.EPOCH : listed;
  }

  private static TestBundle.Setup waiting() {
    return TestBundle.Setup.plain().withFeedKey("ready.wait-warning", "500ms");
  }
}
