/**
 * From a file in the spool to planned requests: rows judged one by one, stored in chunks, and the
 * file released once it was read whole.
 *
 * <p>How a row is read is {@code table}'s, what is allowed is {@code assignment}'s, what it is
 * compared with is the {@code ledger}'s.
 */
@NullMarked
package uk.onefileroutes.plan;

import org.jspecify.annotations.NullMarked;
