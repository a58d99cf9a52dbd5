/**
 * What a feed is: where its files come from and its results go, which columns it maps, what it
 * expects and when its files are held; and the keys that say so.
 *
 * <p>Nothing here opens a file or remembers anything: see {@code receive}, {@code table} and {@code
 * ledger}.
 */
@NullMarked
package uk.onefileroutes.feed;

import org.jspecify.annotations.NullMarked;
