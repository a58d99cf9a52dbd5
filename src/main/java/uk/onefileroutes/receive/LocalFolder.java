package uk.onefileroutes.receive;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import uk.onefileroutes.table.Ending;

/** A drop folder of this machine. */
final class LocalFolder implements DropFolder {
  private final Path folder;

  LocalFolder(Path folder) {
    this.folder = folder;
  }

  @Override
  public Set<String> names() {
    Set<String> names = new HashSet<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
      found.forEach(path -> names.add(path.getFileName().toString()));
    } catch (IOException e) {
      return Set.of(); // the poll itself fails, and says why
    }
    return names;
  }

  @Override
  public Ending ending(String name, long bytes) throws IOException {
    return Ending.of(folder.resolve(name));
  }

  @Override
  public boolean isForbidden(String name) {
    Path file = folder.resolve(name);
    return Files.exists(file) && !Files.isReadable(file);
  }
}
