package uk.onefileroutes.process;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.process.ChaosRow.Ask;
import uk.onefileroutes.process.ChaosRow.Slot;
import uk.onefileroutes.simulator.Call;
import uk.onefileroutes.simulator.State;

/**
 * What a round left behind.
 *
 * @param accepted what the ledger took in, in its order
 */
record ChaosEvidence(
    ChaosScript script,
    @Nullable ChaosWindow window,
    List<ChaosData.Accepted> accepted,
    ChaosData data,
    FarSide farSide,
    Runs runs) {

  /** The last calls of a killed process may still be on the way; its login hardly ever is. */
  private static final Duration STRAGGLERS = Duration.ofMillis(300);

  /**
   * What became of the processes.
   *
   * @param kills when each killed process was gone
   * @param outputs what each process printed
   * @param stuck what the round waited for in vain: there it ended, and other evidence is not
   *     complete; null: it was played to its end
   */
  record Runs(List<Instant> kills, List<String> outputs, @Nullable String stuck) {
    Stream<String> lines() {
      return outputs.stream().flatMap(String::lines);
    }
  }

  /** What the far side saw and holds. */
  record FarSide(List<Call> calls, State state) {
    /** The first login after this time; the end of all time where there is none. */
    Instant loginAfter(Instant time) {
      return calls.stream()
          .filter(FarSide::isLogin)
          .map(Call::at)
          .filter(at -> at.isAfter(time))
          .findFirst()
          .orElse(Instant.MAX);
    }

    private static boolean isLogin(Call call) {
      return call.path().endsWith("/Authentication");
    }

    /** The calls that ask for an assignment, in order of arrival. */
    List<AskedCall> asked() {
      return calls.stream()
          .filter(call -> !isLogin(call))
          .map(call -> new AskedCall(call, ChaosWire.ask(call)))
          .toList();
    }

    /** The assignments that are there. */
    Map<Slot, Integer> held() {
      Map<Slot, Integer> held = new HashMap<>();
      state.defaultAssessors().forEach((l, id) -> held.put(new Slot(l, "default/assessor"), id));
      state.defaultEmployers().forEach((l, id) -> held.put(new Slot(l, "default/employer"), id));
      state
          .learningAims()
          .forEach(
              (s, id) ->
                  held.put(
                      new Slot(s.learner(), "learning-aim/" + s.standard() + "/" + s.role()), id));
      state
          .unitSummaries()
          .forEach(
              (s, id) ->
                  held.put(new Slot(s.learner(), "unit-summary/" + s.unit() + "/" + s.role()), id));
      state
          .additional()
          .forEach((l, ids) -> ids.forEach(id -> held.put(new Slot(l, "additional/" + id), id)));
      return held;
    }
  }

  /** A call and what it asked for. */
  record AskedCall(Call call, Ask ask) {
    /** The sender of the call has an answer that says that it is done. */
    boolean isDone() {
      return call.applied() && call.status() >= 200 && call.status() < 300;
    }

    /** The sender of the call has an answer that says that nothing was done. */
    boolean isRefused() {
      return call.status() >= 400 && call.status() < 500;
    }
  }

  /**
   * A row with its answer.
   *
   * @param isLast whether it has the last word about its slot in its file
   * @param refusals how many of its attempts Onefile refused
   */
  record AnsweredRow(
      long file,
      int row,
      ChaosRow asked,
      boolean isLast,
      String state,
      int attempts,
      int refusals) {
    /** An attempt that was not refused may have been carried out. */
    boolean mayBeDone() {
      return attempts > refusals;
    }

    Ask ask() {
      Ask ask = asked.ask();
      if (ask == null) {
        throw new IllegalStateException(this + " asks for nothing");
      }
      return ask;
    }
  }

  /** The file that was dropped, or made, as this one. */
  ChaosFile dropped(ChaosData.Accepted file) {
    if (file.made() != null) {
      return ChaosFile.made(file, data.lines(file.made()));
    }
    return script.files().stream()
        .filter(each -> each.feed().equals(file.feed()) && each.name().equals(file.name()))
        .filter(each -> each.sha256().equals(file.sha256()))
        .findFirst()
        .orElseThrow(() -> new AssertionError(file + " was never dropped"));
  }

  /** A held file counts from its release on; others are released as they are accepted. */
  private List<ChaosData.Accepted> inOrderOfRelease() {
    Comparator<ChaosData.Accepted> byRelease =
        Comparator.comparing(file -> file.released() == null ? Instant.EPOCH : file.released());
    return accepted.stream().sorted(byRelease.thenComparing(ChaosData.Accepted::no)).toList();
  }

  /** All rows with their answers, by release and row; files without good results are left out. */
  List<AnsweredRow> rows() {
    List<AnsweredRow> answered = new ArrayList<>();
    for (ChaosData.Accepted file : inOrderOfRelease()) {
      List<ChaosRow> rows = dropped(file).rows();
      if (file.results().size() != 1 || rows.isEmpty()) {
        continue;
      }
      List<String> lines = data.lines(file.feed(), file.results().get(0));
      Set<Integer> last = new HashSet<>(dropped(file).lastRows().values());
      IntStream.range(0, Math.min(rows.size(), lines.size() - 1))
          .filter(i -> lines.get(i + 1).startsWith(rows.get(i).line() + ","))
          .forEach(
              i -> {
                String answer = lines.get(i + 1).substring(rows.get(i).line().length() + 1);
                String[] first = answer.split(",", 3);
                String[] behind = answer.split(",", -1);
                answered.add(
                    new AnsweredRow(
                        file.no(),
                        i + 1,
                        rows.get(i),
                        last.contains(i),
                        first[1],
                        Integer.parseInt(behind[behind.length - 2]),
                        file.refusals().getOrDefault(i + 1, 0)));
              });
    }
    return answered;
  }

  /** The rows that ask for each slot, by file and row. */
  Map<Slot, List<AnsweredRow>> rowsBySlot() {
    Map<Slot, List<AnsweredRow>> bySlot = new LinkedHashMap<>();
    for (AnsweredRow row : rows()) {
      if (row.asked().ask() != null) {
        bySlot.computeIfAbsent(row.ask().slot(), slot -> new ArrayList<>()).add(row);
      }
    }
    return bySlot;
  }

  /** In which run of the process a call was made, counted by kills; each run begins by a login. */
  int killsBefore(Call call) {
    return (int)
        runs.kills().stream()
            .map(kill -> farSide.loginAfter(kill.plus(STRAGGLERS)))
            .filter(next -> !call.at().isBefore(next))
            .count();
  }
}
