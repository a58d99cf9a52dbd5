/**
 * The far side: how a request to Onefile looks, the session that every call needs, and how its
 * answers read.
 *
 * <p>Knows no file, no ledger and no pace. What an answer means for a row is decided in {@code
 * delivery}.
 */
@NullMarked
package uk.onefileroutes.onefile;

import org.jspecify.annotations.NullMarked;
