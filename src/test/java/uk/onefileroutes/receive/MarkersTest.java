package uk.onefileroutes.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarkersTest {
  @ParameterizedTest
  @CsvSource({
    "a.csv, a.csv.done",
    "a.csv, a.csv.DONE",
    "A.CSV, a.csv.Done",
    "a.csv.gz, a.csv.gz.done",
    "a, a.done"
  })
  void aMarkerIsTheNameWithDoneBehindItWhateverTheCase(String file, String marker) {
    Markers markers = new Markers(List.of(file, marker));
    assertThat(markers.of(file)).containsExactly(marker);
    assertThat(Markers.isOne(marker)).isTrue();
    assertThat(markers.isBesideItsFile(marker)).isTrue();
  }

  @Test
  void whereCaseDecidesBetweenTwoFilesItCounts() {
    Markers markers = new Markers(List.of("a.csv", "A.csv", "a.csv.done"));
    assertThat(markers.of("a.csv")).containsExactly("a.csv.done");
    assertThat(markers.of("A.csv")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.done",
        "a.csv.ok",
        "a.ok",
        "A.OK",
        "a.ready",
        "a_done",
        "a.csv.done.txt",
        "a.trg",
        "a.csv.complete",
        "a-finished.txt"
      })
  void whatIsMeantToBeAMarkerIsFound(String meant) {
    Markers markers = new Markers(List.of("a.csv", "b.csv", meant));
    assertThat(markers.of("a.csv")).isEmpty();
    assertThat(markers.lookalike("a.csv")).contains(meant);
    assertThat(markers.lookalike("b.csv")).isEmpty();
    assertThat(markers.isBesideItsFile(meant)).isTrue();
  }

  @Test
  void otherFilesAreNoMarkers() {
    Markers markers = new Markers(List.of("a.csv", "ab.csv", "completed.csv", "a-june.csv"));
    assertThat(markers.lookalike("a.csv")).isEmpty();
    assertThat(markers.isBesideItsFile("ab.csv")).isFalse();
    assertThat(markers.isBesideItsFile("completed.csv")).isFalse();
    assertThat(new Markers(List.of("b.csv.done", "a.csv")).isBesideItsFile("b.csv.done")).isFalse();
    assertThat(Markers.isOne(".done")).isFalse();
  }
}
