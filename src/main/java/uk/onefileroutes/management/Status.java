package uk.onefileroutes.management;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.stage.Stage;

/**
 * How an instance stands at one moment, as the command {@code status} shows it and as JSON has it.
 * Moments are UTC, as in {@code 2026-11-22T07:35:00Z}; null where there is none.
 *
 * @param at the moment
 */
public record Status(
    String at,
    @JsonUnwrapped DeliveryNow delivery,
    @JsonUnwrapped InputNow input,
    @JsonUnwrapped OnefileNow onefile,
    @JsonUnwrapped ProblemsNow problems,
    @JsonUnwrapped CallsNow calls) {

  /**
   * How sending goes on.
   *
   * @param isRunning whether an instance runs; else this is what the ledger says, and nothing moves
   * @param pace null where no instance runs
   */
  public record DeliveryNow(boolean isRunning, @Nullable PaceNow pace, BacklogNow backlog) {}

  /**
   * What comes in.
   *
   * @param files what needs something yet, and the newest of the others; newest first
   */
  public record InputNow(List<FileNow> files, List<FeedNow> feeds) {}

  /**
   * What is held of Onefile.
   *
   * @param directories of the centres in which references were looked up
   * @param tokenSince since when the session holds; null while there is none
   */
  public record OnefileNow(List<DirectoryNow> directories, @Nullable String tokenSince) {}

  /**
   * What a person should know.
   *
   * @param alarms that stand now
   * @param troubles what the stages of a file's way fail at, each a reason not to be ready
   */
  public record ProblemsNow(List<AlarmNow> alarms, List<TroubleNow> troubles) {}

  /**
   * When calls may leave, and what came of them.
   *
   * @param day what plan and windows make of today; null where no instance runs
   * @param traffic what came of the calls of the last 24 hours
   */
  public record CallsNow(@Nullable DayNow day, TrafficNow traffic) {}

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
   * @param name as it was dropped
   */
  public record FileNow(
      long no,
      String feed,
      String name,
      @JsonUnwrapped StateNow stand,
      @JsonUnwrapped TimesNow times,
      @JsonUnwrapped RowsNow counts) {}

  /**
   * How far a file is.
   *
   * @param code why it was refused, or is held
   * @param message the same as a sentence, or what it waits for
   */
  public record StateNow(String state, @Nullable String code, @Nullable String message) {}

  /** From when to when a file was worked on. */
  public record TimesNow(String acceptedAt, @Nullable String doneAt) {}

  /**
   * The rows of a file.
   *
   * @param rows by state
   * @param total their sum
   * @param open of these not final yet
   */
  public record RowsNow(Map<String, Long> rows, long total, long open) {}

  /**
   * A feed.
   *
   * @param source {@code directory} or {@code sftp}
   * @param place where files come from
   * @param waiting files that lie there for too long and are not taken, at most a hundred
   * @param allWaiting how many there are
   */
  public record FeedNow(
      String name,
      String source,
      String place,
      @JsonUnwrapped ListingNow listing,
      List<WaitingNow> waiting,
      int allWaiting) {}

  /**
   * How reading the list of files in a place goes.
   *
   * @param lastListedAt when it last succeeded
   * @param lastFailedAt when it last failed
   * @param failure why it fails; null where the last one succeeded
   */
  public record ListingNow(
      @Nullable String lastListedAt, @Nullable String lastFailedAt, @Nullable String failure) {}

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
