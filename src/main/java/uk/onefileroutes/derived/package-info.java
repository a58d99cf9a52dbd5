/**
 * Files that are made here of files that came in: what undoes one, a part of a held one. They are
 * accepted as those of its feed, as the newest, and then go the way of all: plan, holds, pace,
 * results.
 *
 * <p>What is in them is decided by the {@code ledger}; here they are written down.
 */
@NullMarked
package uk.onefileroutes.derived;

import org.jspecify.annotations.NullMarked;
