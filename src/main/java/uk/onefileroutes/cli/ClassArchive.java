package uk.onefileroutes.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.onefileroutes.runtime.OwnerOnly;
import uk.onefileroutes.shown.Causes;

/**
 * The class-data archive: classes as the JVM has them in memory, in a file that the next start maps
 * in place of reading and checking them. The start scripts name its place and give it to the JVM,
 * which goes on without one that does not fit.
 *
 * <p>An instance makes it in a process of its own where there is none for this Java and this jar.
 * It appears under its name when it is whole; whatever ends the making leaves no more than a folder
 * that the next making removes.
 */
final class ClassArchive {
  /** The system property by which the start scripts name the file. */
  static final String PLACE = "class.archive";

  private static final Logger LOG = LoggerFactory.getLogger(ClassArchive.class);
  private static final String MAKING = "making-";
  private static final long TIMEOUT_MINUTES = 10;
  private static final Set<String> ENVIRONMENT =
      Set.of("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "SystemRoot", "TEMP", "TMP");
  private static final List<Path> NICE = List.of(Path.of("/usr/bin/nice"), Path.of("/bin/nice"));

  private final Path folder;
  private final Path file;
  private final Path stamp;
  private final Path jar;

  ClassArchive(Path file, Path jar) {
    this.folder = file.resolveSibling(""); // its own
    this.file = file;
    this.stamp = file.resolveSibling(file.getFileName() + ".made-for");
    this.jar = jar;
  }

  /** The one that the start script names; empty where none is wanted. */
  static Optional<ClassArchive> wanted() {
    String place = System.getProperty(PLACE, "");
    Path jar = Path.of(System.getProperty("java.class.path", ""));
    return place.isEmpty() || !Files.isRegularFile(jar)
        ? Optional.empty()
        : Optional.of(new ClassArchive(Path.of(place).toAbsolutePath(), jar));
  }

  /** Makes it beside what this process does, where there is none that fits; never throws. */
  void makeInBackground(Path routes) {
    Thread maker =
        new Thread(
            () -> {
              try {
                if (!isMade()) {
                  make(routes);
                }
              } catch (IOException | RuntimeException e) {
                // the next start is as slow as this one, and tries again
                LOG.info("No class-data archive: {}", Causes.words(e));
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "class-archive");
    maker.setDaemon(true);
    maker.start();
  }

  /** Whether it is there as it was made, for this Java and this jar. */
  boolean isMade() throws IOException {
    return Files.isRegularFile(file)
        && Files.isRegularFile(stamp)
        && Files.readString(stamp).equals(stampOf(file));
  }

  private void make(Path routes) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    OwnerOnly.folder(folder);
    removeHalfMade();
    Path making = Files.createTempDirectory(folder, MAKING);
    try {
      Path made = making.resolve("classes.jsa");
      train(made, making, routes);
      try (FileChannel channel = FileChannel.open(made, StandardOpenOption.READ)) {
        channel.force(true); // after a power cut a name without its content would crash the JVM
      }
      OwnerOnly.close(made);
      Files.deleteIfExists(stamp);
      Files.move(made, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      Path next = Files.writeString(making.resolve("stamp"), stampOf(file));
      Files.move(next, stamp, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      LOG.info(
          "Class-data archive made in {} s, for faster starts: {}",
          TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin),
          file);
    } finally {
      remove(making);
    }
  }

  private void train(Path made, Path making, Path routes) throws IOException, InterruptedException {
    Path output = making.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command(made, making, routes))
            .directory(making.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    // a key in the environment would win over the training's own: it must never call Onefile
    builder.environment().keySet().retainAll(ENVIRONMENT);
    Process training = builder.start();
    Thread ending = new Thread(training::destroyForcibly, "class-archive-end");
    Runtime.getRuntime().addShutdownHook(ending);
    try {
      if (!training.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES)) {
        throw new IOException("not made within " + TIMEOUT_MINUTES + " minutes");
      }
      if (training.exitValue() != 0 || !Files.isRegularFile(made)) {
        throw new IOException(
            "its process ended with %d: %s".formatted(training.exitValue(), lastLine(output)));
      }
    } finally {
      training.destroyForcibly();
      removeHook(ending);
    }
  }

  private List<String> command(Path made, Path folder, Path routes) {
    List<String> command = new ArrayList<>();
    // the instance has work to do
    NICE.stream()
        .filter(Files::isExecutable)
        .findFirst()
        .map(Path::toString)
        .ifPresent(nice -> command.addAll(List.of(nice, "-n", "10")));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:ArchiveClassesAtExit=" + made,
            "-Djava.io.tmpdir=" + folder,
            // as -jar does: the JVM compares the class path
            "-cp",
            jar.toString(),
            Training.class.getName(),
            routes.toString()));
    return command;
  }

  /** By what the JVM judges it, and how it was left. */
  private String stampOf(Path archive) throws IOException {
    return String.join(
        System.lineSeparator(),
        System.getProperty("java.home") + " " + System.getProperty("java.vm.version"),
        jar + " " + described(jar),
        described(archive),
        "");
  }

  private static String described(Path path) throws IOException {
    return "%s %d %d".formatted(path, Files.size(path), Files.getLastModifiedTime(path).toMillis());
  }

  private static String lastLine(Path output) throws IOException {
    List<String> lines = Files.readAllLines(output);
    return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      LOG.debug("The hook runs already", e); // the process ends
    }
  }

  private void removeHalfMade() throws IOException {
    try (Stream<Path> left = Files.list(folder)) {
      left.filter(each -> each.getFileName().toString().startsWith(MAKING))
          .forEach(ClassArchive::remove);
    }
  }

  private static void remove(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.debug("Left {}", folder, e); // the next making tries again
    }
  }
}
