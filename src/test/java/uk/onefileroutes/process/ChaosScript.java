package uk.onefileroutes.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import uk.onefileroutes.simulator.Fault;
import uk.onefileroutes.simulator.Selection;

/**
 * What happens in a round; the same for the same seed. Only when exactly is up to the machine: each
 * step waits for something that the process does, or until it has nothing more to do.
 *
 * @param always faults that are there from the beginning to the end
 */
record ChaosScript(long seed, Settings settings, List<Fault> always, List<Step> steps) {
  private static final Duration LONGEST_OUTAGE = Duration.ofSeconds(4);

  /**
   * How the process is configured.
   *
   * @param callsPerMinute 0: unlimited
   * @param attempts few, so that rows get blocked, or so many that none does
   */
  record Settings(
      int concurrency, int callsPerMinute, int attempts, boolean blockUncertainAdditional) {
    boolean mayBlock() {
      return attempts < 10;
    }
  }

  /** What a step waits for. */
  enum When {
    AT_ONCE,
    CALLS,
    ALL_ANSWERED,
    DROPPED_FILES_TAKEN,
    ANOTHER_FILE_RELEASED,
    ANOTHER_FILE_ANSWERED,
    HELD,
    ALL_BUT_THE_HELD_ANSWERED,
    CLOSED_FOR_A_SECOND
  }

  /** When a process that has just been started is killed as well. */
  enum Again {
    NOT,
    WHILE_STARTING,
    WHEN_STARTED,
    AT_ITS_FIRST_CALL
  }

  /** A step; {@code calls} is how many more to wait for where it waits for calls. */
  record Step(When when, int calls, Act act) {}

  /** What is done. */
  sealed interface Act {}

  record Drop(ChaosFile file) implements Act {}

  record Arm(Fault fault) implements Act {}

  record Disarm() implements Act {}

  record KillTokens() implements Act {}

  record Restart() implements Act {}

  record Kill(Again again) implements Act {}

  /**
   * A file is undone.
   *
   * @param back which: the last that was dropped is 0; -1: the undo that was made last
   */
  record Undo(int back) implements Act {
    static final int LAST_UNDO = -1;
  }

  /**
   * The held file is released.
   *
   * @param part options of the command; empty: all of it
   */
  record Release(List<String> part) implements Act {}

  /** Some files, some faults, some ends of the process, in any order. */
  static ChaosScript of(long seed) {
    Random random = new Random(seed);
    boolean few = random.nextInt(3) == 0;
    Settings settings =
        new Settings(
            2 + random.nextInt(7),
            random.nextBoolean() ? 0 : 900 + random.nextInt(2100),
            few ? 3 : 50,
            random.nextInt(3) == 0);
    ChaosFiles files = new ChaosFiles(random, 10 + random.nextInt(50));
    List<Act> acts = new ArrayList<>();
    List<ChaosFile> made = new ArrayList<>();
    int fileCount = 3 + random.nextInt(4);
    for (int i = 0; i < fileCount; i++) {
      made.add(files.file("export-" + i, 20 + random.nextInt(120)));
      acts.add(new Drop(made.get(i)));
    }
    ChaosFile again = made.get(random.nextInt(fileCount));
    acts.add(new Drop(again)); // byte for byte, under the same name
    acts.add(new Drop(again.named(again.feed(), "again.csv")));
    if (random.nextInt(3) == 0) {
      acts.add(new Drop(new ChaosFile("inbox", "empty.csv", List.of())));
    }
    int faults = 4 + random.nextInt(5);
    for (int i = 0; i < faults; i++) {
      acts.add(new Arm(fault(random)));
    }
    acts.add(new Disarm());
    acts.add(new KillTokens());
    acts.add(random.nextBoolean() ? new Restart() : new Kill(one(random, Again.values())));
    if (random.nextInt(3) == 0) {
      acts.add(new Kill(one(random, Again.values())));
    }
    Collections.shuffle(acts, random);
    List<ChaosFile> minds = files.changingTheirMind();
    acts.add(random.nextInt(acts.size()), new Drop(minds.get(0)));
    ChaosFile first = files.file("first", 60 + random.nextInt(100));
    List<Step> steps = new ArrayList<>();
    steps.add(new Step(When.AT_ONCE, 0, new Drop(few ? files.poisoned(first) : first)));
    // in the middle of it, whatever the rest is
    steps.add(new Step(When.CALLS, 15 + random.nextInt(25), new Kill(Again.NOT)));
    acts.forEach(act -> steps.add(step(act, random)));
    steps.addAll(undoing(files.file("after", 40), random));
    steps.addAll(releasing(files.beforeAndHeld(), random));
    steps.addAll(changeOfMind(minds.get(1), minds.get(2)));
    return new ChaosScript(seed, settings, always(few), steps);
  }

  /** As many rows as a minute or two need at their pace, and a kill and lost sessions in it. */
  static ChaosScript acrossAWindow(long seed, int rows, int callsPerMinute) {
    Random random = new Random(seed);
    ChaosFiles files = new ChaosFiles(random, ChaosPeople.LEARNERS - 10);
    List<Step> steps = new ArrayList<>();
    ChaosFile slow = files.file("long", rows);
    steps.add(new Step(When.AT_ONCE, 0, new Drop(slow)));
    steps.add(new Step(When.CALLS, 10, new Arm(fault(random))));
    steps.add(new Step(When.CALLS, 10, new Kill(Again.NOT)));
    // so that whoever comes next would have to log in within the window
    steps.add(new Step(When.CLOSED_FOR_A_SECOND, 0, new KillTokens()));
    steps.add(new Step(When.AT_ONCE, 0, new Drop(files.otherwise("other", slow, 100))));
    steps.add(new Step(When.DROPPED_FILES_TAKEN, 0, new Kill(Again.WHEN_STARTED)));
    Settings settings = new Settings(6, callsPerMinute, 50, false);
    return new ChaosScript(seed, settings, always(false), steps);
  }

