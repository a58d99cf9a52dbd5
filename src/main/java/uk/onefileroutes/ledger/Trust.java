package uk.onefileroutes.ledger;

import java.time.Duration;
import java.time.Instant;

/**
 * How far it is trusted that a slot still holds what was sent last.
 *
 * <p>Trust in days ends for each slot at a moment of its own, so that slots of one age don't fall
 * due at once: the days, and on top of them a share of as many days again that follows from
 * learner, slot and when it was sent last. A slot that is asked for every night is so sent again
 * between one and two times the days after the last time, and of many slots about one in {@code
 * days} each night.
 *
 * @param isNever whether every row is sent, whatever its slot holds
 * @param days 0: for ever
 */
public record Trust(boolean isNever, int days) {
  /** Only changes are sent. */
  public static final Trust FOR_EVER = new Trust(false, 0);

  /** The most days that can be asked for. */
  public static final int MAX_DAYS = 3650;

  /** Whether what was sent then need not be sent again now. */
  public boolean holds(long learner, String slot, Instant sentAt, Instant now) {
    if (isNever) {
      return false;
    }
    return days == 0 || !now.isAfter(sentAt.plus(lifetime(learner, slot, sentAt)));
  }

  /**
   * Another one after each sending: with one for good, slots due every 12th night would meet those
   * due every 15th on each 60th.
   */
  private Duration lifetime(long learner, String slot, Instant sentAt) {
    long seconds = Duration.ofDays(days).toSeconds();
    return Duration.ofSeconds(seconds + Math.floorMod(mixed(learner, slot, sentAt), seconds));
  }

  /** The same in each process and version; neighbouring ids end up far apart. */
  private static long mixed(long learner, String slot, Instant sentAt) {
    long hash =
        (learner * 0x9E3779B97F4A7C15L + slot.hashCode()) * 0xD6E8FEB86659FD93L
            + sentAt.getEpochSecond();
    hash = (hash ^ (hash >>> 30)) * 0xBF58476D1CE4E5B9L;
    hash = (hash ^ (hash >>> 27)) * 0x94D049BB133111EBL;
    return hash ^ (hash >>> 31);
  }
}
