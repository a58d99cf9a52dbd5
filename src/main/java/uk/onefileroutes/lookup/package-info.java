/**
 * Reads a centre's accounts, standards and units from Onefile into the ledger, page by page, where
 * a file asked for it or a new day has come.
 *
 * <p>What is kept and how it is found is the {@code ledger}'s; what a reference means for a row is
 * {@code plan}'s.
 */
@NullMarked
package uk.onefileroutes.lookup;

import org.jspecify.annotations.NullMarked;
