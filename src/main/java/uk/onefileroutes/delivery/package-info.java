/**
 * Sending: which request is next, what its answer makes of its row, when it is tried again, and
 * when the whole account waits.
 *
 * <p>The calls themselves are the routes' and {@code onefile}'s. Time and budget are {@code
 * pace}'s, what is written down is the {@code ledger}'s.
 */
@NullMarked
package uk.onefileroutes.delivery;

import org.jspecify.annotations.NullMarked;
