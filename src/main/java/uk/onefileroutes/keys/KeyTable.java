package uk.onefileroutes.keys;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * All keys that one kind of file may have. Each topic adds its own while its class is loaded; full,
 * it does not change any more.
 */
public record KeyTable(List<Topic> topics) {

  /** Keys that belong together, in the order in which people read them. */
  public static final class Topic {
    private final String title;
    private final boolean isOfProcess;
    private final List<Key<?>> keys = new ArrayList<>();

    public Topic(String title) {
      this(title, false);
    }

    private Topic(String title, boolean isOfProcess) {
      this.title = title;
      this.isOfProcess = isOfProcess;
    }

    /** Keys that hold for the whole process, so that no account has its own. */
    public static Topic ofProcess(String title) {
      return new Topic(title, true);
    }

    /** Adds the key, which is returned: a constant's declaration is all that there is of it. */
    public <T> Key<T> add(Key<T> key) {
      keys.add(key);
      return key;
    }

    /** What it is about. */
    public String title() {
      return title;
    }

    /** Whether its keys hold for the whole process. */
    public boolean isOfProcess() {
      return isOfProcess;
    }

    /** Its keys. */
    public List<Key<?>> keys() {
      return List.copyOf(keys);
    }
  }

  public KeyTable(Topic... topics) {
    this(List.of(topics));
  }

  /** All of them. */
  public List<Key<?>> keys() {
    return topics.stream().<Key<?>>flatMap(topic -> topic.keys().stream()).toList();
  }

  /** All names that can be told in advance. */
  public List<String> names() {
    return keys().stream().flatMap(key -> key.names().stream()).toList();
  }

  /** What keys with any name begin with. */
  public List<String> families() {
    return keys().stream()
        .flatMap(key -> key.names().isEmpty() ? Stream.of(key.name()) : Stream.of())
        .toList();
  }

  /** Whether there is a key of this name. */
  public boolean has(String name) {
    return keys().stream().anyMatch(key -> key.covers(name));
  }

  /** Whether the value of this key is a secret; that the name of its file is not. */
  public boolean isSecret(String name) {
    return keys().stream().anyMatch(key -> key.isSecret() && key.name().equals(name));
  }
}
