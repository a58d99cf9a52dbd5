/**
 * From bytes to rows: encodings, archives, CSV, JSON and workbooks; then from a row's cells to the
 * assignments that it asks for. A cell's text stays untouched, so that results can repeat it.
 *
 * <p>What a feed is stands in {@code feed}; whether an assignment makes sense is for {@code
 * assignment} and {@code plan}.
 */
@NullMarked
package uk.onefileroutes.table;

import org.jspecify.annotations.NullMarked;
