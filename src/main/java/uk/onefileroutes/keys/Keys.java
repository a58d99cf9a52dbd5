package uk.onefileroutes.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one file, read by their declarations. Faults are collected, one line each with file,
 * key, value and remedy; what has a fault reads as if it were missing. Use once, by one thread.
 */
public final class Keys {
  // a login before the host of a URL, a password among its parameters
  private static final Pattern SECRET_PART =
      Pattern.compile("((?<=://)(?=[^/@]*@)|(?i:password|pwd)=)[^/@;&]*");

  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private final String file;
  private final Map<String, String> values;
  private final List<String> faults;
  private final int faultsBefore;
  private String inheritedFrom = "";
  private Predicate<String> isInherited = name -> false;

  /**
   * @param file what it is called in faults
   * @param faults to which this adds its own
   */
  public Keys(String file, Map<String, String> values, List<String> faults) {
    this.file = file;
    this.values = values;
    this.faults = faults;
    this.faultsBefore = faults.size();
  }

  /**
   * The same where some keys stand in another file.
   *
   * @param other what that one is called in faults
   */
  public Keys inheriting(String other, Predicate<String> keys) {
    inheritedFrom = other;
    isInherited = keys;
    return this;
  }

  /** Whether any fault was found in these keys. */
  public boolean isFaulty() {
    return faults.size() > faultsBefore;
  }

  /** Whether the key has a value, be it a faulty one. */
  public boolean isSet(Key<?> key) {
    return isSet(key.name());
  }

  /** The same for a key of a family, or the one that names a secret's file. */
  public boolean isSet(String name) {
    return !values.getOrDefault(name, "").isBlank();
  }

  /** What the key says; its default where it is missing. Only for a key that has one. */
  public <T> T get(Key<T> key) {
    return find(key).orElseGet(() -> defaultOf(key));
  }

  /** What the key says by default. Only for a key that has one. */
  public static <T> T defaultOf(Key<T> key) {
    if (key.defaultValue() == null) {
      throw new IllegalStateException(key + " has no default");
    }
    return key.type().parser().parse(key.defaultValue(), key.rightValue());
  }

  /** What the key says, without its default. */
  public <T> Optional<T> find(Key<T> key) {
    String value = values.get(key.name());
    return value == null ? Optional.empty() : parsed(key, key.name(), value);
  }

  /** What the key says; that it is missing is a fault, whose remedy is declared with it. */
  public <T> Optional<T> need(Key<T> key) {
    if (!values.containsKey(key.name())) {
      fault(key + ": missing; " + key.text().remedy());
    }
    return find(key);
  }

  /** What the keys of a family say, by what follows the dot, sorted by that. */
  public <T> Map<String, T> family(Key<T> family) {
    Map<String, T> all = new TreeMap<>();
    for (String key : new TreeSet<>(values.keySet())) {
      if (key.startsWith(family.name()) && family.covers(key)) {
        String word = key.substring(family.name().length()).strip();
        if (word.isEmpty()) {
          fault(key + ": nothing follows the dot; complete the key");
        } else {
          parsed(family, key, values.getOrDefault(key, ""))
              .ifPresent(value -> all.put(word, value));
        }
      }
    }
    return all;
  }

  private <T> Optional<T> parsed(Key<T> key, String name, String value) {
    String text = key.type().isVerbatim() ? value : value.strip();
    if (text.isEmpty() && !key.type().isVerbatim()) {
      fault(name + "=: has no value; give one or remove the key");
      return Optional.empty();
    }
    if (!key.type().isVerbatim() && !key.isSecret() && CONTROL.matcher(text).find()) {
      fault(
          "%s=%s: has a tab or a line end within, which a single \\ before t, n, r or f makes; write / or \\\\ in its place"
              .formatted(name, CONTROL.matcher(shown(key, text)).replaceAll(" ")));
      return Optional.empty();
    }
    try {
      return Optional.of(key.type().parser().parse(text, key.rightValue()));
    } catch (IllegalArgumentException e) {
      fault(name + "=" + shown(key, value) + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  /** A secret, or what the file holds that is named in its place; null where neither is set. */
  public @Nullable String secret(Key<String> key) {
    Supplier<String> value = rereadSecret(key);
    return value == null ? null : value.get();
  }

  /** As {@link #secret}, with a file read again each time; then one that can't be read is empty. */
  public @Nullable Supplier<String> rereadSecret(Key<String> key) {
    Key<String> named = Key.text(key.name() + Key.FILE);
    Optional<String> value = find(key);
    if (values.containsKey(key.name()) && values.containsKey(named.name())) {
      fault(key + " and " + named + ": both are set; remove one");
      return () -> "";
    }
    if (values.containsKey(named.name())) {
      return find(named).map(name -> reader(named, name)).orElse(() -> "");
    }
    return values.containsKey(key.name()) ? () -> value.orElse("") : null;
  }

  private Supplier<String> reader(Key<String> key, String name) {
    Path path;
    try {
      path = Path.of(name);
      if (Files.readString(path).isBlank()) {
        refuse(key, "the file is empty", "put the secret into it");
      }
    } catch (IOException | InvalidPathException e) {
      refuse(key, "can't be read", "check that it is there and its permissions");
      return () -> "";
    }
    SecretFile.exposure(path).ifPresent(exposure -> fault(key + "=" + name + ": " + exposure));
    return () -> {
      try {
        return Files.readString(path).strip();
      } catch (IOException e) {
        return ""; // refused where it is used, which says so
      }
    };
  }

  /** Finds fault with every key that the table does not have. Comes last. */
  public void refuseUnknown(KeyTable table) {
    for (String key : new TreeSet<>(values.keySet())) {
      if (!table.has(key)) {
        // Without its value: a misspelt key may well be a password's.
        String nearest =
            Nearest.to(key, table.names())
                .map(near -> "did you mean " + near + "?")
                .orElse("remove it");
        fault(key + ": unknown key; " + nearest);
      }
    }
  }

  /** A fault in a key's value. The value is shown, unless it is a secret. */
  public void refuse(Key<?> key, String what, String remedy) {
    refuse(key, key.name(), what, remedy);
  }

  /** A fault in the value of a key of a family. */
  public void refuse(Key<?> key, String name, String what, String remedy) {
    fault(name + "=" + shown(key, values.getOrDefault(name, "")) + ": " + what + "; " + remedy);
  }

  /** Faults end up in logs and tickets. */
  private static String shown(Key<?> key, String value) {
    return key.isSecret() ? "***" : SECRET_PART.matcher(value).replaceAll("$1***");
  }

  /** A fault of another kind; the same one is told once. */
  public void fault(String line) {
    String key = line.split("[=:]", 2)[0];
    String told = (isInherited.test(key) ? inheritedFrom : file) + ": " + line;
    if (!faults.contains(told)) {
      faults.add(told);
    }
  }
}
