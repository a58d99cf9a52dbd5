package uk.onefileroutes.management;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.ledger.Traffic;
import uk.onefileroutes.pace.Edge;
import uk.onefileroutes.pace.Pace;
import uk.onefileroutes.pace.PaceStatus;
import uk.onefileroutes.pace.Pause;
import uk.onefileroutes.pace.PlannedDay;
import uk.onefileroutes.stage.Stage;

/**
 * How an instance stands at one moment, as the command {@code status} shows it and as JSON has it.
 * Moments are UTC, as in {@code 2026-11-22T07:35:00Z}; null where there is none.
 *
 * @param at the moment
 * @param isRunning whether an instance runs; else this is what the ledger says, and nothing moves
 * @param pace null where no instance runs
 * @param files what needs something yet, and the newest of the others; newest first
 * @param directories of the centres in which references were looked up
 * @param tokenSince since when the session with Onefile holds; null while there is none
 * @param alarms that stand now
 * @param troubles what the stages of a file's way fail at, each a reason not to be ready
 * @param day what plan and windows make of today; null where no instance runs
 * @param traffic what came of the calls of the last 24 hours
 */
public record Status(
    String at,
    boolean isRunning,
    @Nullable PaceNow pace,
    BacklogNow backlog,
    List<FileNow> files,
    List<FeedNow> feeds,
    List<DirectoryNow> directories,
    @Nullable String tokenSince,
    List<AlarmNow> alarms,
    List<TroubleNow> troubles,
    @Nullable DayNow day,
    TrafficNow traffic) {

  /**
   * How fast calls leave.
   *
   * @param admitted calls admitted since the start
   * @param pauses that hold now
   */
  public record PaceNow(
      @JsonUnwrapped SpeedNow speed,
      @JsonUnwrapped AdmissionNow admission,
      @JsonUnwrapped EdgeNow next,
      long admitted,
      List<PauseNow> pauses) {
    static PaceNow of(Pace pace) {
      PaceStatus now = pace.now();
      return new PaceNow(
          SpeedNow.of(now.speed()),
          AdmissionNow.of(now.admission()),
          EdgeNow.of(now.nextEdge()),
          pace.admissions(),
          now.pauses().stream().map(PauseNow::of).toList());
    }
  }

  /**
   * The rate that holds, whether calls are admitted or not.
   *
   * @param callsPerMinute a number, or {@code unlimited}
   * @param source where it comes from: {@code base}, {@code plan}, {@code by_hand}
   */
  public record SpeedNow(String callsPerMinute, String source) {
    static SpeedNow of(PaceStatus.Speed now) {
      return new SpeedNow(now.rate().toString(), now.source().name().toLowerCase(Locale.ROOT));
    }
  }

  /**
   * Whether calls are admitted.
   *
   * @param state {@code open}, or the weightiest reason why not
   * @param reason the same as a sentence
   * @param opensAt if not open, when it will be, as far as is known
   */
  public record AdmissionNow(String state, String reason, @Nullable String opensAt) {
    static AdmissionNow of(PaceStatus.Admission now) {
      return new AdmissionNow(
          now.state().name().toLowerCase(Locale.ROOT),
          now.reason(),
          now.opens().map(Instant::toString).orElse(null));
    }
  }

  /**
   * The next change by plan or windows; both null where none is in sight.
   *
   * @param nextEdgeAt when they change next
   * @param nextEdge what happens then
   */
  public record EdgeNow(@Nullable String nextEdgeAt, @Nullable String nextEdge) {
    static EdgeNow of(Optional<Edge> edge) {
      return new EdgeNow(
          edge.map(Edge::at).map(Instant::toString).orElse(null),
          edge.map(Edge::sentence).orElse(null));
    }
  }

  /**
   * A pause.
   *
   * @param reason {@code server}, {@code outage}, {@code unauthorised}, {@code operator}
   * @param until when it is over by itself; null: only when it is resumed
   */
  public record PauseNow(String reason, @Nullable String until, String message) {
    static PauseNow of(Pause pause) {
      return new PauseNow(
          pause.reason().name().toLowerCase(Locale.ROOT),
          pause.until() == null ? null : pause.until().toString(),
          pause.toString());
    }
  }

  /**
   * A local day.
   *
   * @param zone whose clocks are meant
   * @param from its first moment
   * @param until the first moment of the next day
   */
  public record DayNow(String zone, String from, String until, List<DayPart> parts) {
    static DayNow of(PlannedDay day) {
      return new DayNow(
          day.zone().getId(),
          day.from().toString(),
          day.until().toString(),
          day.parts().stream().map(DayPart::of).toList());
    }
  }

  /**
   * A part of a day in which one thing holds.
   *
   * @param callsPerMinute a number, or {@code unlimited}; what it would be where a window is closed
   * @param source where it comes from: {@code base}, {@code plan}, {@code by_hand}
   * @param plan the plan entry it comes from
   * @param closed the window in which no call leaves
   */
  public record DayPart(
      String from,
      String until,
      String callsPerMinute,
      String source,
      @Nullable String plan,
      @Nullable String closed) {
    static DayPart of(PlannedDay.Part part) {
      return new DayPart(
          part.from().toString(),
          part.until().toString(),
          part.rate().toString(),
          part.source().name().toLowerCase(Locale.ROOT),
          part.plan(),
          part.window());
    }
  }

  /**
   * What came of calls with assignments: the sums, and by half hours.
   *
   * @param since the beginning of the first half hour; the last one is not over
   * @param delivered that Onefile accepted
   * @param failed that left a row rejected or blocked
   * @param again that failed and are tried again
   * @param halfHours those in which there were any
   */
  public record TrafficNow(
      String since, long delivered, long failed, long again, List<HalfHour> halfHours) {
    static TrafficNow of(List<Traffic.Slice> slices) {
      return new TrafficNow(
          slices.get(0).from().toString(),
          slices.stream().mapToLong(Traffic.Slice::delivered).sum(),
          slices.stream().mapToLong(Traffic.Slice::failed).sum(),
          slices.stream().mapToLong(Traffic.Slice::again).sum(),
          slices.stream().filter(slice -> slice.calls() > 0).map(HalfHour::of).toList());
    }
  }

  /** What came of the calls of a half hour. */
  public record HalfHour(String from, long delivered, long failed, long again) {
    static HalfHour of(Traffic.Slice slice) {
      return new HalfHour(
          slice.from().toString(), slice.delivered(), slice.failed(), slice.again());
    }
  }

  /**
   * What is left to send.
   *
   * @param open requests that are not final
   * @param inFlight of these on their way
   * @param waiting of these to be tried again
   * @param blocked rows that wait for a person
   * @param oldestAcceptedAt when the oldest file with an open request was accepted
   * @param expectedFinishAt when the last of them will be sent, through plan and windows
   */
  public record BacklogNow(
      long open,
      long inFlight,
      long waiting,
      long blocked,
      @Nullable String oldestAcceptedAt,
      @Nullable String expectedFinishAt) {}

  /**
   * A file.
   *
   * @param code why it was refused, or is held
   * @param message the same as a sentence, or what it waits for
   * @param rows its rows by state
   * @param total their sum
   * @param open of these not final yet
   */
  public record FileNow(
      long no,
      String feed,
      String name,
      String state,
      @Nullable String code,
      @Nullable String message,
      String acceptedAt,
      @Nullable String doneAt,
      Map<String, Long> rows,
      long total,
      long open) {}

  /**
   * A feed.
   *
   * @param source {@code directory} or {@code sftp}
   * @param place where files come from
   * @param lastListedAt when the place was last looked into with success
   * @param lastFailedAt when that last failed
   * @param failure why it fails; null where the last look succeeded
   * @param waiting files that lie there for too long and are not taken, at most a hundred
   * @param allWaiting how many there are
   */
  public record FeedNow(
      String name,
      String source,
      String place,
      @Nullable String lastListedAt,
      @Nullable String lastFailedAt,
      @Nullable String failure,
      List<WaitingNow> waiting,
      int allWaiting) {}

  /**
   * A file that no feed takes.
   *
   * @param since when it was first seen
   * @param reason the likely cause, with what to do
   */
  public record WaitingNow(String name, String since, String reason) {}

  /**
   * The directory of a centre, where a file ever needed it.
   *
   * @param readAt when the reading that counts began; null: there is none yet
   * @param isWanted whether it is being read again, or will be
   * @param failure why that does not work now; null while nothing is wrong
   */
  public record DirectoryNow(
      int organisation, @Nullable String readAt, boolean isWanted, @Nullable String failure) {}

  /**
   * Something that fails and is tried again.
   *
   * @param stage {@code intake}, {@code planning}, {@code settling}, {@code results}
   * @param about the feed, file or row that it concerns; null where it may be any
   * @param lastFailedAt when it was last tried
   * @param what what can't be done
   * @param reason why it failed last
   */
  public record TroubleNow(
      String stage,
      @Nullable String about,
      String since,
      String lastFailedAt,
      String what,
      String reason) {
    static TroubleNow of(Stage.Trouble trouble) {
      return new TroubleNow(
          trouble.stage().word(),
          trouble.about().isEmpty() ? null : trouble.about(),
          trouble.since().toString(),
          trouble.last().toString(),
          trouble.stage().sentence(),
          trouble.reason());
    }
  }

  /**
   * Something that a person must know until it is over.
   *
   * @param code a word for what it is, such as {@code OUTAGE}
   * @param about the feed, file or place that it concerns; null where there is only one
   * @param since when it began
   * @param message the same as a sentence, with what to do
   */
  public record AlarmNow(String code, @Nullable String about, String since, String message) {}
}
