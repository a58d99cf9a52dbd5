package uk.onefileroutes.delivery;

import java.time.InstantSource;
import uk.onefileroutes.ledger.LearnerQueues;
import uk.onefileroutes.pace.Pace;

/**
 * What requests are sent with.
 *
 * @param runToken names this run of the process in the ledger, so that its requests can be told
 *     from those of a run that was killed
 */
public record SendContext(
    Pace pace, AccountGuard guard, LearnerQueues queues, String runToken, InstantSource clock) {}
