/**
 * Sending: which request is next, what its answer means, and when it is tried again.
 *
 * <p>The calls themselves are the routes'. Time and budget are {@code pace}'s, what is written down
 * is the {@code ledger}'s.
 */
@NullMarked
package uk.onefileroutes.delivery;

import org.jspecify.annotations.NullMarked;
