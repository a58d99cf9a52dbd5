/**
 * What is kept, and for how long: inputs, answers, rows and attempts go by age; one learner goes at
 * a word.
 *
 * <p>What slots hold never goes by age. Backups of the ledger, and what went to senders by SFTP,
 * are not touched here.
 */
@NullMarked
package uk.onefileroutes.retention;

import org.jspecify.annotations.NullMarked;
