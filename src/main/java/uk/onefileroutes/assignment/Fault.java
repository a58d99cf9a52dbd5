package uk.onefileroutes.assignment;

/**
 * One thing that is wrong with a row.
 *
 * @param code what, for machines
 * @param message what and how to mend it, a sentence for the sender
 */
public record Fault(Code code, String message) {}
