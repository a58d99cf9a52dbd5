/**
 * What a feed is, and how its files become rows: bytes to text, JSON or sheets, these to records,
 * records to the assignments they ask for. Text stays untouched, so that results can repeat it.
 *
 * <p>Nothing here knows whether an assignment makes sense, moves a file, or remembers anything:
 * that is for assignment, the receive route and the ledger.
 */
@NullMarked
package uk.onefileroutes.feed;

import org.jspecify.annotations.NullMarked;
