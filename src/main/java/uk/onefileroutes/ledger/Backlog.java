package uk.onefileroutes.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is left to send.
 *
 * @param open requests of released files that are not final; includes the next two
 * @param inFlight on their way now
 * @param waiting to be tried again
 * @param blocked rows of all released files that wait for a person
 * @param oldestAccepted when the oldest file with an open request was accepted; null if none is
 * @param nextDue when the next request may be sent, as far as the pace admits it; in the past where
 *     it is late; null if none is open, or all are on their way
 */
public record Backlog(
    long open,
    long inFlight,
    long waiting,
    long blocked,
    @Nullable Instant oldestAccepted,
    @Nullable Instant nextDue) {}
