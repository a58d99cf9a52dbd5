package uk.onefileroutes.derived;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.onefileroutes.ledger.FileEntry;
import uk.onefileroutes.ledger.FileEntry.Made;

/** What files are called that are made here. */
class MadeSpoolTest {

  @ParameterizedTest
  @CsvSource({
    "export.csv, UNDO, undo-12-export.csv",
    "export.csv, PART, part-12-export.csv",
    "export.xlsx, UNDO, undo-12-export.csv",
    "export.csv.gz, UNDO, undo-12-export.csv",
    // however often it was made of what was made
    "undo-9-export.csv, UNDO, undo-12-export.csv",
    "part-3-export.csv, UNDO, undo-12-export.csv",
    "undo-9-part-3-export.csv, UNDO, undo-12-export.csv",
    "undo-9-.csv, UNDO, undo-12-.csv",
    "undo-9-, UNDO, undo-12-undo-9-",
    "../odd name.csv, UNDO, undo-12-_.._odd name.csv"
  })
  void theNameSaysWhatItDoesAndOfWhich(String name, Made made, String expected) {
    FileEntry file =
        FileEntry.receiving(
            12,
            new FileEntry.Received("inbox", name, "0".repeat(64), "spool/1", null),
            Instant.EPOCH);
    assertThat(MadeSpool.name(file, made)).isEqualTo(expected);
  }
}
