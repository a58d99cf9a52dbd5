/**
 * Reading configuration: keys asked for one by one, with all faults collected, each with its
 * remedy.
 *
 * <p>Knows no key by name; what keys there are is their owners' business.
 */
@NullMarked
package uk.onefileroutes.keys;

import org.jspecify.annotations.NullMarked;
