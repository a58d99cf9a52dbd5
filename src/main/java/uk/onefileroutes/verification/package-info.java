/**
 * Comparing what the ledger believes with what Onefile says, where a person asks for it or the
 * timetable says so. Changes nothing in Onefile; the ledger only by the timetable, as {@code
 * verify.on-drift} says.
 *
 * <p>The calls are the routes' and {@code onefile}'s; who may ask, and how it is shown, is {@code
 * management}'s.
 */
@NullMarked
package uk.onefileroutes.verification;

import org.jspecify.annotations.NullMarked;
