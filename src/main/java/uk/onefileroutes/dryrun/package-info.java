/**
 * Dry runs: what would happen with a file, by the same reading, judging and enriching as in
 * earnest, in rows of the ledger that no file has and that are deleted afterwards.
 *
 * <p>How a file is planned is {@code plan}'s, what is compared and counted is the {@code ledger}'s,
 * how answers are written down is {@code report}'s. Nothing here can send.
 */
@NullMarked
package uk.onefileroutes.dryrun;

import org.jspecify.annotations.NullMarked;
