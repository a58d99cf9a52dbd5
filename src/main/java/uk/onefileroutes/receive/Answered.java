package uk.onefileroutes.receive;

/**
 * What a drop becomes that was answered and is recorded nowhere: the body with which its route
 * ends.
 */
public interface Answered {
  /** Its source is gone: should a file of its name come again, it is another. */
  void sourceRemoved();
}
