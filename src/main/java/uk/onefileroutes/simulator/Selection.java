package uk.onefileroutes.simulator;

import java.time.Duration;
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
 * @param lasting takes none any more when so long has passed since the first one, by the
 *     simulator's time; null: no end
 */
public record Selection(
    @Nullable Integer learner,
    String pathPrefix,
    int skipped,
    int every,
    int times,
    @Nullable Duration lasting) {

  /** Refuses counts that are negative, every 0th call, and a time that is not positive. */
  public Selection {
    if (skipped < 0 || every < 1 || times < 0) {
      throw new IllegalArgumentException(
          "skipped " + skipped + ", every " + every + ", times " + times);
    }
    if (lasting != null && (lasting.isNegative() || lasting.isZero())) {
      throw new IllegalArgumentException("lasting " + lasting);
    }
  }

  /** All calls, authentication too. */
  public static Selection all() {
    return new Selection(null, "", 0, 1, 0, null);
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
    return new Selection(id, pathPrefix, skipped, every, times, lasting);
  }

  /** Only paths that start so, the base path included. */
  public Selection under(String prefix) {
    return new Selection(learner, prefix, skipped, every, times, lasting);
  }

  /** Lets so many fitting calls pass first. */
  public Selection after(int calls) {
    return new Selection(learner, pathPrefix, calls, every, times, lasting);
  }

  /** Takes each n-th fitting call, the n-th first. */
  public Selection everyNth(int n) {
    return new Selection(learner, pathPrefix, skipped, n, times, lasting);
  }

  /** Takes so many calls and no more. */
  public Selection next(int calls) {
    return new Selection(learner, pathPrefix, skipped, every, calls, lasting);
  }

  /** Takes calls for so long, from the first that it takes on. */
  public Selection lasting(Duration time) {
    return new Selection(learner, pathPrefix, skipped, every, times, time);
  }

  boolean fits(String path, @Nullable Integer changedLearner) {
    return path.startsWith(pathPrefix) && (learner == null || learner.equals(changedLearner));
  }
}
