package uk.onefileroutes.pace;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The pace at one moment, for people and gauges.
 *
 * @param at the moment
 * @param nextEdge the next start or end of a plan entry or window
 * @param pauses those that hold now
 */
public record PaceStatus(
    Instant at, Speed speed, Admission admission, Optional<Edge> nextEdge, List<Pause> pauses) {

  /**
   * How fast calls leave.
   *
   * @param rate the rate that holds, open or not
   * @param source where it comes from
   */
  public record Speed(Rate rate, Source source) {}

  /**
   * Whether calls are admitted.
   *
   * @param state open, or the weightiest reason why not
   * @param reason a sentence on the state
   * @param opens if not open, when it will be as far as is known now: through all windows, pauses
   *     and rates of 0
   */
  public record Admission(State state, String reason, Optional<Instant> opens) {}

  /** Where a rate comes from. */
  public enum Source {
    /** The base rate of the configuration. */
    BASE,
    /** A plan entry. */
    PLAN,
    /** Set by hand at run time. */
    BY_HAND
  }

  /** Whether calls are admitted; if several reasons speak against it, the one that stands first. */
  public enum State {
    /** No more calls in this process. */
    STOPPING,
    /** At least one pause holds. */
    PAUSED,
    /** In a closed window, or in the lead before it. */
    CLOSED,
    /** The rate is 0. */
    RATE_ZERO,
    /** Calls are admitted, each in its slot. */
    OPEN
  }

  /** Whether calls are admitted. */
  public boolean isOpen() {
    return admission.state == State.OPEN;
  }

  /**
   * Works it out.
   *
   * @param pauses those that hold now
   */
  static PaceStatus of(Instant now, PaceSetting setting, List<Pause> pauses, boolean stopping) {
    Timetable effective = setting.effective();
    Stretch stretch = effective.stretchAt(now);
    Source source =
        setting.byHand() != null
            ? Source.BY_HAND
            : stretch.plan() == null ? Source.BASE : Source.PLAN;
    State state = state(stretch, pauses, stopping);
    String reason =
        switch (state) {
          case STOPPING -> "This process is stopping.";
          case PAUSED -> pauses.stream().map(Pause::toString).collect(Collectors.joining(" "));
          case CLOSED ->
              (effective.closedAt(now).isPresent() ? "Closed: " : "About to close: ")
                  + stretch.window()
                  + ".";
          case RATE_ZERO -> "The rate is 0: " + origin(source, stretch) + ".";
          case OPEN -> "Open.";
        };
    Instant pausesEnd = Pauses.end(pauses, now);
    boolean opens = state != State.OPEN && !stopping && !pausesEnd.equals(Instant.MAX);
    return new PaceStatus(
        now,
        new Speed(stretch.rate(), source),
        new Admission(state, reason, opens ? effective.opens(pausesEnd) : Optional.empty()),
        setting.planned().nextEdge(now),
        pauses);
  }

  private static State state(Stretch stretch, List<Pause> pauses, boolean stopping) {
    if (stopping) {
      return State.STOPPING;
    }
    if (!pauses.isEmpty()) {
      return State.PAUSED;
    }
    if (stretch.window() != null) {
      return State.CLOSED;
    }
    return stretch.rate().isNone() ? State.RATE_ZERO : State.OPEN;
  }

  private static String origin(Source source, Stretch stretch) {
    return switch (source) {
      case BASE -> "base rate";
      case PLAN -> "plan " + stretch.plan();
      case BY_HAND -> "set by hand";
    };
  }
}
