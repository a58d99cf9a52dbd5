/**
 * Comparing what the ledger believes with what Onefile says, where a person asks for it. Changes
 * neither.
 *
 * <p>The calls are the routes' and {@code onefile}'s; who may ask, and how it is shown, is {@code
 * management}'s.
 */
@NullMarked
package uk.onefileroutes.verification;

import org.jspecify.annotations.NullMarked;
