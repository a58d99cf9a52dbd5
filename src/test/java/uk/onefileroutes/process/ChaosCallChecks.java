package uk.onefileroutes.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import uk.onefileroutes.process.ChaosEvidence.AnsweredRow;
import uk.onefileroutes.process.ChaosEvidence.AskedCall;
import uk.onefileroutes.process.ChaosRow.Ask;
import uk.onefileroutes.process.ChaosRow.Slot;
import uk.onefileroutes.simulator.Call;

/** What the far side saw, and holds in the end. Each check returns what is wrong. */
final class ChaosCallChecks {
  /** From the time that the ledger notes until it is committed, on a busy machine. */
  private static final Duration TO_BE_RELEASED = Duration.ofSeconds(2);

  private ChaosCallChecks() {}

  static List<String> stateIsTheModels(ChaosEvidence evidence) {
    return ChaosModel.of(evidence.rows()).differences(evidence.farSide().held());
  }

  static List<String> unchangedWasHeld(ChaosEvidence evidence) {
    return ChaosModel.of(evidence.rows()).wronglyUnchanged();
  }

  /** Said again without the model, and without trusting what earlier rows were told. */
  static List<String> lastRowWins(ChaosEvidence evidence) {
    List<String> wrong = new ArrayList<>();
    Map<Slot, Integer> held = evidence.farSide().held();
    evidence
        .rowsBySlot()
        .forEach(
            (slot, rows) -> {
              AnsweredRow last = rows.get(rows.size() - 1);
              boolean isDone = last.state().equals("sent") || last.state().equals("unchanged");
              if (isDone && !Integer.valueOf(last.ask().assignee()).equals(held.get(slot))) {
                wrong.add(last + ", but Onefile holds " + held.get(slot));
              }
            });
    return wrong;
  }

  static List<String> noOverlap(ChaosEvidence evidence) {
    return evidence.farSide().calls().stream()
        .filter(Call::overlapped)
        .map(Call::toString)
        .toList();
  }

  /**
   * Each learner's calls belong to rows that never go back: by file, then by row. Of the rows that
   * a call may belong to, the first that does not go back is taken.
   */
  static List<String> callsInOrder(ChaosEvidence evidence) {
    Map<Ask, List<Place>> places = places(evidence);
    Map<Integer, Place> reached = new HashMap<>();
    List<String> wrong = new ArrayList<>();
    for (AskedCall asked : evidence.farSide().asked()) {
      int learner = asked.ask().slot().learner();
      Place from = reached.getOrDefault(learner, Place.START);
      places.getOrDefault(asked.ask(), List.of()).stream()
          .filter(place -> place.compareTo(from) >= 0)
          .findFirst()
          .ifPresentOrElse(
              place -> reached.put(learner, place),
              () -> wrong.add(asked + " comes after " + from + " was sent"));
    }
    return wrong;
  }

  /** Once a newer file was released, what older ones ask for the same slots leaves no more. */
  static List<String> olderRowsGiveWay(ChaosEvidence evidence) {
    Map<Slot, List<AnsweredRow>> rows = evidence.rowsBySlot();
    List<String> wrong = new ArrayList<>();
    for (AskedCall asked : evidence.farSide().asked()) {
      List<AnsweredRow> its = rows.getOrDefault(asked.ask().slot(), List.of());
      long lastAsking =
          its.stream()
              .filter(row -> row.ask().equals(asked.ask()))
              .mapToLong(AnsweredRow::file)
              .max()
              .orElse(0);
      evidence.accepted().stream()
          .filter(file -> file.no() > lastAsking && file.released() != null)
          .filter(file -> its.stream().anyMatch(row -> row.file() == file.no()))
          .filter(file -> asked.call().at().isAfter(file.released().plus(TO_BE_RELEASED)))
          .findFirst()
          .ifPresent(file -> wrong.add(asked + ", though file " + file.no() + " was released"));
    }
    return wrong;
  }

  /** Where a row stands in its learner's line; a default employer stands behind additional ones. */
  private record Place(long file, int row, boolean behind) implements Comparable<Place> {
    static final Place START = new Place(0, 0, false);

    @Override
    public int compareTo(Place other) {
      int byFile = Long.compare(file, other.file);
      int byRow = byFile != 0 ? byFile : Integer.compare(row, other.row);
      return byRow != 0 ? byRow : Boolean.compare(behind, other.behind);
    }
  }

  /** The places of the rows that may have been sent, in order. */
  private static Map<Ask, List<Place>> places(ChaosEvidence evidence) {
    Map<Ask, List<Place>> places = new HashMap<>();
    List<AnsweredRow> rows = evidence.rows();
    for (AnsweredRow row : rows) {
      if (row.asked().ask() != null && row.isLast() && row.attempts() > 0) {
        List<Place> its = places.computeIfAbsent(row.ask(), ask -> new ArrayList<>());
        List<AnsweredRow> employers =
            row.ask().isDefaultEmployer() ? additionalEmployersBehind(row, rows) : List.of();
        // those that needed no call may or may not have moved it
        if (employers.stream().noneMatch(employer -> employer.attempts() > 0)) {
          its.add(new Place(row.file(), row.row(), false));
        }
        employers.forEach(employer -> its.add(new Place(row.file(), employer.row(), true)));
      }
    }
    places.values().forEach(its -> its.sort(null));
    return places;
  }

