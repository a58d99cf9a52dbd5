package uk.onefileroutes.simulator;

import java.util.Map;
import java.util.Set;

/**
 * What is assigned at one moment; a copy. The keys of each map are in order of their last change.
 *
 * <p>A slot of levels 3 and 2 belongs to a learner, a standard or unit, and a role: {@code
 * assessor} or {@code iqa}. The role is that of the assignee's account. Without people it is not
 * known; then the role is {@code user 77}, after the assignee, so that no assignment replaces
 * another's and what is there is everything that was ever assigned.
 *
 * @param defaultAssessors assessor by learner
 * @param defaultEmployers employer by learner
 * @param learningAims assignee (level 3) by slot
 * @param unitSummaries assignee (level 2) by slot
 * @param additional assignees (level 1) by learner
 */
public record State(
    Map<Integer, Integer> defaultAssessors,
    Map<Integer, Integer> defaultEmployers,
    Map<AimSlot, Integer> learningAims,
    Map<UnitSlot, Integer> unitSummaries,
    Map<Integer, Set<Integer>> additional) {

  /**
   * A slot of level 3.
   *
   * @param role {@code assessor}, {@code iqa} or, without people, {@code user 77}
   */
  public record AimSlot(int learner, int standard, String role) {}

  /**
   * A slot of level 2.
   *
   * @param unit the unit id as text, also where it travelled as a number
   * @param role {@code assessor}, {@code iqa} or, without people, {@code user 77}
   */
  public record UnitSlot(int learner, String unit, String role) {}
}
