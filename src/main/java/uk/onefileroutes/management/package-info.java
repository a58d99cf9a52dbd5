/**
 * What people and tools outside see and do: the list of operations, the MBeans, the status, health
 * checks, metrics and the audit trail. Decides nothing: it shows what the other packages know, and
 * passes on what was asked. How it is reached by HTTP is in {@code ports}; the wiring of an
 * instance is not here.
 */
@NullMarked
package uk.onefileroutes.management;

import org.jspecify.annotations.NullMarked;
