package uk.onefileroutes.management;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.pace.Edge;
import uk.onefileroutes.pace.Pace;
import uk.onefileroutes.pace.PaceStatus;
import uk.onefileroutes.pace.Pause;

/**
 * How fast calls leave.
 *
 * @param admitted calls admitted since the start
 * @param pauses that hold now
 */
public record PaceNow(
    @JsonUnwrapped SpeedNow speed,
    @JsonUnwrapped AdmissionNow admission,
    @JsonUnwrapped EdgeNow next,
    long admitted,
    List<PauseNow> pauses) {
  static PaceNow of(Pace pace) {
    PaceStatus now = pace.now();
    return new PaceNow(
        SpeedNow.of(now.speed()),
        AdmissionNow.of(now.admission()),
        EdgeNow.of(now.nextEdge()),
        pace.admissions(),
        now.pauses().stream().map(PauseNow::of).toList());
  }

  /** Whether calls may leave. */
  @JsonIgnore
  boolean isOpen() {
    return admission.state().equals("open");
  }

  /**
   * The rate that holds, whether calls are admitted or not.
   *
   * @param callsPerMinute a number, or {@code unlimited}
   * @param source where it comes from: {@code base}, {@code plan}, {@code by_hand}
   */
  public record SpeedNow(String callsPerMinute, String source) {
    static SpeedNow of(PaceStatus.Speed now) {
      return new SpeedNow(now.rate().toString(), now.source().name().toLowerCase(Locale.ROOT));
    }
  }

  /**
   * Whether calls are admitted.
   *
   * @param state {@code open}, or the weightiest reason why not
   * @param reason the same as a sentence
   * @param opensAt if not open, when it will be, as far as is known
   */
  public record AdmissionNow(String state, String reason, @Nullable String opensAt) {
    static AdmissionNow of(PaceStatus.Admission now) {
      return new AdmissionNow(
          now.state().name().toLowerCase(Locale.ROOT),
          now.reason(),
          now.opens().map(Instant::toString).orElse(null));
    }
  }

  /**
   * The next change by plan or windows; both null where none is in sight.
   *
   * @param nextEdgeAt when they change next
   * @param nextEdge what happens then
   */
  public record EdgeNow(@Nullable String nextEdgeAt, @Nullable String nextEdge) {
    static EdgeNow of(Optional<Edge> edge) {
      return new EdgeNow(
          edge.map(Edge::at).map(Instant::toString).orElse(null),
          edge.map(Edge::sentence).orElse(null));
    }
  }

  /**
   * A pause.
   *
   * @param reason {@code server}, {@code outage}, {@code unauthorised}, {@code operator}
   * @param until when it is over by itself; null: only when it is resumed
   */
  public record PauseNow(String reason, @Nullable String until, String message) {
    static PauseNow of(Pause pause) {
      return new PauseNow(
          pause.reason().name().toLowerCase(Locale.ROOT),
          pause.until() == null ? null : pause.until().toString(),
          pause.toString());
    }
  }
}
