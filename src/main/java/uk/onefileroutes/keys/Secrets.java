package uk.onefileroutes.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads keys that are secrets: by value, or by the name of a file that holds the value and nothing
 * else, under the same key with {@code -file} behind it. Use once, by one thread.
 */
public final class Secrets {
  /** What follows the name of a secret's key where a file has the value. */
  public static final String FILE = "-file";

  private final Keys keys;

  public Secrets(Keys keys) {
    this.keys = keys;
  }

  /** The value; null where the key is not there. A fault in it stands as empty. */
  public @Nullable String read(String key) {
    Supplier<String> value = reread(key);
    return value == null ? null : value.get();
  }

  /**
   * As {@link #read}, with a file read anew each time; then one that can't be read is empty. Null
   * where the key is not there.
   */
  public @Nullable Supplier<String> reread(String key) {
    String value = keys.value(key);
    String file = keys.value(key + FILE);
    if (value != null && file != null) {
      keys.fault(key + " and " + key + FILE + ": both are set; remove one");
      return () -> "";
    }
    if (file != null) {
      return file(key + FILE, file);
    }
    return value == null ? null : () -> value;
  }

  private Supplier<String> file(String key, String name) {
    Path file;
    try {
      file = Path.of(name);
      if (!name.isEmpty() && Files.readString(file).isBlank()) {
        keys.fault(key, "the file is empty", "put the secret into it");
      }
    } catch (IOException | InvalidPathException e) {
      keys.fault(key, "can't be read", "check that it is there and its permissions");
      return () -> "";
    }
    SecretFile.exposure(file).ifPresent(exposure -> keys.fault(key + "=" + name + ": " + exposure));
    return () -> {
      try {
        return Files.readString(file).strip();
      } catch (IOException e) {
        return ""; // refused where it is used, which says so
      }
    };
  }
}
