/**
 * A running instance: every part built once, put into Camel's registry under the name that the
 * routes use, started and stopped in order.
 *
 * <p>Knows all other packages but the command line's; nobody but the command line knows it.
 */
@NullMarked
package uk.onefileroutes.runtime;

import org.jspecify.annotations.NullMarked;
