/** Tests of the simulator: over real HTTP, with a client that shares nothing with the product. */
@NullMarked
package uk.onefileroutes.simulator;

import org.jspecify.annotations.NullMarked;
