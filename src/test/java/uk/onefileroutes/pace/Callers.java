package uk.onefileroutes.pace;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import uk.onefileroutes.testing.SettableTime;

/** Threads that come to a gate under settable time, and what became of them. */
final class Callers implements AutoCloseable {

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final SettableTime time;
  private final List<Duration> admitted = new CopyOnWriteArrayList<>();
  private final long origin;
  private int waiting;

  Callers(SettableTime time) {
    this.time = time;
    this.origin = time.nanos();
  }

  /** A caller who comes and has to wait. */
  Future<Boolean> waits(Callable<Boolean> call) throws InterruptedException {
    Future<Boolean> answer = threads.submit(call);
    waiting++;
    time.awaitWaiters(waiting);
    return answer;
  }

  /** Whether the caller got its slot; it has no longer to wait. */
  boolean answer(Future<Boolean> caller)
      throws InterruptedException, ExecutionException, TimeoutException {
    boolean admits = caller.get(30, TimeUnit.SECONDS);
    waiting--;
    return admits;
  }

  /** Moves time; all who still wait have seen it. */
  void advance(Duration by) throws InterruptedException {
    time.awaitWaiters(waiting);
    time.advance(by);
  }

  /** Moves time; nobody is admitted by it. */
  void advanceInVain(Duration by) throws InterruptedException {
    advance(by);
    time.awaitWaiters(waiting);
  }

  /** So many callers who come again as soon as they are admitted, until they are not. */
  void comeAgain(int count, Pace pace) {
    waiting += count;
    for (int i = 0; i < count; i++) {
      Future<?> unused =
          threads.submit(
              () -> {
                while (pace.admit()) {
                  admitted.add(Duration.ofNanos(time.nanos() - origin));
                }
                return null;
              });
    }
  }

  /** When they were admitted, from the start, in order. */
  List<Duration> admitted() {
    return List.copyOf(admitted);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
