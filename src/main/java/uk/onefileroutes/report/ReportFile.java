package uk.onefileroutes.report;

import java.io.File;
import java.nio.file.Path;

/**
 * One file of an answer, ready to be put where its sender looks for it.
 *
 * @param feed whose results place
 * @param name free in that place when it was announced
 * @param bytes where it is now
 */
public record ReportFile(String feed, String name, Path bytes) {
  /** The bytes as Camel's file endpoint likes them. */
  public File file() {
    return bytes.toFile();
  }
}
