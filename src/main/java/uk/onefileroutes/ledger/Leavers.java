package uk.onefileroutes.ledger;

import java.util.List;
import java.util.Set;

/**
 * Assignees who left Onefile, and the slots that became unknown by it. A slot is listed until it is
 * known again, is forgotten, or the account is back. Additional assignments become unknown too but
 * are not listed: their slot is named by the assignee, so nobody else can take it over.
 * Thread-safe; changes nothing itself, {@link CentreReading#complete} does.
 */
public final class Leavers {
  private static final String WAITING =
      """
      FROM leaver_slot l
      JOIN slot s ON s.account = l.account AND s.learner = l.learner AND s.slot = l.slot
      WHERE l.account = ? AND s.known = FALSE
      """;

  private final Ledger ledger;

  public Leavers(Ledger ledger) {
    this.ledger = ledger;
  }

  /** How a directory lists an account. */
  public enum Listed {
    NOT,
    ARCHIVED,
    ACTIVE
  }

  /**
   * An account that slots are known to hold.
   *
   * @param wasListed whether the centre's reading before had it, archived or not
   * @param now how the readings that count now list it, of all centres
   */
  public record Holder(long account, boolean wasListed, Listed now) {}

  /**
   * Two readings of a centre.
   *
   * @param accounts that the one before listed
   * @param lost those of them that the new one doesn't list
   */
  public record Comparison(int organisation, long accounts, long lost, List<Holder> holders) {
    public Comparison {
      holders = List.copyOf(holders);
    }
  }

  /** Decides who left, by their accounts. A pure function. */
  @FunctionalInterface
  public interface Rule {
    Set<Long> left(Comparison comparison);
  }

  /**
   * Somebody who left.
   *
   * @param archived false: the account was no longer listed
   */
  public record Leaver(long account, boolean archived, long learners, long slots) {}

  /** A slot that is to be filled by somebody else. */
  public record LeftSlot(long leaver, long learner, String slot) {}

  /** Those of whom slots are still listed, by their accounts. */
  public List<Leaver> standing() {
    return ledger.read(
        connection ->
            Sql.query(
                    connection,
                    "SELECT l.leaver, EVERY(l.archived) AS archived,"
                        + " COUNT(DISTINCT l.learner) AS learners, COUNT(*) AS slots "
                        + WAITING
                        + " GROUP BY l.leaver ORDER BY l.leaver",
                    ledger.account())
                .list(
                    r ->
                        new Leaver(
                            r.getLong("leaver"),
                            r.getBoolean("archived"),
                            r.getLong("learners"),
                            r.getLong("slots"))));
  }

  /** The slots that are listed: who left, then what they held, then the learners. */
  public List<LeftSlot> slots() {
    return ledger.read(
        connection ->
            Sql.query(
                    connection,
                    "SELECT l.leaver, l.learner, l.slot "
                        + WAITING
                        + " ORDER BY l.leaver, l.slot, l.learner",
                    ledger.account())
                .list(
                    r ->
                        new LeftSlot(
                            r.getLong("leaver"), r.getLong("learner"), r.getString("slot"))));
  }
}
