/**
 * Declaring and reading keys: a {@link uk.onefileroutes.keys.Key} says once what a key is, {@link
 * uk.onefileroutes.keys.Keys} reads by it and collects all faults, each with its remedy.
 *
 * <p>Knows no key by name; what keys there are is their owners' business.
 */
@NullMarked
package uk.onefileroutes.keys;

import org.jspecify.annotations.NullMarked;
