package uk.onefileroutes.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The switchboard. Faults are asked in the order in which they were added: each that waits adds to
 * the wait, and the first that answers or cuts decides. Calls that the rate refuses never get here.
 * Thread safe; a fault works from the next call on.
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
  Fate fateOf(Request request) {
    if (armed.isEmpty()) {
      return Fate.NONE;
    }
    List<ArmedFault> waits = new ArrayList<>();
    for (ArmedFault each : armed) {
      if (each.takes(request.path(), request.learner())) {
        if (each.fault() instanceof Fault.Answer || each.fault() instanceof Fault.Cut) {
          return new Fate(waits, each.fault());
        }
        waits.add(each);
      }
    }
    return new Fate(waits, null);
  }

  /**
   * What happens to one call.
   *
   * @param waits the faults that make it wait, in order
   * @param decided the fault that decides how it ends; null: as it would
   */
  record Fate(List<ArmedFault> waits, @Nullable Fault decided) {
    static final Fate NONE = new Fate(List.of(), null);

    boolean faulted() {
      return decided != null || !waits.isEmpty();
    }

    /** Whether the request is carried out at all. */
    boolean carriesOut() {
      if (decided instanceof Fault.Answer answer) {
        return answer.applied();
      }
      return !(decided instanceof Fault.Cut cut) || cut.applied();
    }

    void waitBeforeApplying() throws InterruptedException {
      makeWait(false);
    }

    void waitAfterApplying() throws InterruptedException {
      makeWait(true);
    }

    private void makeWait(boolean applied) throws InterruptedException {
      for (ArmedFault each : waits) {
        boolean after =
            each.fault() instanceof Fault.Latency latency
                ? latency.applied()
                : each.fault() instanceof Fault.Hang hang && hang.applied();
        if (after == applied) {
          each.makeWait();
        }
      }
    }
  }
}
