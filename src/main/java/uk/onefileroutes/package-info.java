/** The entry point. Everything else lives in packages named after the domain's nouns. */
@NullMarked
package uk.onefileroutes;

import org.jspecify.annotations.NullMarked;
