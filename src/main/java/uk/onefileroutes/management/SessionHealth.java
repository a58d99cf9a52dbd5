package uk.onefileroutes.management;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import uk.onefileroutes.pace.Pace;

/**
 * Not ready while Onefile gives no session, unless a window is closed. A session is asked for when
 * the first call needs one: until then nothing is known against it.
 */
public final class SessionHealth extends AbstractHealthCheck {
  private final Supplier<Optional<Instant>> since;
  private final Supplier<Optional<String>> trouble;
  private final Pace pace;
  private final InstantSource clock;

  /**
   * @param since since when there is a session
   * @param trouble why there is none
   */
  public SessionHealth(
      Supplier<Optional<Instant>> since,
      Supplier<Optional<String>> trouble,
      Pace pace,
      InstantSource clock) {
    super("onefile", "session");
    this.since = since;
    this.trouble = trouble;
    this.pace = pace;
    this.clock = clock;
  }

  @Override
  public boolean isLiveness() {
    return false; // a restart cures no token
  }

  /** Whatever else holds delivery, as a pause does after a refused login. */
  private boolean isClosed() {
    return pace.timetable().closedAt(clock.instant()).isPresent();
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    since.get().ifPresent(at -> builder.detail("session.since", at.toString()));
    Optional<String> why = trouble.get();
    if (why.isEmpty() || isClosed()) {
      builder.up();
    } else {
      builder.message("No session with Onefile: " + why.get()).down();
    }
  }
}
