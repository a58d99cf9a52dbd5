/**
 * How text from outside may be shown: on a terminal, in the log, on a page, in a message; and which
 * of wrapped failures is the one to tell. Every other package may know it; it knows none.
 */
@NullMarked
package uk.onefileroutes.shown;

import org.jspecify.annotations.NullMarked;
