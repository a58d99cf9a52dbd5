package uk.onefileroutes.proof;

import uk.onefileroutes.onefile.OnefileCall;

/** The one road of every call. */
@FunctionalInterface
public interface Road {
  /**
   * Makes a call, which has its answer afterwards.
   *
   * @throws Stopped if no call may leave
   */
  void take(OnefileCall call) throws Stopped;
}
