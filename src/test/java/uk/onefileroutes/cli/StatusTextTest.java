package uk.onefileroutes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import uk.onefileroutes.management.PaceNow;
import uk.onefileroutes.management.PaceNow.AdmissionNow;
import uk.onefileroutes.management.PaceNow.EdgeNow;
import uk.onefileroutes.management.PaceNow.SpeedNow;
import uk.onefileroutes.management.Status;
import uk.onefileroutes.management.Status.AlarmNow;
import uk.onefileroutes.management.Status.BacklogNow;
import uk.onefileroutes.management.Status.CallsNow;
import uk.onefileroutes.management.Status.DeliveryNow;
import uk.onefileroutes.management.Status.FeedNow;
import uk.onefileroutes.management.Status.InputNow;
import uk.onefileroutes.management.Status.ListingNow;
import uk.onefileroutes.management.Status.OnefileNow;
import uk.onefileroutes.management.Status.ProblemsNow;
import uk.onefileroutes.management.Status.WaitingNow;
import uk.onefileroutes.management.TrafficNow;

class StatusTextTest {
  private static final String NOW = "2026-06-18T12:00:00Z";
  private static final PaceNow OPEN =
      new PaceNow(
          new SpeedNow("240", "base"),
          new AdmissionNow("open", "Open.", null),
          new EdgeNow(null, null),
          7,
          List.of());
  private static final ListingNow NOT_LISTED = new ListingNow(null, null, null);
  private static final ListingNow LISTED = new ListingNow("2026-06-18T11:59:58Z", null, null);

  @Test
  void everyFigureOfThePageIsThere() {
    String text =
        text(
            OPEN,
            new FeedNow("inbox", "directory", "/data/inbox", LISTED, List.of(), 0),
            "2026-06-18T09:00:00Z",
            List.of(
                new AlarmNow("OUTAGE", null, "2026-06-18T11:58:00Z", "Onefile does not answer."),
                new AlarmNow("HELD", "export.csv", "2026-06-17T11:58:00Z", "Release or cancel.")));
    assertThat(text.lines())
        .containsExactly(
            "Pace      240 calls per minute. Open.",
            "ALARM     OUTAGE since 11:58:00 Z: Onefile does not answer.",
            "ALARM     HELD export.csv since 2026-06-17 11:58 Z: Release or cancel.",
            "Backlog   1,916 requests (8 on their way, 2 to be tried again), sent by about 14:00:00 Z,"
                + " the oldest accepted 11:30:00 Z",
            "Blocked   3 assignments wait for a person",
            "24 hours  1,234 delivered, 5 failed, 6 calls to be made again",
            "Session   logged in 3 h ago",
            "Feed      inbox (/data/inbox), listed 2 s ago",
            "Files     none yet");
  }

  @Test
  void aFeedThatFailsSaysSinceItsLastSuccess() {
    assertThat(
            text(
                OPEN,
                new FeedNow(
                    "mis",
                    "sftp",
                    "sftp://mis",
                    new ListingNow(
                        "2026-06-18T11:00:00Z", "2026-06-18T11:59:00Z", "no route to host"),
                    List.of(),
                    0),
                null,
                List.of()))
        .contains("Session   none")
        .contains(
            "Feed      mis (sftp://mis), listed 60 min ago, FAILING at 11:59:00 Z: no route to"
                + " host")
        .doesNotContain("ALARM");
    assertThat(
            text(
                null,
                new FeedNow("mis", "sftp", "sftp://mis", NOT_LISTED, List.of(), 0),
                null,
                List.of()))
        .contains("none runs", "mis (sftp://mis), not listed yet")
        .doesNotContain("Session");
  }

  @Test
  void filesThatNoFeedTakesStandBelowTheirFeed() {
    List<WaitingNow> waiting =
        IntStream.rangeClosed(1, 12)
            .mapToObj(i -> new WaitingNow("f" + i + ".txt", "2026-06-18T11:50:00Z", "no pattern"))
            .toList();
    FeedNow feed = new FeedNow("inbox", "directory", "/in", LISTED, waiting, 30);
    assertThat(text(OPEN, feed, null, List.of()).lines().filter(line -> line.startsWith("WAIT")))
        .hasSize(11)
        .contains(
            "WAITING   f1.txt (feed inbox) since 11:50:00 Z, not taken: no pattern",
            "WAITING   20 more files of feed inbox");
  }

  private static String text(
      @Nullable PaceNow pace, FeedNow feed, @Nullable String tokenSince, List<AlarmNow> alarms) {
    return new StatusText(ZoneOffset.UTC)
        .of(
            new Status(
                NOW,
                new DeliveryNow(
                    pace != null,
                    pace,
                    new BacklogNow(1916, 8, 2, 3, "2026-06-18T11:30:00Z", "2026-06-18T14:00:00Z")),
                new InputNow(List.of(), List.of(feed)),
                new OnefileNow(List.of(), tokenSince),
                new ProblemsNow(alarms, List.of()),
                new CallsNow(null, new TrafficNow("2026-06-17T12:30:00Z", 1234, 5, 6, List.of()))));
  }
}
