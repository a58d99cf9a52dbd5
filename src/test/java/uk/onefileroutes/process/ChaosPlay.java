package uk.onefileroutes.process;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.process.ChaosScript.Act;
import uk.onefileroutes.process.ChaosScript.Again;
import uk.onefileroutes.process.ChaosScript.Step;
import uk.onefileroutes.process.ChaosScript.When;
import uk.onefileroutes.simulator.Simulator;
import uk.onefileroutes.simulator.SimulatorOptions;

/** Plays a script with the real process and gathers what there is to see afterwards. */
final class ChaosPlay {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Pattern MADE = Pattern.compile("Undid file \\d+, .* by file (\\d+), ");
  private static final Pattern PART = Pattern.compile("Released of file \\d+, .*: file (\\d+), ");
  private static final int REFUSED = 1;
  private static final Duration POLL = Duration.ofMillis(5);

  private final ChaosScript script;
  private final @Nullable ChaosWindow window;
  private final Path work;
  private final Path config;
  private final ChaosData data;
  private final Simulator onefile;
  private final Bundle.Setup setup;
  private final List<ChaosFile> dropped = new ArrayList<>();
  private final List<String> undos = new ArrayList<>(); // numbers of files
  private int parts;
  private boolean isHeld;
  private final List<Instant> kills = new ArrayList<>();
  private final List<Bundle> runs = new ArrayList<>();

  private ChaosPlay(
      ChaosScript script, @Nullable ChaosWindow window, Path folder, Simulator onefile)
      throws IOException {
    this.script = script;
    this.window = window;
    this.onefile = onefile;
    work = folder.resolve("work");
    config = Files.createDirectories(folder.resolve("config"));
    data = new ChaosData(work.resolve("data"));
    setup = Bundle.Setup.toRun(work, onefile.baseUrl()).withoutRouteMBeans();
  }

  /**
   * Plays it.
   *
   * @param folder an empty one
   */
  static ChaosEvidence play(ChaosScript script, @Nullable ChaosWindow window, Path folder)
      throws IOException, InterruptedException {
    try (Simulator onefile =
        Simulator.start(
            SimulatorOptions.defaults()
                .withCallsPerMinute(0)
                .withPeople(ChaosPeople.everybody()))) {
      ChaosPlay play = new ChaosPlay(script, window, folder, onefile);
      try {
        play.play();
        return play.evidence(play.data.accepted(), null);
      } catch (AssertionError stuck) { // where a process does not do what is awaited
        return play.evidence(List.of(), String.valueOf(stuck.getMessage()));
      } finally {
        play.runs.forEach(Bundle::close);
      }
    }
  }

  private void play() throws IOException, InterruptedException {
    configure();
    script.always().forEach(onefile.faults()::add);
    start();
    for (Step step : script.steps()) {
      awaitMoment(step);
      act(step.act());
    }
    disarm();
    awaitThat("all files are answered", this::isAllAnswered);
    running().stop();
  }

  private ChaosEvidence evidence(List<ChaosData.Accepted> accepted, @Nullable String stuck) {
    return new ChaosEvidence(
        script,
        window,
        accepted,
        data,
        new ChaosEvidence.FarSide(onefile.calls(), onefile.state()),
        new ChaosEvidence.Runs(
            List.copyOf(kills), runs.stream().map(Bundle::output).toList(), stuck));
  }

  private void configure() throws IOException {
    ChaosScript.Settings settings = script.settings();
    List<String> keys = new ArrayList<>();
    keys.add("delivery.concurrency=" + settings.concurrency());
    keys.add("delivery.retry.attempts=" + settings.attempts());
    keys.add("delivery.retry.first=50ms");
    keys.add("delivery.retry.longest=300ms");
    keys.add("delivery.outage.pause=100ms");
    keys.add("delivery.close-lead=" + ChaosWindow.LEAD.toSeconds() + "s");
    keys.add("report.try-again=200ms");
    if (settings.blockUncertainAdditional()) {
      keys.add("delivery.uncertain-additional=block");
    }
    if (window != null) {
      keys.add("delivery.closed.now=" + window.text());
    }
    Files.write(config.resolve("application.properties"), keys);
    Path feeds = Files.createDirectories(config.resolve("feeds"));
    for (String feed : ChaosFiles.ALL_FEEDS) {
      Files.write(
          feeds.resolve(feed + ".properties"),
          List.of(
              "plan.hold.first-file=" + feed.equals(ChaosFiles.CHECKED),
              "source=directory",
              "directory=" + feed,
              "results.directory=" + ChaosData.resultsFolder(feed),
              "poll=100ms",
              "ready=rename",
              "feed.snapshot=partial",
              "ignore.status=left"));
      Files.createDirectories(data.path().resolve(feed));
    }
    int cap = settings.callsPerMinute();
    setup
        .with("DELIVERY_CALLS_PER_MINUTE", cap == 0 ? "unlimited" : Integer.toString(cap))
        // chance makes files that a person should look at, and here is none
        .with("PLAN_HOLD_INVALID_PERCENT", "never")
        .with("PLAN_HOLD_CHANGE_PERCENT", "never")
        .with("PLAN_HOLD_CASELOAD", "never")
        .with("PLAN_HOLD_COLUMN_EMPTY", "false")
        .with("PLAN_HOLD_OLDER", "false")
        .with("CONSOLE_PORT", "off");
  }

  private void start() {
    runs.add(setup.start("--config", config.toString(), "run"));
  }

  private Bundle running() {
    return runs.get(runs.size() - 1);
  }

