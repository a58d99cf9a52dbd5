package uk.onefileroutes.process;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What must hold after each round, whatever happened in it. */
final class ChaosInvariants {
  private static final int SHOWN = 5;

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
    CHECKS.put("no two calls for a learner overlap", ChaosCallChecks::noOverlap);
    CHECKS.put("calls for a learner keep the order", ChaosCallChecks::callsInOrder);
    CHECKS.put("a newer file's row ends older ones", ChaosCallChecks::olderRowsGiveWay);
    CHECKS.put("nothing is repeated without reason", ChaosCallChecks::repeatsWithinThePromise);
    CHECKS.put("answers and calls add up", ChaosCallChecks::answersAndCallsAddUp);
    CHECKS.put("no call in the closed window", ChaosPaceChecks::noCallWhileClosed);
    CHECKS.put("never more than the cap", ChaosPaceChecks::neverOverTheCap);
    CHECKS.put("the logs are quiet", ChaosLogChecks::quiet);
  }

  private ChaosInvariants() {}

  /** Fails with all that does not hold. */
  static void check(ChaosEvidence evidence) {
    List<String> broken = new ArrayList<>();
    CHECKS.forEach(
        (name, check) -> {
          List<String> violations = check.apply(evidence);
          if (!violations.isEmpty()) {
            broken.add(
                "  %s: %d times not%n%s"
                    .formatted(
                        name,
                        violations.size(),
                        String.join(
                            System.lineSeparator(),
                            violations.stream().limit(SHOWN).map(line -> "    " + line).toList())));
          }
        });
    if (!broken.isEmpty()) {
      throw new AssertionError(
          "seed %d, %s%n%s"
              .formatted(
                  evidence.script().seed(),
                  evidence.script().settings(),
                  String.join(System.lineSeparator(), broken)));
    }
  }
}
