package uk.onefileroutes.simulator;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The calls in order of arrival, the newest only, and which of them are in flight. Thread safe. */
final class CallLog {
  private static final int KEPT_CHARACTERS = 1_024;

  private final InstantSource time;
  private final int capacity;
  private final ArrayDeque<Entry> entries = new ArrayDeque<>();
  private final Map<Integer, List<Entry>> inFlightByLearner = new HashMap<>();
  private long lastNumber;

  CallLog(InstantSource time, int capacity) {
    this.time = time;
    this.capacity = capacity;
  }

  /** Numbers and dates a call in one step, so that numbers and times have the same order. */
  synchronized Entry arrived(Request request) {
    Integer learner = request.learner();
    Call call =
        new Call(
            ++lastNumber,
            time.instant(),
            new Call.Content(
                request.method(),
                cut(request.path()),
                request.route().what() == Route.What.AUTHENTICATION ? "" : cut(request.text()),
                learner),
            Call.Ending.NONE_YET,
            false);
    Entry entry = new Entry(call, System.nanoTime());
    if (learner != null) {
      List<Entry> company = inFlightByLearner.computeIfAbsent(learner, id -> new ArrayList<>(1));
      if (!company.isEmpty()) {
        entry.call = entry.call.inCompany();
        company.forEach(other -> other.call = other.call.inCompany());
      }
      company.add(entry);
    }
    if (entries.size() == capacity) {
      entries.removeFirst();
    }
    entries.addLast(entry);
    return entry;
  }

  /** Ends a call. Comes before the answer leaves: who has the answer finds it in the log. */
  synchronized void ended(Entry entry, int status, boolean faulted, boolean applied) {
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - entry.arrivedNanos);
    entry.call = entry.call.ended(new Call.Ending(status, millis, faulted, applied));
    Integer learner = entry.call.learner();
    List<Entry> company = learner == null ? null : inFlightByLearner.get(learner);
    if (company != null) {
      company.remove(entry);
      if (company.isEmpty()) {
        inFlightByLearner.remove(learner);
      }
    }
  }

  /** The remembered calls with a higher number, oldest first. */
  synchronized List<Call> after(long number) {
    List<Call> calls = new ArrayList<>();
    Iterator<Entry> newestFirst = entries.descendingIterator();
    while (newestFirst.hasNext()) {
      Call call = newestFirst.next().call;
      if (call.number() <= number) {
        break;
      }
      calls.add(call);
    }
    Collections.reverse(calls);
    return Collections.unmodifiableList(calls);
  }

  synchronized void forget() {
    entries.clear();
  }

  private static String cut(String text) {
    return text.length() <= KEPT_CHARACTERS ? text : text.substring(0, KEPT_CHARACTERS);
  }

  /** A place in the log; only the log looks into it. */
  static final class Entry {
    private final Instant at;
    private final long arrivedNanos;
    private Call call;

    private Entry(Call call, long arrivedNanos) {
      this.at = call.at();
      this.call = call;
      this.arrivedNanos = arrivedNanos;
    }

    /** When it arrived: what the rate counts by. */
    Instant at() {
      return at;
    }
  }
}
