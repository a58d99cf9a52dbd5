/**
 * SFTP servers: the one way to log in, whom we trust, what their failures mean, and Camel's SFTP
 * component with all of that built in. Nothing here waits for a server without an end.
 *
 * <p>Which files are wanted and what they mean is for feed and plan; when results are due is for
 * report.
 */
@NullMarked
package uk.onefileroutes.sftp;

import org.jspecify.annotations.NullMarked;
