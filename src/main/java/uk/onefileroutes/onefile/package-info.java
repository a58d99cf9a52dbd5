/**
 * Onefile over HTTP: how a request looks, the one road that every call takes, the session that it
 * needs, how its answer reads and what that means.
 *
 * <p>Knows no file and no ledger. Which request is sent, and what its answer means for a row, is
 * {@code delivery}'s.
 */
@NullMarked
package uk.onefileroutes.onefile;

import org.jspecify.annotations.NullMarked;
