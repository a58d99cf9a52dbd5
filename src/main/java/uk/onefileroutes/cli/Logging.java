package uk.onefileroutes.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;
import uk.onefileroutes.config.ConfigurationParts;
import uk.onefileroutes.config.Folders;

/** Tells the logging engine where its configuration is and how to write, before anything logs. */
final class Logging {
  private static final String FILE = "log4j2.configurationFile";

  // log4j2.xml asks for it
  private static final String APPENDER = "log.appender";
  private static final String JSON = "json";

  private Logging() {}

  /** For commands that answer: nothing below a warning, and that beside the answer. */
  static void onlyWarnings() {
    System.setProperty("log.target", "SYSTEM_ERR");
    System.setProperty("log.level", "warn");
  }

  /**
   * The user's {@code log4j2.xml} if there is one, unless a system property names another; else the
   * built-in one. In the format that {@code log.format} says; whether that is one, is judged with
   * the other keys.
   */
  static void configure(Folders folders) {
    Path own = folders.config().resolve("log4j2.xml");
    boolean isOwn = System.getProperty(FILE) == null && Files.isReadable(own);
    if (isOwn) {
      System.setProperty(FILE, own.toUri().toString());
    }
    boolean isJson = JSON.equals(ConfigurationParts.logFormat(folders));
    System.setProperty(APPENDER, isJson ? JSON : "text");
    if (isJson && isOwn && !knowsFormats(own)) {
      LoggerFactory.getLogger(Logging.class)
          .warn("{} knows nothing of log.format; carry over what the shipped one says", own);
    }
  }

  /** Whether programs read what this process prints. */
  static boolean isJson() {
    return JSON.equals(System.getProperty(APPENDER));
  }

  private static boolean knowsFormats(Path file) {
    try {
      return Files.readString(file).contains(APPENDER);
    } catch (IOException e) {
      return true; // the logging engine says so itself
    }
  }
}
