package uk.onefileroutes.management;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.management.AuditTrail.AuditEntry;
import uk.onefileroutes.management.AuditTrail.Outcome;
import uk.onefileroutes.pace.ClosedWindow;
import uk.onefileroutes.pace.Pace;
import uk.onefileroutes.pace.PlanEntry;
import uk.onefileroutes.pace.Rate;
import uk.onefileroutes.pace.Timetable;

/**
 * The MBean {@code onefile:type=Pace}. What is changed here holds until the next start: the
 * configuration is not written. Thread-safe.
 */
@ManagedResource(description = "How fast calls leave for Onefile, and when none does")
public final class PaceControl {
  private final Pace pace;
  private final Rate highest;
  private final Consumer<Timetable> whenChanged;
  private final AuditTrail trail;

  /**
   * @param highest the highest pace that may be set
   * @param whenChanged told of each new timetable
   */
  public PaceControl(Pace pace, Rate highest, Consumer<Timetable> whenChanged, AuditTrail trail) {
    this.pace = pace;
    this.highest = highest;
    this.whenChanged = whenChanged;
    this.trail = trail;
  }

  @ManagedAttribute(description = "Calls per minute that leave now at most: a number, or unlimited")
  public String getCallsPerMinute() {
    return now().speed().callsPerMinute();
  }

  @ManagedAttribute(description = "Where this comes from: base, plan or by_hand")
  public String getSource() {
    return now().speed().source();
  }

  @ManagedAttribute(description = "open, paused, closed, rate_zero or stopping")
  public String getState() {
    return now().admission().state();
  }

  @ManagedAttribute(description = "The state as a sentence")
  public String getReason() {
    return now().admission().reason();
  }

  @ManagedAttribute(description = "If not open, when it will be as far as is known, UTC")
  public @Nullable String getOpensAt() {
    return now().admission().opensAt();
  }

  @ManagedAttribute(description = "When plan or windows change next, UTC")
  public @Nullable String getNextEdgeAt() {
    return now().next().nextEdgeAt();
  }

  @ManagedAttribute(description = "What happens then")
  public @Nullable String getNextEdge() {
    return now().next().nextEdge();
  }

  @ManagedAttribute(description = "Calls per minute where no plan entry holds")
  public String getBaseCallsPerMinute() {
    return pace.timetable().base().toString();
  }

  @ManagedAttribute(description = "Other rates by time of day")
  public List<String> getPlan() {
    return pace.timetable().plan().stream().map(PlanEntry::toString).toList();
  }

  @ManagedAttribute(description = "When no call leaves")
  public List<String> getClosedWindows() {
    return pace.timetable().closed().stream().map(ClosedWindow::toString).toList();
  }

  @ManagedAttribute(description = "Time zone of plan and windows")
  public String getZone() {
    return pace.timetable().zone().toString();
  }

  @ManagedAttribute(description = "Calls admitted since the start")
  public long getAdmittedCalls() {
    return now().admitted();
  }

  @ManagedAttribute(description = "When the last call was admitted, UTC")
  public @Nullable String getLastAdmittedAt() {
    return pace.lastAdmission().map(Instant::toString).orElse(null);
  }

  @ManagedOperation(
      description =
          "Sets the calls per minute in place of base and plan, until reset or restart; 0: nobody."
              + " Windows stay closed")
  public String setPace(String callsPerMinute) {
    Rate rate = allowed(Rate.parse(callsPerMinute));
    String before = getCallsPerMinute();
    return kept(
        "set-pace",
        "the pace",
        () -> {
          pace.setRate(rate);
          return "set the pace from %s to %s calls per minute".formatted(before, rate);
        });
  }

  @ManagedOperation(description = "Goes back to base and plan")
  public String resetPace() {
    return kept(
        "reset-pace",
        "the pace",
        () -> {
          pace.resetRate();
          return "went back to the pace of base and plan";
        });
  }

  @ManagedOperation(
      description =
          "Adds or replaces a plan entry until the next start, such as office-hours,"
              + " MON-FRI 08:00-18:00 at 120")
  public synchronized String setPlan(String name, String hoursAndRate) {
    PlanEntry entry = PlanEntry.parse(named(name), hoursAndRate);
    allowed(entry.rate());
    Timetable now = pace.timetable();
    List<PlanEntry> plan = new ArrayList<>(now.plan());
    plan.removeIf(other -> other.name().equals(name));
    plan.add(entry);
    return changed("set-plan", name, now.withPlan(plan), "set the plan entry %s".formatted(entry));
  }

  @ManagedOperation(description = "Removes a plan entry until the next start")
  public synchronized String removePlan(String name) {
    Timetable now = pace.timetable();
    List<PlanEntry> plan = new ArrayList<>(now.plan());
    if (!plan.removeIf(entry -> entry.name().equals(name))) {
      throw new IllegalArgumentException("There is no plan entry " + name + ".");
    }
    return changed(
        "remove-plan", name, now.withPlan(plan), "removed the plan entry %s".formatted(name));
  }

  @ManagedOperation(
      description =
          "Adds or replaces a closed window until the next start, such as announced,"
              + " 2026-12-05 06:55-08:05")
  public synchronized String setClosed(String name, String hours) {
    ClosedWindow window = ClosedWindow.parse(named(name), hours);
    Timetable now = pace.timetable();
    List<ClosedWindow> closed = new ArrayList<>(now.closed());
    closed.removeIf(other -> other.name().equals(name));
    closed.add(window);
    return changed(
        "set-closed", name, now.withClosed(closed), "set the closed window %s".formatted(window));
  }

  @ManagedOperation(description = "Removes a closed window until the next start")
  public synchronized String removeClosed(String name) {
    Timetable now = pace.timetable();
    List<ClosedWindow> closed = new ArrayList<>(now.closed());
    if (!closed.removeIf(window -> window.name().equals(name))) {
      throw new IllegalArgumentException("There is no closed window " + name + ".");
    }
    return changed(
        "remove-closed",
        name,
        now.withClosed(closed),
        "removed the closed window %s".formatted(name));
  }

  private PaceNow now() {
    return PaceNow.of(pace);
  }

  private String changed(String action, String name, Timetable timetable, String sentence) {
    return kept(
        action,
        name,
        () -> {
          pace.replace(timetable);
          whenChanged.accept(timetable);
          return sentence;
        });
  }

  private String kept(String action, String subject, Supplier<String> doing) {
    return trail.note(
        new AuditEntry(action, subject, standing()), () -> Outcome.of(doing.get(), standing()));
  }

  private String standing() {
    return "%s calls per minute (%s), plan %s, closed %s"
        .formatted(getCallsPerMinute(), getSource(), getPlan(), getClosedWindows());
  }

  private Rate allowed(Rate rate) {
    if (rate.compareTo(highest) > 0) {
      throw new IllegalArgumentException(
          "%s is above Onefile's documented %s calls a minute.".formatted(rate, highest));
    }
    return rate;
  }

  private static String named(String name) {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,63}")) {
      throw new IllegalArgumentException("A name is up to 64 letters, digits, - and _.");
    }
    return name;
  }
}
