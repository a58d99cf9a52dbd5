package uk.onefileroutes.alarm;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import uk.onefileroutes.stage.Stage;
import uk.onefileroutes.stage.Stage.Trouble;

/**
 * What the stages of a file's way fail at, once that lasts: the ledger's refusals as one alarm,
 * whatever stage met them; else what can't be accepted, and what can't be answered. While the disk
 * is at fault its alarm says all of it.
 */
public final class StageTrouble implements AlarmCheck {
  private static final Duration LASTS = Duration.ofSeconds(20);

  private final List<Stage> stages;
  private final BooleanSupplier isDiskAtFault;
  private final InstantSource clock;
  private Instant diskAtFault = Instant.MIN; // last seen so

  /**
   * @param isDiskAtFault whether the data folder can't be written, as far as is known
   */
  public StageTrouble(List<Stage> stages, BooleanSupplier isDiskAtFault, InstantSource clock) {
    this.stages = List.copyOf(stages);
    this.isDiskAtFault = isDiskAtFault;
    this.clock = clock;
  }

  @Override
  public Set<AlarmCode> codes() {
    return Set.of(AlarmCode.LEDGER, AlarmCode.INTAKE, AlarmCode.RESULTS);
  }

  @Override
  public synchronized void check(AlarmScan scan) {
    Instant now = clock.instant();
    if (isDiskAtFault.getAsBoolean()) {
      diskAtFault = now;
      codes().forEach(scan::cannotTell);
      return;
    }
    List<Trouble> lasting =
        stages.stream()
            .flatMap(stage -> stage.troubles().stream())
            .filter(trouble -> lasts(trouble, now))
            .toList();
    ledger(scan, lasting.stream().filter(each -> each.cause() == Stage.Cause.LEDGER).toList());
    lasting.stream()
        .filter(each -> each.cause() == Stage.Cause.OTHER)
        .forEach(each -> scan.sees(code(each), each.about(), message(each)));
  }

  /** What failed last when the disk did has not been tried since: that says nothing. */
  private boolean lasts(Trouble trouble, Instant now) {
    return trouble.isConfirmed()
        && trouble.last().isAfter(diskAtFault)
        && !now.isBefore(trouble.since().plus(LASTS));
  }

  private static void ledger(AlarmScan scan, List<Trouble> troubles) {
    if (troubles.isEmpty()) {
      return;
    }
    String what =
        troubles.stream()
            .map(each -> each.stage().sentence())
            .distinct()
            .collect(Collectors.joining("; "));
    scan.sees(
        AlarmCode.LEDGER,
        "%s: %s. What waits for it is kept and tried again until it is taken. See what is wrong with"
                .formatted(what, troubles.get(0).reason())
            + " the database; a restart may help an embedded one");
  }

  private static AlarmCode code(Trouble trouble) {
    return switch (trouble.stage()) {
      case INTAKE, PLANNING -> AlarmCode.INTAKE;
      case SETTLING -> AlarmCode.LEDGER;
      case RESULTS -> AlarmCode.RESULTS;
    };
  }

  private static String message(Trouble trouble) {
    return "%s: %s. Tried again until it works".formatted(trouble.what(), trouble.reason());
  }
}
