package uk.onefileroutes.process;

import java.nio.file.Path;

/** Classes as the JVM has them in memory: with them a process starts in half the time. */
final class ChaosStart {
  // nobody listens there; nothing is sent
  private static final String NOBODY = "http://127.0.0.1:9/api/v2.1";

  private ChaosStart() {}

  /** Writes the archive; takes a slow start and stop. */
  static Path archive(Path folder) throws InterruptedException {
    Path archive = folder.resolve("classes.jsa");
    Bundle.Setup setup =
        Bundle.Setup.toRun(folder.resolve("work"), NOBODY)
            .with("MANAGEMENT_PORT", "off")
            .with("CONSOLE_PORT", "off")
            .withJvm("-XX:ArchiveClassesAtExit=" + archive);
    try (Bundle once = setup.start("run").awaitStarted()) {
      once.stop();
    }
    return archive;
  }

  /** Makes processes use it; one that does not fit changes nothing. */
  static Bundle.Setup with(Bundle.Setup setup, Path archive) {
    return setup.withJvm("-XX:SharedArchiveFile=" + archive).withJvm("-Xlog:cds=off");
  }
}
