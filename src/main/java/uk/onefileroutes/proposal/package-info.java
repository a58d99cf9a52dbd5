/**
 * What a feed for an unknown export may look like: pure functions from headers and cells to the
 * text of a feed file, for a person to review. Reads and writes no file, and never repeats a cell
 * but for words of kinds and roles.
 */
@NullMarked
package uk.onefileroutes.proposal;

import org.jspecify.annotations.NullMarked;
