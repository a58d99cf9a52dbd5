/**
 * How a file comes in: whether it is complete, its copy in the spool, its number in the ledger, and
 * how it leaves the drop folder. The same for folders and SFTP.
 *
 * <p>Nothing here reads what is in a file; that is for {@code table} and {@code plan}.
 */
@NullMarked
package uk.onefileroutes.receive;

import org.jspecify.annotations.NullMarked;
