package uk.onefileroutes.proof;

/**
 * What was found out, for people; nothing of anybody's data is in it.
 *
 * @param about a word or two
 * @param sentence one or more
 */
public record Fact(String about, String sentence) {}
