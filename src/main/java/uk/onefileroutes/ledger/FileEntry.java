package uk.onefileroutes.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.FileState;

/**
 * A file as the ledger knows it.
 *
 * @param no its number, which never changes
 * @param name as the feed delivered it
 * @param stored where its bytes are now, relative to the data folder
 * @param equalFile number of an earlier file of the same feed with the same bytes
 * @param code why it was refused
 * @param message the same as a sentence
 */
public record FileEntry(
    long no,
    String feed,
    String name,
    String sha256,
    String stored,
    @Nullable Long equalFile,
    FileState state,
    @Nullable String code,
    @Nullable String message,
    Instant acceptedAt) {}
