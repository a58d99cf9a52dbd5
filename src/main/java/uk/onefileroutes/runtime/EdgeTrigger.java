package uk.onefileroutes.runtime;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.quartz.Calendar;
import org.quartz.JobKey;
import org.quartz.ScheduleBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.triggers.AbstractTrigger;
import org.quartz.spi.MutableTrigger;
import uk.onefileroutes.pace.Hours;

/**
 * Fires at each start, or at each end, of hours. Quartz's own cron trigger would not do: it fires
 * in an hour that is skipped in spring, only once in one that comes twice in autumn, and where
 * hours touch and nothing starts or ends. This one asks the same {@link Hours} as the pace does.
 *
 * <p>Whoever slept through one or more is told once, and then the next is in the future. Quartz
 * guards it: not safe between threads by itself.
 */
final class EdgeTrigger extends AbstractTrigger<EdgeTrigger> {
  private static final long serialVersionUID = 1L;

  private final ZoneId zone;
  private final String hours; // as text, so that any job store can keep it
  private final boolean starts;
  private Instant from;
  private @Nullable Instant next;
  private @Nullable Instant previous;

  /**
   * Fires for the first time after {@code from}.
   *
   * @param starts whether at starts; else at ends
   */
  EdgeTrigger(String name, ZoneId zone, Hours hours, boolean starts, Instant from) {
    setKey(new TriggerKey(name, PaceEdges.GROUP));
    setJobKey(new JobKey(name, PaceEdges.GROUP));
    setDescription(hours + ", " + zone);
    this.zone = zone;
    this.hours = hours.toString();
    this.starts = starts;
    this.from = from;
  }

  /** The first start, or end, after this moment; empty if there is none any more. */
  Optional<Instant> after(Instant instant) {
    Hours read = Hours.parse(hours);
    Optional<Instant> edge = read.nextEdge(zone, instant);
    while (edge.isPresent() && read.pieceAt(zone, edge.get()).isPresent() != starts) {
      edge = read.nextEdge(zone, edge.get());
    }
    return edge;
  }

  /** Whether it fires when that one does. */
  boolean firesAs(EdgeTrigger other) {
    return zone.equals(other.zone) && hours.equals(other.hours) && starts == other.starts;
  }

  @Override
  public @Nullable Date computeFirstFireTime(@Nullable Calendar calendar) {
    next = after(from).orElse(null);
    return date(next);
  }

  @Override
  public void triggered(@Nullable Calendar calendar) {
    previous = next;
    next = next == null ? null : after(next).orElse(null);
  }

  @Override
  public void updateAfterMisfire(@Nullable Calendar calendar) {
    next = Instant.now(); // once for all that were missed
  }

  @Override
  public void updateWithNewCalendar(@Nullable Calendar calendar, long misfireThreshold) {
    // no calendar holds it back: it must agree with the pace
  }

  @Override
  public boolean mayFireAgain() {
    return next != null;
  }

  @Override
  public @Nullable Date getFireTimeAfter(@Nullable Date instant) {
    return date(after(instant == null ? from : instant.toInstant()).orElse(null));
  }

  @Override
  public @Nullable Date getNextFireTime() {
    return date(next);
  }

  @Override
  public @Nullable Date getPreviousFireTime() {
    return date(previous);
  }

  /** Not known without looking through all of them. */
  @Override
  public @Nullable Date getFinalFireTime() {
    return null;
  }

  @Override
  public Date getStartTime() {
    return Date.from(from);
  }

  @Override
  public @Nullable Date getEndTime() {
    return null;
  }

  @Override
  public void setNextFireTime(@Nullable Date instant) {
    next = instant == null ? null : instant.toInstant();
  }

  @Override
  public void setPreviousFireTime(@Nullable Date instant) {
    previous = instant == null ? null : instant.toInstant();
  }

  @Override
  public void setStartTime(Date instant) {
    from = instant.toInstant();
  }

  /**
   * Refused.
   *
   * @throws UnsupportedOperationException unless null
   */
  @Override
  public void setEndTime(@Nullable Date instant) {
    if (instant != null) {
      throw new UnsupportedOperationException("these hours end by themselves");
    }
  }

  @Override
  protected boolean validateMisfireInstruction(int instruction) {
    return instruction == MISFIRE_INSTRUCTION_SMART_POLICY;
  }

  @Override
  public ScheduleBuilder<EdgeTrigger> getScheduleBuilder() {
    return new ScheduleBuilder<>() {
      @Override
      protected MutableTrigger build() {
        return (MutableTrigger) EdgeTrigger.this.clone();
      }
    };
  }

  private static @Nullable Date date(@Nullable Instant instant) {
    return instant == null ? null : Date.from(instant);
  }
}
