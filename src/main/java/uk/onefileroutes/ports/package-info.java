/**
 * The two ports of an instance over HTTP: the server, its login, the guards that every request
 * passes, and what answers by path (health, metrics, Jolokia, the status page, Hawtio's console).
 * Knows of {@code management} only who asks ({@code Caller}) and what that needs ({@code
 * Permissions}): what is asked reaches the MBeans by Jolokia.
 */
@NullMarked
package uk.onefileroutes.ports;

import org.jspecify.annotations.NullMarked;
