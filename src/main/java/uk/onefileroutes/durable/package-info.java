/**
 * The steps by which something new is on disk: what a crash may come between. A class that commits
 * or moves a file names its step here. Knows nobody, does no I/O.
 */
@NullMarked
package uk.onefileroutes.durable;

import org.jspecify.annotations.NullMarked;