  private void act(Act act) throws InterruptedException {
    if (act instanceof ChaosScript.Drop drop) {
      // a sender does not overwrite what was not taken yet
      awaitThat(drop.file().name() + " may be dropped", () -> data.mayDrop(drop.file()));
      data.drop(drop.file());
      dropped.add(drop.file());
    } else if (act instanceof ChaosScript.Arm arm) {
      onefile.faults().add(arm.fault());
    } else if (act instanceof ChaosScript.Disarm) {
      disarm();
    } else if (act instanceof ChaosScript.KillTokens) {
      onefile.killTokens();
    } else if (act instanceof ChaosScript.Restart) {
      running().awaitStarted().stop();
      start();
    } else if (act instanceof ChaosScript.Undo undo) {
      undo(undo);
    } else if (act instanceof ChaosScript.Release release) {
      release(release);
    } else if (act instanceof ChaosScript.Kill kill) {
      kill();
      start();
      if (kill.again() != Again.NOT) {
        awaitAgain(kill.again());
        kill();
        start();
      }
    }
  }

  /** A file that was refused, or changed nothing, is not undone; nothing is made then. */
  private void undo(ChaosScript.Undo undo) throws InterruptedException {
    if (undo.back() == ChaosScript.Undo.LAST_UNDO && undos.isEmpty()) {
      return;
    }
    String file =
        undo.back() == ChaosScript.Undo.LAST_UNDO
            ? undos.get(undos.size() - 1)
            : dropped.get(dropped.size() - 1 - undo.back()).name();
    Bundle unused = running().awaitStarted();
    try (Bundle command = setup.start("--config", config.toString(), "undo", file)) {
      int exitCode = command.exitCode();
      Matcher made = MADE.matcher(command.output());
      if (made.find()) {
        undos.add(made.group(1));
      } else if (exitCode != REFUSED) {
        throw new AssertionError("undo " + file + ": " + exitCode + " " + command.output());
      }
    }
  }

  private void release(ChaosScript.Release release) throws InterruptedException {
    List<String> line =
        new ArrayList<>(List.of("--config", config.toString(), "release", "held.csv"));
    line.addAll(release.part());
    Bundle unused = running().awaitStarted();
    try (Bundle command = setup.start(line.toArray(String[]::new))) {
      if (command.exitCode() != 0) {
        throw new AssertionError(release + ": " + command.output());
      }
      if (PART.matcher(command.output()).find() != !release.part().isEmpty()) {
        throw new AssertionError(release + ": " + command.output());
      }
    }
    parts += release.part().isEmpty() ? 0 : 1;
    isHeld = !release.part().isEmpty();
  }

  private void kill() throws InterruptedException {
    running().kill();
    kills.add(Instant.now());
  }

  private void disarm() {
    onefile.faults().clear();
    script.always().forEach(onefile.faults()::add);
  }

  private void awaitMoment(Step step) {
    int calls = onefile.calls().size() + step.calls();
    int released = released();
    int answered = data.answers();
    BooleanSupplier moment =
        switch (step.when()) {
          case AT_ONCE -> () -> true;
          case ALL_ANSWERED -> () -> isAllAnswered(0);
          case CALLS -> () -> onefile.calls().size() >= calls;
          case DROPPED_FILES_TAKEN -> () -> data.isTaken();
          case ANOTHER_FILE_RELEASED -> () -> released() > released;
          case ANOTHER_FILE_ANSWERED -> () -> data.answers() > answered;
          case HELD -> () -> data.isHeld();
          case ALL_BUT_THE_HELD_ANSWERED -> () -> isAllAnswered(1);
          case CLOSED_FOR_A_SECOND -> () -> window != null && window.isClosedForASecond();
        };
    if (step.when() == When.CLOSED_FOR_A_SECOND || step.when() == When.HELD) {
      awaitThat(step.toString(), moment);
    } else {
      awaitThat(step.toString(), () -> moment.getAsBoolean() || isAllAnswered());
    }
  }

  private void awaitAgain(Again again) {
    int calls = onefile.calls().size();
    long ledger = data.ledgerChanged();
    Bundle starting = running();
    BooleanSupplier moment =
        switch (again) {
          case NOT -> () -> true;
          case WHILE_STARTING -> () -> data.ledgerChanged() != ledger;
          case WHEN_STARTED -> () -> false;
          case AT_ITS_FIRST_CALL -> () -> onefile.calls().size() > calls;
        };
    awaitThat(
        again.toString(),
        () ->
            moment.getAsBoolean()
                || (starting.output().contains("Started: ")
                    && (again != Again.AT_ITS_FIRST_CALL || isAllAnswered())));
  }

  private int released() {
    return running().output().split(" released: ", -1).length;
  }

  /** But for the held file, while it is; that it is held was answered too. */
  private boolean isAllAnswered() {
    return isAllAnswered(isHeld ? 1 : 0);
  }

  private boolean isAllAnswered(int held) {
    int answers = dropped.size() + undos.size() + parts + (data.isHeld() ? 1 : 0) - held;
    return data.isTaken() && data.isAnswered(answers, held);
  }

  private void awaitThat(String what, BooleanSupplier condition) {
    try {
      await(what)
          .atMost(PATIENCE)
          .pollDelay(Duration.ZERO)
          .pollInterval(POLL)
          .until(
              () -> {
                if (!running().isAlive()) {
                  throw new IllegalStateException("the process ended by itself");
                }
                return condition.getAsBoolean();
              });
    } catch (ConditionTimeoutException | IllegalStateException e) {
      throw new AssertionError(
          "%s: %s; process %d said last: %s"
              .formatted(
                  what,
                  e instanceof ConditionTimeoutException
                      ? "not within " + PATIENCE.toSeconds() + " s"
                      : e.getMessage(),
                  runs.size(),
                  lastLine(running().output())),
          e);
    }
  }

  private static String lastLine(String output) {
    return output.lines().reduce("nothing", (earlier, later) -> later);
  }
}
