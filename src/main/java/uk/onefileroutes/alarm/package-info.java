/**
 * What a person must know until it is over: alarms, what raises and clears them, and the notices of
 * them that mail and webhook are owed. Here belongs how alarms are found, kept apart and told; how
 * a notice looks and where it goes is in the routes. Nothing here ends the trouble that it finds.
 */
@NullMarked
package uk.onefileroutes.alarm;

import org.jspecify.annotations.NullMarked;
