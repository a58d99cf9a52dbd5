package uk.onefileroutes.management;

import org.jspecify.annotations.Nullable;

/**
 * One assignment that a person asks for.
 *
 * @param learner an id, or {@code misid:} or {@code email:} and a value to be looked up
 * @param role whose default or place it is, a word such as {@code assessor}
 * @param kind a word such as {@code default}, or a level
 * @param assignee as the learner
 * @param standard an id, or {@code title:} and a title; for level 3
 * @param unit the same for level 2
 */
public record WantedAssignment(
    String learner,
    String role,
    String kind,
    String assignee,
    @Nullable String standard,
    @Nullable String unit) {}
