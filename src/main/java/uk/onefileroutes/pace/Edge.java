package uk.onefileroutes.pace;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A moment at which plan entries or closed windows start or end.
 *
 * @param at when
 * @param changes what starts and ends, never empty
 * @param rate the rate from then on, wherever it is not closed
 * @param closed the window that is closed from then on, if one is
 */
public record Edge(Instant at, List<Change> changes, Rate rate, Optional<ClosedWindow> closed) {

  /** What a change is about. */
  public enum Subject {
    /** A plan entry. */
    PLAN,
    /** A closed window. */
    CLOSED
  }

  /**
   * One start or end.
   *
   * @param subject plan entry or closed window
   * @param name its name in the configuration
   * @param starts whether it starts; else it ends
   */
  public record Change(Subject subject, String name, boolean starts) {

    /** For people: {@code closed daily-release starts}. */
    @Override
    public String toString() {
      return (subject == Subject.PLAN ? "plan " : "closed ")
          + name
          + (starts ? " starts" : " ends");
    }
  }

  /** Whether a closed window starts here. */
  public boolean closes() {
    return changes.stream()
        .anyMatch(change -> change.subject() == Subject.CLOSED && change.starts());
  }

  /** For people: {@code plan day ends, closed nights starts: closed}. */
  public String sentence() {
    String what = changes.stream().map(Change::toString).collect(Collectors.joining(", "));
    return what + ": " + (closed.isPresent() ? "closed" : rate + " calls per minute");
  }
}
