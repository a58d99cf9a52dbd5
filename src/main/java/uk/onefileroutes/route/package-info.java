/**
 * What beans need of Camel where they take part in a route: work that is taken one by one, and what
 * is done when an exchange ends. Nothing of assignments, files or calls.
 */
@NullMarked
package uk.onefileroutes.route;

import org.jspecify.annotations.NullMarked;
