/**
 * The answer that goes back to the sender: results with a line for every row of the input, and
 * rejects with the rows to fix.
 *
 * <p>Here is how they are written down. Where the answers come from and where the files go is not
 * decided here.
 */
@NullMarked
package uk.onefileroutes.report;

import org.jspecify.annotations.NullMarked;
