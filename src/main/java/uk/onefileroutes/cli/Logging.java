package uk.onefileroutes.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import uk.onefileroutes.config.Folders;

/** Tells the logging engine where its configuration is, before anything logs. */
final class Logging {
  private static final String FILE = "log4j2.configurationFile";

  private Logging() {}

  /** For commands that talk to a person: nothing below a warning. */
  static void onlyWarnings() {
    System.setProperty("log.level", "warn");
  }

  /**
   * The user's {@code log4j2.xml} if there is one, unless a system property names another; else the
   * built-in one.
   */
  static void configure(Folders folders) {
    Path own = folders.config().resolve("log4j2.xml");
    if (System.getProperty(FILE) == null && Files.isReadable(own)) {
      System.setProperty(FILE, own.toUri().toString());
    }
  }
}
