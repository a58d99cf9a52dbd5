package uk.onefileroutes.feed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;

/** The place where the answers of a feed go, as far as one can look there. Thread-safe. */
public interface ResultsPlace {

  /** Begins to look; close it soon, it may hold a connection. */
  Look look() throws IOException;

  /** One look; for one thread. */
  interface Look extends AutoCloseable {
    /** Whether there is nothing of this name. */
    boolean isFree(String name) throws IOException;

    /** The first name that {@link SafeName#free} proposes and that is free here. */
    default String freeName(String name, String ending, LocalDateTime now) throws IOException {
      try {
        return SafeName.free(
            name,
            ending,
            now,
            candidate -> {
              try {
                return isFree(candidate);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }

    /** Whether there is a file of this name with exactly these bytes. */
    boolean holds(String name, Path bytes) throws IOException;

    @Override
    void close();
  }

  /** A folder of this machine, which need not be there yet. */
  static ResultsPlace of(Path folder) {
    Look look =
        new Look() {
          @Override
          public boolean isFree(String name) {
            return !Files.exists(folder.resolve(name));
          }

          @Override
          public boolean holds(String name, Path bytes) throws IOException {
            Path place = folder.resolve(name);
            return Files.exists(place) && Files.mismatch(bytes, place) < 0;
          }

          @Override
          public void close() {
            // nothing is held
          }
        };
    return () -> look;
  }
}
