package uk.onefileroutes.management;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.pace.Edge;
import uk.onefileroutes.pace.Pace;
import uk.onefileroutes.pace.PaceStatus;

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
    List<AlarmNow> alarms) {

  /**
   * How fast calls leave.
   *
   * @param callsPerMinute a number, or {@code unlimited}
   * @param source where it comes from: {@code base}, {@code plan}, {@code by_hand}
   * @param state {@code open}, or the weightiest reason why not
   * @param reason the same as a sentence
   * @param opensAt if not open, when it will be, as far as is known
   * @param nextEdgeAt when plan or windows change next
   * @param nextEdge what happens then
   * @param admitted calls admitted since the start
   */
  public record PaceNow(
      String callsPerMinute,
      String source,
      String state,
      String reason,
      @Nullable String opensAt,
      @Nullable String nextEdgeAt,
      @Nullable String nextEdge,
      long admitted) {
    static PaceNow of(Pace pace) {
      PaceStatus now = pace.now();
      return new PaceNow(
          now.rate().toString(),
          now.source().name().toLowerCase(Locale.ROOT),
          now.state().name().toLowerCase(Locale.ROOT),
          now.reason(),
          now.opens().map(Instant::toString).orElse(null),
          now.nextEdge().map(edge -> edge.at().toString()).orElse(null),
          now.nextEdge().map(Edge::sentence).orElse(null),
          pace.admissions());
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
   */
  public record FeedNow(
      String name,
      String source,
      String place,
      @Nullable String lastListedAt,
      @Nullable String lastFailedAt,
      @Nullable String failure) {}

  /**
   * The directory of a centre, where a file ever needed it.
   *
   * @param readAt when the reading that counts began; null: there is none yet
   * @param isWanted whether it is being read anew, or will be
   * @param failure why that does not work now; null while nothing is wrong
   */
  public record DirectoryNow(
      int organisation, @Nullable String readAt, boolean isWanted, @Nullable String failure) {}

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
