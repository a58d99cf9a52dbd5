/**
 * What a row asks for, and whether Onefile can be asked for it: the matrix of kinds and roles, the
 * words partners use for them, and the closed lists of states and codes.
 *
 * <p>Records, enums and pure functions only: no I/O, no clock, no Camel.
 */
@NullMarked
package uk.onefileroutes.assignment;

import org.jspecify.annotations.NullMarked;
