/**
 * Who may log in under a name of his own, and what each may do: the file {@code management.users},
 * its lines, roles and hashed passwords.
 *
 * <p>Knows no port and no operation; what a role is needed for is said where operations are.
 */
@NullMarked
package uk.onefileroutes.users;

import org.jspecify.annotations.NullMarked;
