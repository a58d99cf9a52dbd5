package uk.onefileroutes.simulator;

import org.jspecify.annotations.Nullable;

/**
 * Which calls a fault is for. Counting starts when the fault is added. It counts the calls that fit
 * the learner and the path, save those that an earlier fault has answered or cut.
 *
 * @param learner only calls that change this learner; null: all
 * @param pathPrefix only paths that start so, the base path included; empty: all
 * @param skipped how many fitting calls pass before the first one is taken
 * @param every takes each n-th of the rest; 1: all
 * @param times takes so many in all; 0: no end
 */
public record Selection(
    @Nullable Integer learner, String pathPrefix, int skipped, int every, int times) {

  /** Refuses counts that are negative, and every 0th call. */
  public Selection {
    if (skipped < 0 || every < 1 || times < 0) {
      throw new IllegalArgumentException(
          "skipped " + skipped + ", every " + every + ", times " + times);
    }
  }

  /** All calls, authentication too. */
  public static Selection all() {
    return new Selection(null, "", 0, 1, 0);
  }

  /** The authentications only. */
  public static Selection authentications() {
    return all().under(Simulator.BASE_PATH + "/Authentication");
  }

  /** The calls under {@code User/} only: defaults, assigns, reads and user searches. */
  public static Selection users() {
    return all().under(Simulator.BASE_PATH + "/User/");
  }

  /** Only calls that change this learner. */
  public Selection forLearner(int id) {
    return new Selection(id, pathPrefix, skipped, every, times);
  }

  /** Only paths that start so, the base path included. */
  public Selection under(String prefix) {
    return new Selection(learner, prefix, skipped, every, times);
  }

  /** Lets so many fitting calls pass first. */
  public Selection after(int calls) {
    return new Selection(learner, pathPrefix, calls, every, times);
  }

  /** Takes each n-th fitting call, the n-th first. */
  public Selection everyNth(int n) {
    return new Selection(learner, pathPrefix, skipped, n, times);
  }

  /** Takes so many calls and no more. */
  public Selection next(int calls) {
    return new Selection(learner, pathPrefix, skipped, every, calls);
  }

  boolean fits(String path, @Nullable Integer changedLearner) {
    return path.startsWith(pathPrefix) && (learner == null || learner.equals(changedLearner));
  }
}
