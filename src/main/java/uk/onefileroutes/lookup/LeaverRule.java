package uk.onefileroutes.lookup;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import uk.onefileroutes.ledger.Leavers.Comparison;
import uk.onefileroutes.ledger.Leavers.Holder;
import uk.onefileroutes.ledger.Leavers.Listed;

/**
 * Decides who left by two readings of a centre: whoever is archived, and whoever was listed and is
 * no longer. Onefile says archived itself, so that always counts. Not listed may as well be a wrong
 * organisation, a token that may not search, or a search that fails for one role; so where it would
 * be most of them at once, nobody counts as gone. Pure.
 */
final class LeaverRule {
  /** Of so few who are gone more than half may well have left; but not with most others too. */
  private static final int FEW = 2;

  private LeaverRule() {}

  /**
   * What follows.
   *
   * @param left their accounts
   * @param doubted how many are not listed any more but don't count as gone
   */
  record Decision(Set<Long> left, int doubted) {
    Decision {
      left = Set.copyOf(left);
    }
  }

  static Decision decide(Comparison comparison) {
    List<Holder> holders = comparison.holders();
    Set<Long> left = accounts(holders, Listed.ARCHIVED);
    List<Holder> listedBefore = holders.stream().filter(Holder::wasListed).toList();
    Set<Long> gone = accounts(listedBefore, Listed.NOT);
    boolean isMostHolders = gone.size() > FEW && isMost(gone.size(), listedBefore.size());
    if (isMostHolders || isMost(comparison.lost(), comparison.accounts())) {
      return new Decision(left, gone.size());
    }
    left.addAll(gone);
    return new Decision(left, 0);
  }

  private static boolean isMost(long part, long whole) {
    return part * 2 > whole;
  }

  private static Set<Long> accounts(List<Holder> holders, Listed listed) {
    Set<Long> accounts = new HashSet<>();
    holders.stream()
        .filter(holder -> holder.now() == listed)
        .forEach(holder -> accounts.add(holder.account()));
    return accounts;
  }
}
