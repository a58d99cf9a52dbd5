package uk.onefileroutes.management;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.feed.Feed;
import uk.onefileroutes.feed.Listings;
import uk.onefileroutes.feed.Place;
import uk.onefileroutes.ledger.Backlog;
import uk.onefileroutes.ledger.CentreDirectory;
import uk.onefileroutes.ledger.FileEntry;
import uk.onefileroutes.ledger.FileProgress;
import uk.onefileroutes.ledger.Overview;
import uk.onefileroutes.management.Status.AlarmNow;
import uk.onefileroutes.management.Status.BacklogNow;
import uk.onefileroutes.management.Status.CallsNow;
import uk.onefileroutes.management.Status.DeliveryNow;
import uk.onefileroutes.management.Status.DirectoryNow;
import uk.onefileroutes.management.Status.FeedNow;
import uk.onefileroutes.management.Status.FileNow;
import uk.onefileroutes.management.Status.InputNow;
import uk.onefileroutes.management.Status.ListingNow;
import uk.onefileroutes.management.Status.OnefileNow;
import uk.onefileroutes.management.Status.ProblemsNow;
import uk.onefileroutes.management.Status.RowsNow;
import uk.onefileroutes.management.Status.StateNow;
import uk.onefileroutes.management.Status.TimesNow;
import uk.onefileroutes.management.Status.TroubleNow;
import uk.onefileroutes.management.Status.WaitingNow;
import uk.onefileroutes.pace.Pace;
import uk.onefileroutes.shown.Shown;
import uk.onefileroutes.stage.Stage;

/** Works out how an instance stands. Thread-safe; changes nothing. */
public final class StatusReader {
  private static final int NEWEST = 20;
  private static final int MAX_WAITING = 100; // of a drop folder that is full of other files

  private final Overview overview;
  private final @Nullable Running running;
  private final List<Feed> feeds;
  private final Listings listings;
  private final InstantSource clock;

  /**
   * What only a running instance knows.
   *
   * @param tokenSince since when the session with Onefile holds
   */
  public record Running(
      Pace pace,
      Supplier<Optional<Instant>> tokenSince,
      Supplier<List<AlarmNow>> alarms,
      List<Stage> stages) {}

  /**
   * @param running null where no instance runs
   */
  public StatusReader(
      Overview overview,
      @Nullable Running running,
      List<Feed> feeds,
      Listings listings,
      InstantSource clock) {
    this.overview = overview;
    this.running = running;
    this.feeds = feeds;
    this.listings = listings;
    this.clock = clock;
  }

  /** All of it. */
  public Status read() {
    Instant now = clock.instant();
    return new Status(
        now.toString(),
        new DeliveryNow(isRunning(), pace(), backlog()),
        new InputNow(files(), feeds()),
        new OnefileNow(
            overview.directories().stream().map(StatusReader::directory).toList(),
            text(tokenSince().orElse(null))),
        new ProblemsNow(
            running == null ? List.of() : running.alarms().get(),
            troubles().stream().map(TroubleNow::of).toList()),
        new CallsNow(
            running == null ? null : DayNow.of(running.pace().today()),
            TrafficNow.of(overview.traffic(now))));
  }

  boolean isRunning() {
    return running != null;
  }

  @Nullable PaceNow pace() {
    return running == null ? null : PaceNow.of(running.pace());
  }

  /** What the stages of a file's way fail at. */
  List<Stage.Trouble> troubles() {
    return running == null
        ? List.of()
        : running.stages().stream()
            .flatMap(stage -> stage.troubles().stream())
            .filter(Stage.Trouble::isConfirmed)
            .toList();
  }

  /** What is left to send, without working out when that will be: for those who ask often. */
  Backlog counts() {
    return overview.backlog();
  }

  BacklogNow backlog() {
    Backlog backlog = counts();
    Optional<Instant> finish =
        running == null || backlog.open() == 0
            ? Optional.empty()
            : running.pace().finish(backlog.open());
    return new BacklogNow(
        backlog.open(),
        backlog.inFlight(),
        backlog.waiting(),
        backlog.blocked(),
        text(backlog.oldestAccepted()),
        text(finish.orElse(null)));
  }

  List<FileNow> files() {
    return overview.files(NEWEST).stream().map(StatusReader::file).toList();
  }

  /** One file, however old. */
  Optional<FileNow> file(long no) {
    return overview.file(no).map(StatusReader::file);
  }

  /** Since when the session with Onefile holds. */
  Optional<Instant> tokenSince() {
    return running == null ? Optional.empty() : running.tokenSince().get();
  }

  long heldFiles() {
    return files().stream().filter(file -> file.stand().state().equals("held")).count();
  }

  List<FeedNow> feeds() {
    return feeds.stream().map(this::feed).toList();
  }

  private static FileNow file(FileProgress progress) {
    FileEntry file = progress.file();
    Map<String, Long> rows = new LinkedHashMap<>();
    progress.tally().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> rows.put(entry.getKey().word(), entry.getValue()));
    long open =
        progress.tally().entrySet().stream()
            .filter(entry -> !entry.getKey().isFinal())
            .mapToLong(Map.Entry::getValue)
            .sum();
    return new FileNow(
        file.no(),
        file.feed(),
        Shown.line(file.name()),
        new StateNow(file.state().word(), file.code(), file.message()),
        new TimesNow(file.acceptedAt().toString(), text(file.doneAt())),
        new RowsNow(rows, progress.rows(), open));
  }

  private FeedNow feed(Feed feed) {
    Optional<Listings.Listing> listing = listings.of(feed.name());
    List<Listings.Waiting> waiting = listings.waiting(feed.name());
    Place source = feed.places().source();
    return new FeedNow(
        feed.name(),
        source instanceof Place.Remote ? "sftp" : "directory",
        source.toString(),
        new ListingNow(
            text(listing.map(Listings.Listing::lastSuccess).orElse(null)),
            text(listing.map(Listings.Listing::lastFailure).orElse(null)),
            listing.map(Listings.Listing::reason).orElse(null)),
        waiting.stream().limit(MAX_WAITING).map(StatusReader::waiting).toList(),
        waiting.size());
  }

  private static WaitingNow waiting(Listings.Waiting file) {
    return new WaitingNow(Shown.line(file.name()), file.since().toString(), file.reason());
  }

  private static DirectoryNow directory(CentreDirectory.Standing standing) {
    return new DirectoryNow(
        standing.organisation(), text(standing.readAt()), standing.isWanted(), standing.failure());
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }
}
