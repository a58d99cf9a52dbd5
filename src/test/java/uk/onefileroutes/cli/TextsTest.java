package uk.onefileroutes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import uk.onefileroutes.management.Histories.FileDetails;
import uk.onefileroutes.management.Json;
import uk.onefileroutes.verification.Report;

/** What the commands print for people. */
class TextsTest {
  private static final String DETAILS =
      """
      {
        "file": {"no": 12, "feed": "inbox", "name": "export.csv", "state": "done", "code": null,
          "message": null, "acceptedAt": "2026-06-01T10:00:00Z", "doneAt": null,
          "rows": {"sent": 1200, "blocked": 2}, "total": 1202, "open": 0},
        "rows": [{"row": 7, "part": 0, "state": "blocked", "code": "TOO_MANY_ATTEMPTS",
          "message": "Given up after 6 attempts.", "learner": 501001, "slot": "default/assessor",
          "calls": 6, "attempts": [
            {"at": "2026-06-01T10:00:05Z", "tookMs": 12, "httpStatus": 500, "code": "RETRY",
              "message": "Last failure: HTTP 500."},
            {"at": "2026-06-01T10:05:05Z", "tookMs": 12, "httpStatus": null,
              "code": "TOO_MANY_ATTEMPTS", "message": "Given up after 6 attempts."}]}],
        "furtherRows": 1
      }
      """;

  @Test
  void aFileIsShownWithTheCallsOfItsRows() throws Exception {
    String text =
        new DetailsText(ZoneId.of("Europe/London"))
            .of(Json.MAPPER.readValue(DETAILS, FileDetails.class));
    assertThat(text.lines())
        .containsExactly(
            "File 12, export.csv of feed inbox, accepted 2026-06-01 11:00:00 BST: done",
            "Assignments: 1,200 sent, 2 blocked",
            "",
            "Row 7: blocked TOO_MANY_ATTEMPTS, learner 501001, default/assessor",
            "  Given up after 6 attempts.",
            "  6 calls, the last 2 of them:",
            "    2026-06-01 11:00:05 BST  HTTP 500   RETRY              Last failure: HTTP 500.",
            "    2026-06-01 11:05:05 BST  no answer  TOO_MANY_ATTEMPTS  Given up after 6 attempts.",
            "1 more blocked or rejected.");
  }

  @Test
  void driftIsShownWithBothSidesAndItsRemedy() {
    Report report =
        new Report(
            new Report.Run(
                "done",
                "of file 12",
                "report",
                "2026-06-01T10:00:00Z",
                "2026-06-01T10:10:00Z",
                null),
            new Report.Amount(
                3,
                49,
                List.of(
                    new Report.NotCompared(3, 40, "Onefile's answer names no assessor"),
                    new Report.NotCompared(1, 9, "Onefile has no call that lists them"))),
            new Report.Tally(3, 1, 2, 0, 0, 1, 0),
            new Report.Hand(2, 0, 0),
            List.of(
                new Report.Drift(501001, "default/assessor", 700001L, 700009L, true),
                new Report.Drift(501002, "default/employer", 700004L, null, true),
                new Report.Drift(501002, "unit-summary/KS_COMM1/iqa", 700002L, null, false)),
            List.of(new Report.NotRead(501003, "HTTP 404")));
    assertThat(VerificationText.of(report).lines())
        .contains(
            "Verified the slots of file 12: done, 3 of 3 learners read.",
            "1 slots are as the ledger says, 2 are not.",
            "2 slots are as somebody made them by hand, and kept so.",
            "40 level 3 slots could not be compared: Onefile's answer names no assessor.",
            "9 level 1 slots could not be compared: Onefile has no call that lists them.",
            "1 learners are not found, or not shown to us.",
            "      501001  default/assessor                700001       700009",
            "      501002  default/employer                700004       nobody",
            "      501002  unit-summary/KS_COMM1/iqa       700002   not listed")
        .anyMatch(line -> line.contains("forget --learner ID"));
  }
}
