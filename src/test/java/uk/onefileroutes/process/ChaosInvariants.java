package uk.onefileroutes.process;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What must hold after each round, whatever happened in it. */
final class ChaosInvariants {
  private static final Map<String, Function<ChaosEvidence, List<String>>> CHECKS =
      new LinkedHashMap<>();

  static {
    CHECKS.put("each dropped file is accepted once", ChaosAnswerChecks::acceptedOnce);
    CHECKS.put("each row has one line in its place", ChaosAnswerChecks::oneLineForEachRow);
    CHECKS.put("each row has the state that is due to it", ChaosAnswerChecks::statesThatAreDue);
    CHECKS.put("each file is where it belongs", ChaosAnswerChecks::filesAreInTheirPlaces);
    CHECKS.put("Onefile holds what the model holds", ChaosCallChecks::stateIsTheModels);
    CHECKS.put("the last row for a slot is what Onefile holds", ChaosCallChecks::lastRowWins);
    CHECKS.put("what is unchanged was held", ChaosCallChecks::unchangedWasHeld);
    CHECKS.put("an undo gives back what was held", ChaosUndoChecks::givesBackWhatWasHeld);
    CHECKS.put("an undo leaves nothing out", ChaosUndoChecks::leavesNothingOut);
    CHECKS.put("no two calls for a learner overlap", ChaosCallChecks::noOverlap);
    CHECKS.put("calls for a learner keep the order", ChaosCallChecks::callsInOrder);
    CHECKS.put("a newer file's row ends older ones", ChaosCallChecks::olderRowsGiveWay);
    CHECKS.put("nothing is repeated without reason", ChaosCallChecks::repeatsWithinThePromise);
    CHECKS.put("answers and calls add up", ChaosCallChecks::answersAndCallsAddUp);
    CHECKS.put("no call in the closed window", ChaosPaceChecks::noCallWhileClosed);
    CHECKS.put("never more than the cap", ChaosPaceChecks::neverOverTheCap);
    CHECKS.put("the logs are quiet", ChaosLogChecks::quiet);
    CHECKS.put("no session is taken for refused", ChaosLogChecks::nobodyIsRefused);
  }

  private ChaosInvariants() {}

  /** What does not hold, by the name of the check. */
  static Map<String, List<String>> broken(ChaosEvidence evidence) {
    Map<String, List<String>> broken = new LinkedHashMap<>();
    String stuck = evidence.runs().stuck();
    if (stuck != null) { // nothing else can be told then
      return Map.of("the round goes on", List.of(stuck));
    }
    CHECKS.forEach(
        (name, check) -> {
          List<String> violations = check.apply(evidence);
          if (!violations.isEmpty()) {
            broken.put(name, violations);
          }
        });
    return broken;
  }
}
