package uk.onefileroutes.proof;

import org.jspecify.annotations.Nullable;

/**
 * With whom and what it is tried; ids of Onefile.
 *
 * @param iqa null: not tried
 * @param standard of a learning aim that the learner has; null: level 3 is not tried
 * @param unit that the learner has; null: level 2 is not tried
 */
public record Subject(
    long learner,
    long assessor,
    @Nullable Long iqa,
    @Nullable Long standard,
    @Nullable String unit) {}
