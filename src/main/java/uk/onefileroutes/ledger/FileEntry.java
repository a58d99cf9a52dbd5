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
 * @param code why it was refused, or is held
 * @param message the same as a sentence
 * @param releasedAt when its rows went to delivery
 * @param doneAt when its last answer was with the sender, or when it was refused
 * @param isReleasedByPerson whether a person decided that it goes to delivery: then nothing may
 *     hold it
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
    Instant acceptedAt,
    @Nullable Instant releasedAt,
    @Nullable Instant doneAt,
    boolean isReleasedByPerson) {}
