package uk.onefileroutes.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.onefileroutes.ledger.Claim;
import uk.onefileroutes.ledger.LedgerException;
import uk.onefileroutes.route.WorkIterator;
import uk.onefileroutes.stage.Stage;

/**
 * Hands the next due requests to the workers of a tick, each learner to one worker at a time. Only
 * memory knows what is handed out here: a request counts as on its way once the ledger says so.
 * Thread-safe.
 */
public final class Claims {
  private static final Logger LOG = LoggerFactory.getLogger(Claims.class);
  private static final long LOOK_AGAIN_MS = 100;
  private static final Duration HOLD_OFF = Duration.ofSeconds(2);
  private static final String ANY = ""; // whatever is due next
  private static final Duration ANOTHER_FAILURE = Duration.ofMinutes(1);

  private final SendContext context;
  private final int concurrency;
  private final Stage stage;
  private final Deque<Claim> ready = new ArrayDeque<>();
  private final Set<Long> learnersBusy = new HashSet<>();
  private Instant notBefore = Instant.EPOCH;
  private boolean handedOut; // since that was last asked
  private boolean isOver; // the tick

  /**
   * @param stage told while the ledger keeps requests from being sent
   */
  public Claims(SendContext context, int concurrency, Stage stage) {
    this.context = context;
    this.concurrency = concurrency;
    this.stage = stage;
  }

  /** One token for each worker of a tick, which begins with it. */
  public synchronized List<Integer> workers() {
    isOver = false;
    return IntStream.rangeClosed(1, concurrency).boxed().toList();
  }

  /** The due requests of one worker, each until {@link #done}. */
  public Iterator<@Nullable Claim> due() {
    return new WorkIterator<>(this::next);
  }

  /**
   * The next request; null once the tick is over. It is over for all workers alike: one that went
   * on alone would be left with all that becomes due meanwhile.
   */
  private synchronized @Nullable Claim next() {
    Claim next = isOver ? null : awaited();
    isOver = next == null;
    return next;
  }

  /**
   * Waits while there is no request but another worker is still at one: what becomes due meanwhile
   * must not wait for the slowest call.
   *
   * @return null if there is no work, or none may be done now
   */
  private @Nullable Claim awaited() {
    while (!isOver && mayCall() && !isHeldOff()) {
      Claim next = mayStart() ? ready().poll() : null;
      if (next != null) {
        learnersBusy.add(next.learner());
        handedOut = true;
        return next;
      }
      if (learnersBusy.isEmpty()) {
        return null;
      }
      try {
        wait(LOOK_AGAIN_MS);
      } catch (InterruptedException e) { // the process ends
        Thread.currentThread().interrupt();
        return null;
      }
    }
    return null;
  }

  /** Whether a request was handed out since this was last asked: then files may be done. */
  public synchronized boolean haveWorked() {
    boolean worked = handedOut;
    handedOut = false;
    return worked;
  }

  /** Gives a request back, whatever became of it. */
  synchronized void done(Claim claim) {
    learnersBusy.remove(claim.learner());
    notifyAll();
  }

  /** Workers that wait ask the pace again at once. */
  public synchronized void lookAgain() {
    notifyAll();
  }

  /** The ledger can't write down what would be sent: nothing is started for a moment. */
  synchronized void holdOff(LedgerException cause) {
    stage.failed(ANY, cause);
    Instant now = context.clock().instant();
    // the first of those who met it says so, and not again while it lasts
    if (now.isAfter(notBefore.plus(ANOTHER_FAILURE))) {
      LOG.error("Nothing can be sent while the ledger fails: {}", cause.getMessage());
    }
    notBefore = now.plus(HOLD_OFF);
    ready.clear();
  }

  /** The ledger wrote down what is sent. */
  void wroteDown() {
    stage.succeeded(ANY);
  }

  private boolean mayCall() {
    boolean isOpen = context.pace().isOpen();
    if (!isOpen) {
      stage.succeeded(ANY); // nobody asks the ledger now
    }
    return isOpen;
  }

  /** One that lasts longer than it should is one that the clock was put back in: it is over. */
  private boolean isHeldOff() {
    Instant now = context.clock().instant();
    return now.isBefore(notBefore) && !now.isBefore(notBefore.minus(HOLD_OFF));
  }

  private boolean mayStart() {
    return learnersBusy.isEmpty() || !context.guard().isProbing();
  }

  private Deque<Claim> ready() {
    ready.removeIf(claim -> learnersBusy.contains(claim.learner()));
    if (ready.isEmpty()) {
      try {
        // those that are busy may be due as well, so ask for as many more
        context.queues().due(context.clock().instant(), concurrency + learnersBusy.size()).stream()
            .filter(claim -> !learnersBusy.contains(claim.learner()))
            .forEach(ready::add);
        if (ready.isEmpty() && learnersBusy.isEmpty()) {
          stage.succeeded(ANY); // it answers, and nothing waits to be written down
        }
      } catch (LedgerException e) {
        holdOff(e);
      }
    }
    return ready;
  }
}