  private static List<AnsweredRow> additionalEmployersBehind(
      AnsweredRow row, List<AnsweredRow> rows) {
    List<AnsweredRow> behind =
        rows.stream()
            .filter(other -> other.file() == row.file() && other.row() > row.row())
            .filter(other -> other.asked().ask() != null && other.isLast())
            .filter(other -> other.ask().slot().learner() == row.ask().slot().learner())
            .filter(other -> other.ask().isAdditionalEmployer())
            .toList();
    int last = -1;
    for (int i = 0; i < behind.size(); i++) {
      if (behind.get(i).attempts() > 0) {
        last = i;
      }
    }
    return last < 0 ? behind : behind.subList(last, behind.size());
  }

  /**
   * What a slot holds for sure is not sent again, except where a kill lost the answer: at most as
   * many as were on their way. An answer is lost by the kill that ended the process which made the
   * call, however many kills later it is repeated.
   */
  static List<String> repeatsWithinThePromise(ChaosEvidence evidence) {
    List<String> wrong = new ArrayList<>();
    Map<Slot, AskedCall> surelyHeld = new HashMap<>();
    Map<Integer, List<String>> lostByKill = new TreeMap<>();
    for (AskedCall asked : evidence.farSide().asked()) {
      Slot slot = asked.ask().slot();
      if (asked.isDone()) {
        AskedCall before = surelyHeld.put(slot, asked);
        if (before != null && before.ask().equals(asked.ask())) {
          int run = evidence.killsBefore(before.call());
          if (run == evidence.killsBefore(asked.call())) {
            wrong.add(asked + " repeats " + before);
          } else {
            int kill = run + 1;
            lostByKill
                .computeIfAbsent(kill, k -> new ArrayList<>())
                .add(asked + " repeats " + before);
          }
        }
      } else if (!asked.isRefused()) {
        surelyHeld.remove(slot);
      }
    }
    int concurrency = evidence.script().settings().concurrency();
    lostByKill.forEach(
        (kill, repeated) -> {
          if (repeated.size() > concurrency) {
            wrong.add(
                "kill %d lost %d answers, not %d at most: %s"
                    .formatted(kill, repeated.size(), concurrency, repeated));
          }
        });
    return wrong;
  }

  /** Each row that was sent has its call, each refusal its answer, and nobody else any. */
  static List<String> answersAndCallsAddUp(ChaosEvidence evidence) {
    List<String> wrong = new ArrayList<>();
    List<AnsweredRow> rows = evidence.rows();
    for (AnsweredRow row : rows) {
      boolean isCalled =
          row.state().equals("sent")
              || row.state().equals("rejected")
              || row.state().equals("blocked");
      boolean isNeverCalled =
          row.asked().ask() == null || !row.isLast() || row.state().equals("unchanged");
      if (isCalled ? row.attempts() == 0 : isNeverCalled && row.attempts() > 0) {
        wrong.add(row + " has " + row.attempts() + " attempts");
      }
    }
    Map<Ask, Long> done = new LinkedHashMap<>();
    Map<Ask, Long> refused = new LinkedHashMap<>();
    for (AskedCall asked : evidence.farSide().asked()) {
      if (asked.isDone()) {
        done.merge(asked.ask(), 1L, Long::sum);
      } else if (asked.call().status() == 400 || asked.call().status() == 404) {
        refused.merge(asked.ask(), 1L, Long::sum);
      }
    }
    long lost = lost(rows, "sent", done, wrong) + lost(rows, "rejected", refused, wrong);
    long promised =
        (long) evidence.runs().kills().size() * evidence.script().settings().concurrency();
    if (lost > promised) {
      wrong.add(lost + " answers were lost, the kills account for " + promised);
    }
    return wrong;
  }

  /** How many good answers there were beyond the rows that got one. */
  private static long lost(
      List<AnsweredRow> rows, String state, Map<Ask, Long> answers, List<String> wrong) {
    Map<Ask, Long> told =
        rows.stream()
            .filter(row -> row.state().equals(state))
            .collect(Collectors.groupingBy(AnsweredRow::ask, Collectors.counting()));
    told.forEach(
        (ask, times) -> {
          if (answers.getOrDefault(ask, 0L) < times) {
            wrong.add(ask + " is " + state + " " + times + " times, but Onefile never said so");
          }
        });
    return answers.entrySet().stream()
        .mapToLong(
            answer -> Math.max(0, answer.getValue() - told.getOrDefault(answer.getKey(), 0L)))
        .sum();
  }
}
