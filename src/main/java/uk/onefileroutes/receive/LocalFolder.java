package uk.onefileroutes.receive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

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
    try (FileChannel file = FileChannel.open(folder.resolve(name))) {
      return Ending.of(read(file, 0), read(file, Math.max(0, bytes - Ending.BYTES)));
    }
  }

  private static byte[] read(FileChannel file, long from) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Ending.BYTES);
    file.position(from);
    while (bytes.hasRemaining() && file.read(bytes) >= 0) {
      // a channel may give less than it is asked for
    }
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  @Override
  public boolean isForbidden(String name) {
    Path file = folder.resolve(name);
    return Files.exists(file) && !Files.isReadable(file);
  }
}
