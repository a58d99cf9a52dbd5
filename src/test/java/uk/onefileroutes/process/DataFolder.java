package uk.onefileroutes.process;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The data folder of an instance as its senders and its operator see it. */
final class DataFolder {
  static final String HEADER = "learner_id,role,kind,assignee_id,standard_id,unit_id";

  private final Path folder;

  DataFolder(Path folder) {
    this.folder = folder;
  }

  Path path() {
    return folder;
  }

  /** So many rows, each for a learner of its own: level 1, which no repeated call could hide. */
  static String rows(int count) {
    return file(count, i -> (1001 + i) + ",assessor,additional," + (5001 + i) + ",,");
  }

  static String file(int count, IntFunction<String> row) {
    return IntStream.range(0, count)
        .mapToObj(row)
        .collect(Collectors.joining("\n", HEADER + "\n", "\n"));
  }

  /** Drops a file as a careful sender does: written elsewhere, moved in whole. */
  void drop(String name, String content) {
    try {
      Path inbox = Files.createDirectories(folder.resolve("inbox"));
      Path written = Files.writeString(folder.resolveSibling(name + ".writing"), content);
      Files.move(written, inbox.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void awaitTaken(String name) {
    await(name + " left the drop folder")
        .atMost(Bundle.PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> !Files.exists(folder.resolve("inbox").resolve(name)));
  }

  /** Bytes of the ledger; grows while a file is planned. */
  long ledgerSize() {
    try {
      return Files.size(folder.resolve("ledger.mv.db"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rows of the results, without their header, when they are there. */
  List<String> awaitResults(String name, Bundle running) {
    Path results = folder.resolve("results").resolve(name);
    await("results of " + name + ": " + running.output())
        .atMost(Bundle.PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> Files.exists(results));
    try {
      return Files.readAllLines(results).stream().skip(1).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** These folders below and all within them. */
  List<Path> foldersBelow(String... names) throws IOException {
    List<Path> folders = new ArrayList<>();
    for (String name : names) {
      try (Stream<Path> found = Files.walk(folder.resolve(name))) {
        found.filter(Files::isDirectory).forEach(folders::add);
      }
    }
    return folders;
  }

  /** The names of all files in a folder below; none if there is no such folder. */
  List<String> names(String below) {
    Path place = folder.resolve(below);
    if (!Files.isDirectory(place)) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    try {
      Files.walkFileTree(
          place,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              String name = file.getFileName().toString();
              if (attributes.isRegularFile() && !name.equals(".disk-probe")) { // there for a moment
                names.add(name);
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
              if (e instanceof NoSuchFileException) { // renamed or removed meanwhile
                return FileVisitResult.CONTINUE;
              }
              throw e;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return names.stream().sorted().toList();
  }
}
