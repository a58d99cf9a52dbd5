package uk.onefileroutes.report;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.RowState;

/**
 * What became of one assignment of a row.
 *
 * @param row number of the record in its file; the first after the header is 1
 * @param part which of the row's assignments this is, from 0
 * @param codes one or several, joined with {@code ;}
 * @param message a sentence, empty where there is nothing to say
 * @param httpStatus of the last answer, null where none came
 * @param attempts calls made for it
 * @param at when it got into this state, null where that isn't known
 */
public record RowAnswer(
    long row,
    int part,
    RowState state,
    String codes,
    String message,
    @Nullable Integer httpStatus,
    int attempts,
    @Nullable Instant at) {}
