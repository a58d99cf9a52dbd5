package uk.onefileroutes.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The next request of a learner queue, with all that is needed to send it and to judge its answer.
 *
 * @param feed whose file asked for it
 * @param kind the kind's word
 * @param path below the base URL
 * @param payload JSON
 * @param attempts attempts so far that count towards the limit
 * @param firstAttemptAt when the first of them was made
 * @param isHeld whether its slot is known to hold the assignee already, so that no call is needed
 * @param token which run of the process sent it; null while it is not on its way
 */
public record Claim(
    RowKey key,
    String feed,
    long learner,
    String slot,
    long assignee,
    String kind,
    String path,
    String payload,
    int attempts,
    @Nullable Instant firstAttemptAt,
    boolean isHeld,
    @Nullable String token) {}
