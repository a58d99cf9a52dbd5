/**
 * Whether the stages of a file's way work: each notes here what it could not do and what it could.
 * Health, alarms, status and metrics read it; nothing here knows them, or decides.
 */
@NullMarked
package uk.onefileroutes.stage;

import org.jspecify.annotations.NullMarked;
