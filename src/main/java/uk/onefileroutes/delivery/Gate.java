package uk.onefileroutes.delivery;

import java.time.InstantSource;
import uk.onefileroutes.ledger.LearnerQueues;
import uk.onefileroutes.pace.Pace;

/**
 * What a request must pass before it may leave.
 *
 * @param runToken names this run of the process in the ledger, so that its requests can be told
 *     from those of a run that was killed
 */
public record Gate(
    Pace pace, Brake brake, LearnerQueues lines, String runToken, InstantSource clock) {}
