package uk.onefileroutes.lookup;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.onefileroutes.delivery.Doubling;
import uk.onefileroutes.ledger.CentreDirectory;
import uk.onefileroutes.ledger.CentreDirectory.Standing;
import uk.onefileroutes.ledger.CentreReading;
import uk.onefileroutes.ledger.Leavers.Comparison;
import uk.onefileroutes.ledger.Lookup;
import uk.onefileroutes.onefile.OnefileCall;
import uk.onefileroutes.onefile.Reading;
import uk.onefileroutes.pace.Pace;
import uk.onefileroutes.route.WorkIterator;

/**
 * The steps of {@code refresh-directory}: reads the centres that are wanted, one after the other,
 * one page a call, behind all requests that wait. A reading that fails begins again after a while,
 * and the complete one before it counts until then. Thread-safe.
 */
public final class Directory {
  private static final Logger LOG = LoggerFactory.getLogger(Directory.class);
  private static final Duration NOT_NOW = Duration.ofSeconds(1);
  private static final Doubling WAITS =
      new Doubling(Duration.ofSeconds(15), Duration.ofMinutes(15));
  // asked for more than this, a server may give fewer on each page: only an empty page is the end
  private static final int SAFE_SIZE = 50;

  private final CentreDirectory ledger;
  private final int pageSize;
  private final boolean isNightly;
  private final Pace pace;
  private final InstantSource clock;
  private @Nullable Round round;
  private int failures; // in a row
  private Instant notBefore = Instant.MIN;
  private String lastFailure = "";

  /** One centre being read. */
  private static final class Round {
    final CentreReading reading;
    final List<Search> searches;
    int search;
    int page = 1;
    int found;
    int accounts; // of these
    List<String> lastIds = List.of();
    @Nullable OnefileCall current;

    Round(CentreReading reading) {
      this.reading = reading;
      this.searches = Search.all(reading.standing().titles());
    }

    int organisation() {
      return reading.standing().organisation();
    }

    Search search() {
      return searches.get(search);
    }
  }

  /**
   * @param pageSize accounts asked for at a time
   * @param isNightly whether each night all centres are read that were ever asked for
   */
  public Directory(
      CentreDirectory ledger, int pageSize, boolean isNightly, Pace pace, InstantSource clock) {
    this.ledger = ledger;
    this.pageSize = pageSize;
    this.isNightly = isNightly;
    this.pace = pace;
    this.clock = clock;
  }

  /** Wants all centres to be read again that were ever asked for; what Quartz does each night. */
  public void nightly() {
    if (isNightly) {
      int unused = ledger.askAll();
    }
  }

  /** The pages to be read now, each after the one before it was taken. */
  public Iterator<@Nullable OnefileCall> pages() {
    return new WorkIterator<>(this::next);
  }

  /** A wait that is further ahead than it was set is one that the clock was put back in. */
  private boolean isWaiting() {
    Instant now = clock.instant();
    return now.isBefore(notBefore) && now.isAfter(notBefore.minus(WAITS.longest()));
  }

  private synchronized @Nullable OnefileCall next() {
    if (!pace.isOpen() || isWaiting()) {
      return null;
    }
    if (round == null) {
      round = begin();
    }
    Round now = round;
    if (now == null) {
      return null;
    }
    now.current =
        OnefileCall.search(
            now.search().path(now.page, pageSize), now.search().payload(now.organisation()));
    return now.current;
  }

  private @Nullable Round begin() {
    Optional<Standing> wanted = ledger.wanted().stream().findFirst();
    return wanted.isEmpty() ? null : new Round(ledger.begin(wanted.get(), clock.instant()));
  }

  /** Takes what came of a page's call. */
  public synchronized void take(@Variable("call") OnefileCall call) {
    Round now = round;
    if (now == null || call != now.current) {
      return;
    }
    now.current = null;
    Reading reading = call.reading();
    if (reading instanceof Reading.Found found) {
      Page.of(found.status(), found.text())
          .ifPresentOrElse(
              page -> take(now, page),
              () -> failed(now, "HTTP %d without a list".formatted(found.status())));
    } else if (reading instanceof Reading.NotNow) {
      notBefore = clock.instant().plus(NOT_NOW);
    } else if (reading instanceof Reading.Refused refused) {
      failed(now, refused.why());
    } else if (reading instanceof Reading.Failed failed) {
      failed(now, failed.cause());
    }
  }

  private void take(Round now, Page page) {
    Search search = now.search();
    List<String> ids = page.ids();
    if (search.isPaged() && now.page > 1 && !ids.isEmpty() && ids.equals(now.lastIds)) {
      failed(now, "page %d is the same as the page before".formatted(now.page));
      return;
    }
    if (search.isPaged()) {
      now.reading.addUsers(page.users(search.role()));
      now.accounts += page.size();
    } else {
      Lookup.Sort sort = search.equals(Search.STANDARDS) ? Lookup.Sort.STANDARD : Lookup.Sort.UNIT;
      now.reading.addEntries(page.entries(sort));
    }
    now.found += page.size();
    now.lastIds = ids;
    boolean isEnd = !search.isPaged() || page.size() < Math.min(pageSize, SAFE_SIZE);
    if (!isEnd) {
      now.page++;
      return;
    }
    now.page = 1;
    now.lastIds = List.of();
    now.search++;
    if (now.search == now.searches.size()) {
      complete(now);
    }
  }

  private void complete(Round now) {
    now.reading.complete(Directory::left);
    round = null;
    failures = 0;
    lastFailure = "";
    LOG.info("Directory of organisation {} read: {} entries", now.organisation(), now.found);
    if (now.accounts == 0) {
      LOG.warn(
          "Directory of organisation {} is empty: Onefile's answers name no account, so that no"
              + " reference can be found. Is that its number (onefile.organisation-id,"
              + " organisation-id of the feed), and may this token search in it?",
          now.organisation());
    }
  }

  private static Set<Long> left(Comparison comparison) {
    LeaverRule.Decision decision = LeaverRule.decide(comparison);
    if (decision.doubted() > 0) {
      LOG.warn(
          "Directory of organisation {} lists {} of {} accounts no longer, among them {} who are"
              + " assigned to learners: too many at once to have left, so none of these counts as"
              + " gone. Is its number right, and may this token still search for every role? If"
              + " they did leave: forget --all",
          comparison.organisation(),
          comparison.lost(),
          comparison.accounts(),
          decision.doubted());
    }
    return decision.left();
  }

  /** Pages move while they are read, so the reading begins again. */
  private void failed(Round now, String cause) {
    round = null;
    notBefore = clock.instant().plus(WAITS.after(failures));
    failures++;
    String why = now.search() + ": " + cause;
    if (!why.equals(lastFailure)) { // not each time while it lasts
      LOG.warn(
          "Directory of organisation {} can't be read, files that need it wait: {}",
          now.organisation(),
          why);
      ledger.failed(now.organisation(), why);
    }
    lastFailure = why;
  }
}
