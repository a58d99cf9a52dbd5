/**
 * Trying on a test account what Onefile's guide leaves open: what is asked, what was observed, and
 * what follows for the configuration. Of what Onefile says about people nothing is kept or shown
 * but names of members, statuses and codes.
 *
 * <p>What follows is a pure function of what was observed. The calls are the routes' and {@code
 * onefile}'s; who may ask, and how it is shown, is {@code cli}'s.
 */
@NullMarked
package uk.onefileroutes.proof;

import org.jspecify.annotations.NullMarked;
