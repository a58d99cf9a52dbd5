/**
 * The command line: what a person types, what they are told, and the exit code.
 *
 * <p>Exit codes: 0 done, 1 finished with faults in the data, 2 usage or configuration, 3 Onefile or
 * environment.
 */
@NullMarked
package uk.onefileroutes.cli;

import org.jspecify.annotations.NullMarked;
