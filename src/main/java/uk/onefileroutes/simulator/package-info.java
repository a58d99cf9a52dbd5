/**
 * A strict stand-in for the Onefile Eportfolio API, for tests and for trying things out without an
 * account: it checks each request harder than Onefile is known to, remembers what it was told, and
 * fails on request.
 *
 * <p>It knows nobody: nothing of this project may be imported here, so that a mistake in the
 * product cannot hide in its own test. What belongs here is Onefile only; expectations about a run
 * belong into the tests.
 */
@NullMarked
package uk.onefileroutes.simulator;

import org.jspecify.annotations.NullMarked;
