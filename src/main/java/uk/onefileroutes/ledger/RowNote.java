package uk.onefileroutes.ledger;

import org.jspecify.annotations.Nullable;

/**
 * What there is to say of a row.
 *
 * @param codes why it is as it is, joined with {@code ;}; null while it is planned or being sent
 * @param message the same as sentences, for the sender; null where the code says it all
 * @param warning what is odd but harmless
 */
public record RowNote(@Nullable String codes, @Nullable String message, @Nullable String warning) {}
