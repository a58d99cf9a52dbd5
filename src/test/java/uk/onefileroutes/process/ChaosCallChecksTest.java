package uk.onefileroutes.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import uk.onefileroutes.simulator.Call;
import uk.onefileroutes.simulator.State;

/** Whether the chaos rounds would see it: their checks on evidence made by hand. */
class ChaosCallChecksTest {
  private static final int CONCURRENCY = 2;
  private static final int APPLIED = 200;

  private final List<Call> calls = new ArrayList<>();
  private final List<Instant> kills = new ArrayList<>();
  private Instant now = Instant.parse("2026-03-31T12:00:00Z");

  ChaosCallChecksTest() {
    login();
  }

  @Test
  void asManyAsWereOnTheirWayMayBeRepeatedAfterAKill() {
    done(1, 2, 3);
    kill();
    done(2, 3, 4);
    assertThat(repeats()).isEmpty();
  }

  @Test
  void oneMoreThanThatIsTooMany() {
    done(1, 2, 3);
    kill();
    done(1, 2, 3);
    assertThat(repeats()).singleElement().asString().startsWith("kill 1 lost 3 answers");
  }

  @Test
  void twoKillsInARowMayLoseTwiceAsMany() {
    done(1, 2);
    kill();
    done(3, 4); // before what the first kill lost is due again
    kill();
    done(1, 2, 3, 4);
    assertThat(repeats()).isEmpty();
  }

  @Test
  void whatOneKillLostCountsTogetherHoweverLateItIsRepeated() {
    done(1, 2, 3);
    kill();
    done(1);
    kill();
    done(2, 3);
    assertThat(repeats()).singleElement().asString().startsWith("kill 1 lost 3 answers");
  }

  @Test
  void theSameAnswerMayBeLostByEachOfSeveralKills() {
    done(1, 2);
    kill();
    done(1, 2);
    kill();
    done(1, 2);
    assertThat(repeats()).isEmpty();
  }

  @Test
  void nothingIsRepeatedWithoutAKill() {
    done(1, 2, 1);
    assertThat(repeats()).singleElement().asString().contains(" repeats ");
  }

  @Test
  void whatArrivesBeforeTheNextProcessLogsInIsStillTheKilledOnes() {
    done(1);
    kills.add(now);
    done(2, 3);
    login();
    done(1, 2, 3);
    assertThat(repeats()).singleElement().asString().startsWith("kill 1 lost 3 answers");
  }

  @Test
  void whoseAnswerWasLostOnTheWayIsRepeated() {
    done(1);
    call(1, Call.CUT);
    done(1);
    assertThat(repeats()).isEmpty();
  }

  private List<String> repeats() {
    ChaosScript script =
        new ChaosScript(
            0, new ChaosScript.Settings(CONCURRENCY, 0, 50, false), List.of(), List.of());
    State nothing = new State(Map.of(), Map.of(), Map.of(), Map.of(), Map.of());
    return ChaosCallChecks.repeatsWithinThePromise(
        new ChaosEvidence(
            script,
            null,
            List.of(),
            new ChaosData(Path.of("none")),
            new ChaosEvidence.FarSide(calls, nothing),
            new ChaosEvidence.Runs(kills, List.of(), null)));
  }

  /** The process is killed, and the next one logs in. */
  private void kill() {
    kills.add(now);
    login();
  }

  private void login() {
    now = now.plusSeconds(2);
    add("/api/v2.1/Authentication", "", null, APPLIED);
  }

  /** A call for each of these learners is carried out and answered. */
  private void done(int... learners) {
    for (int learner : learners) {
      call(learner, APPLIED);
    }
  }

  private void call(int learner, int status) {
    add("/api/v2.1/User/" + learner, "{\"DefaultAssessorID\":2001}", learner, status);
  }

  private void add(String path, String body, @Nullable Integer learner, int status) {
    now = now.plusMillis(10);
    calls.add(
        new Call(
            calls.size() + 1,
            now,
            new Call.Content("POST", path, body, learner),
            new Call.Ending(status, 5, false, true),
            false));
  }
}
