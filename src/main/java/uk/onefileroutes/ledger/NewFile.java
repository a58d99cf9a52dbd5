package uk.onefileroutes.ledger;

import java.time.Instant;

/**
 * A file that a feed delivered, with its bytes safely in the spool.
 *
 * @param modified when its source was last changed, by the source's own clock
 * @param stored where the bytes are, relative to the data folder
 */
public record NewFile(
    String feed,
    String name,
    long bytes,
    String sha256,
    Instant modified,
    String stored,
    Instant acceptedAt) {}
