/**
 * When a call to Onefile may leave: rates, plans by time of day, closed windows, pauses, and the
 * one gate that every call passes.
 *
 * <p>Pure time arithmetic on a clock that is handed in, and the waiting for a slot. No I/O, no
 * Camel, nothing of the ledger or of HTTP; who pauses the gate and why is decided elsewhere.
 */
@NullMarked
package uk.onefileroutes.pace;

import org.jspecify.annotations.NullMarked;
