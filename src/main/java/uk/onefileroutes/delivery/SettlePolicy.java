package uk.onefileroutes.delivery;

/**
 * How answers are judged.
 *
 * @param blockUncertainAdditional whether a level 1 assignment whose answer was lost waits for a
 *     person; else it is repeated
 */
public record SettlePolicy(
    Classifier classifier, RetrySchedule retry, boolean blockUncertainAdditional) {}
