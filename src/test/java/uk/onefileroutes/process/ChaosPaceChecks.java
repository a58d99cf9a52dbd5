package uk.onefileroutes.process;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import uk.onefileroutes.simulator.Call;

/** When calls arrived, logins included. Each check returns what is wrong. */
final class ChaosPaceChecks {
  private static final double MINUTE_MS = 60_000;

  /** Calls that leave evenly may arrive unevenly; a spacing of 61 s / cap is made for that. */
  private static final double JITTER_MS = 1_000;

  private ChaosPaceChecks() {}

  static List<String> noCallWhileClosed(ChaosEvidence evidence) {
    ChaosWindow window = evidence.window();
    return window == null
        ? List.of()
        : evidence.farSide().calls().stream()
            .filter(call -> window.contains(call.at()))
            .map(call -> call + " within " + window)
            .toList();
  }

  static List<String> neverOverTheCap(ChaosEvidence evidence) {
    int cap = evidence.script().settings().callsPerMinute();
    if (cap == 0) {
      return List.of();
    }
    List<String> wrong = new ArrayList<>();
    List<Call> calls = evidence.farSide().calls();
    // calls i..j took at least (j - i) spacings, less the jitter: so behind(j) never falls by more
    double spacingMs = (MINUTE_MS + JITTER_MS) / cap;
    double furthest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < calls.size(); i++) {
      double behind = millis(calls, i) - i * spacingMs;
      furthest = Math.max(furthest, behind);
      if (behind < furthest - JITTER_MS) {
        wrong.add(calls.get(i) + " came " + (furthest - behind) + " ms too early");
      }
      if (i >= cap && millis(calls, i) - millis(calls, i - cap) < MINUTE_MS) {
        wrong.add(calls.get(i) + " is one more than " + cap + " within 60 s");
      }
    }
    return wrong;
  }

  private static long millis(List<Call> calls, int i) {
    Instant first = calls.get(0).at();
    return Duration.between(first, calls.get(i).at()).toMillis();
  }
}
