/**
 * Certificates and keys: whom the bundle trusts as Onefile, and how its own ports are encrypted.
 * Reads the files and makes what Camel, Jetty and the JDK want of them. Knows no keys of the
 * configuration and opens no connection.
 */
@NullMarked
package uk.onefileroutes.tls;

import org.jspecify.annotations.NullMarked;
