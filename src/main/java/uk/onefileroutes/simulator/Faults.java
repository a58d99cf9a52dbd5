package uk.onefileroutes.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The faults in place. They are asked in the order in which they were added: each that waits adds
 * to the wait, and the first that answers or cuts decides. Calls that the rate refuses never get
 * here. Thread safe; a fault works from the next call on.
 */
public final class Faults {
  private final CopyOnWriteArrayList<ArmedFault> armed = new CopyOnWriteArrayList<>();

  Faults() {}

  /** Puts a fault in place, behind those that are there. Each call of this adds one. */
  public ArmedFault add(Fault fault) {
    ArmedFault added = new ArmedFault(fault);
    armed.removeIf(ArmedFault::isRemoved);
    armed.add(added);
    return added;
  }

  /** Removes all, and lets go whom they make wait. May be called again. */
  public void clear() {
    for (ArmedFault each : armed) {
      each.remove();
      armed.remove(each);
    }
  }

  /** What happens to this call; counts it. */
  Effect effectOn(Request request, Instant at) {
    if (armed.isEmpty()) {
      return Effect.NONE;
    }
    List<ArmedFault> passed = new ArrayList<>();
    for (ArmedFault each : armed) {
      if (each.takes(request.path(), request.learner(), at)) {
        if (each.fault().isDeciding()) {
          return new Effect(passed, each);
        }
        passed.add(each);
      }
    }
    return new Effect(passed, null);
  }

  /**
   * What happens to one call.
   *
   * @param passed the faults that make it wait, or end all sessions, in order
   * @param decided the fault that decides how it ends; null: as it would
   */
  record Effect(List<ArmedFault> passed, @Nullable ArmedFault decided) {
    static final Effect NONE = new Effect(List.of(), null);

    boolean faulted() {
      return decided != null || !passed.isEmpty();
    }

    boolean endsSessions() {
      return passed.stream().anyMatch(each -> each.fault() instanceof Fault.TokenDeath);
    }

    /** Whether the request is carried out at all. */
    boolean carriesOut() {
      return decided == null || decided.fault().applied();
    }

    void waitBeforeApplying() throws InterruptedException {
      makeWait(false);
    }

    void waitAfterApplying() throws InterruptedException {
      makeWait(true);
    }

    private void makeWait(boolean applied) throws InterruptedException {
      for (ArmedFault each : passed) {
        if (each.fault().applied() == applied) {
          each.makeWait();
        }
      }
    }
  }
}
