/**
 * What people and tools outside see and do: the MBeans, health, the login, the management port and
 * Hawtio's console. Decides nothing: it shows what the other packages know, and passes on what was
 * asked. The wiring of an instance is not here.
 */
@NullMarked
package uk.onefileroutes.management;

import org.jspecify.annotations.NullMarked;
