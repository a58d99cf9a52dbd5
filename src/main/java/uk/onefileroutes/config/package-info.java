/**
 * The configuration of an instance: where its keys come from, what they mean, and everything that
 * is wrong with them, at once.
 *
 * <p>Fills the records that the other packages define; decides nothing at run time.
 */
@NullMarked
package uk.onefileroutes.config;

import org.jspecify.annotations.NullMarked;
