/**
 * What every line of the log says beside its sentence: which feed, file and row it is about. Puts
 * these ids where the logging engine finds them and takes them away again. Knows neither the ledger
 * nor the engine, and writes no line itself.
 */
@NullMarked
package uk.onefileroutes.log;

import org.jspecify.annotations.NullMarked;
