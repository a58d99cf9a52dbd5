/**
 * The ledger: all SQL, and nothing else. Files, their rows, the requests that follow from them,
 * every attempt, the learner queues, and what each slot holds.
 *
 * <p>Each public verb is one transaction, committed when it returns. What a row means or what an
 * answer means is decided elsewhere.
 */
@NullMarked
package uk.onefileroutes.ledger;

import org.jspecify.annotations.NullMarked;