  List<ChaosFile> files() {
    return steps.stream()
        .filter(step -> step.act() instanceof Drop)
        .map(step -> ((Drop) step.act()).file())
        .toList();
  }

  private static List<Fault> always(boolean poison) {
    List<Fault> always = new ArrayList<>();
    always.add(Fault.answer(404).on(Selection.users().forLearner(ChaosPeople.UNWANTED)));
    if (poison) {
      always.add(Fault.answer(500).on(Selection.users().forLearner(ChaosPeople.POISON)));
    }
    return always;
  }

  /**
   * What was A becomes B, whose answer is lost, and A again before B could be repeated: only who
   * remembers that nobody knows what is held now sends the second A.
   */
  private static List<Step> changeOfMind(ChaosFile second, ChaosFile third) {
    Fault lost =
        Fault.cutAfter().on(Selection.users().forLearner(ChaosFiles.FIRST_OF_THREE).next(30));
    return List.of(
        new Step(When.ALL_ANSWERED, 0, new Arm(lost)),
        new Step(When.AT_ONCE, 0, new Drop(second)),
        new Step(When.CALLS, 8, new Drop(third)),
        new Step(When.ANOTHER_FILE_RELEASED, 0, new Disarm()));
  }

  /** The last file is undone while the process is killed, then a file before it, then the undo. */
  private static List<Step> undoing(ChaosFile after, Random random) {
    return List.of(
        new Step(When.ALL_ANSWERED, 0, new Undo(0)),
        new Step(When.CALLS, 1 + random.nextInt(5), new Kill(Again.NOT)),
        new Step(When.ALL_ANSWERED, 0, new Undo(1 + random.nextInt(3))),
        new Step(When.AT_ONCE, 0, new Drop(after)),
        new Step(When.ALL_ANSWERED, 0, new Undo(Undo.LAST_UNDO)));
  }

  /** A held file is released in two parts and then whole, with a kill in each. */
  private static List<Step> releasing(List<ChaosFile> files, Random random) {
    int first = 2 + random.nextInt(8);
    return List.of(
        new Step(When.ALL_ANSWERED, 0, new Drop(files.get(0))),
        new Step(When.ALL_ANSWERED, 0, new Drop(files.get(1))),
        new Step(When.HELD, 0, new Release(List.of("--only", "adds"))),
        new Step(When.CALLS, 1 + random.nextInt(8), new Kill(Again.NOT)),
        new Step(
            When.ALL_BUT_THE_HELD_ANSWERED,
            0,
            new Release(List.of("--first", Integer.toString(first)))),
        new Step(When.CALLS, 1 + random.nextInt(first), new Kill(Again.WHILE_STARTING)),
        new Step(When.ALL_BUT_THE_HELD_ANSWERED, 0, new Release(List.of())),
        new Step(When.CALLS, 1 + random.nextInt(3), new Kill(Again.NOT)));
  }

  private static Step step(Act act, Random random) {
    int calls = 1 + random.nextInt(25);
    if (act instanceof Drop) {
      return new Step(random.nextBoolean() ? When.AT_ONCE : When.CALLS, calls, act);
    }
    if (act instanceof Kill || act instanceof Restart) {
      When[] moments = {
        When.CALLS,
        When.CALLS,
        When.DROPPED_FILES_TAKEN,
        When.ANOTHER_FILE_RELEASED,
        When.ANOTHER_FILE_ANSWERED
      };
      return new Step(one(random, moments), calls, act);
    }
    return new Step(When.CALLS, calls, act);
  }

  /**
   * None lasts for ever, and no latency as long as a start of the process: what the far side does
   * that late, nobody could put in order. What makes calls fail ends by time as well, as outages
   * do: one that ended only after so many calls would last the longer the better the process waits
   * for its end, whose pauses double.
   */
  private static Fault fault(Random random) {
    Selection some = Selection.all().everyNth(1 + random.nextInt(6)).next(1 + random.nextInt(12));
    Selection failing = some.lasting(LONGEST_OUTAGE);
    return switch (random.nextInt(10)) {
      case 0 -> Fault.answer(500).on(failing);
      case 1 -> Fault.answer(503).withRetryAfter("1").on(failing);
      case 2 -> Fault.answer(429).withRetryAfter("1").on(some.next(1));
      case 3 -> Fault.htmlUnder200().on(failing);
      case 4, 5 -> Fault.cutAfter().on(failing);
      case 6 -> Fault.cutBefore().on(failing);
      case 7 -> Fault.answer(500).afterApplying().on(failing);
      case 8 -> // an outage
          Fault.answer(503).on(Selection.all().next(8).lasting(LONGEST_OUTAGE));
      default ->
          Fault.latency(Duration.ofMillis(50 + random.nextInt(250)))
              .on(some.next(20 + random.nextInt(60)));
    };
  }

  private static <T> T one(Random random, T[] of) {
    return of[random.nextInt(of.length)];
  }
}
