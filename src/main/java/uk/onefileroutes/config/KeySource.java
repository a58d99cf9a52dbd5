package uk.onefileroutes.config;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * The values of keys: from {@code application.properties}, system properties and environment
 * variables, looked up by Camel's own properties component, so that our keys and Camel's obey the
 * same order.
 */
final class KeySource {
  private final Path file;
  private final Properties ownKeys = new Properties();

  private KeySource(Path file) {
    this.file = file;
  }

  /**
   * @param file may be missing: then there are only the other sources
   * @throws IOException if it is there and can't be read
   */
  static KeySource of(Path file) throws IOException {
    KeySource source = new KeySource(file);
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
        source.ownKeys.load(reader);
      }
    }
    return source;
  }

  /**
   * The effective values.
   *
   * @param names keys that are known; the other sources are asked for them
   * @param families prefixes of keys that may have any name
   * @return these, and whatever else stands in the file
   */
  Map<String, String> values(Collection<String> names, List<String> families) throws IOException {
    Map<String, String> values = new HashMap<>();
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      PropertiesComponent lookup = lookup(camel, ownKeys);
      ownKeys.stringPropertyNames().forEach(key -> put(values, lookup, key));
      names.forEach(key -> put(values, lookup, key));
      families.forEach(family -> named(family).forEach(key -> put(values, lookup, key)));
    }
    return values;
  }

  /** The value that a key has from a system property or an environment variable. */
  static Optional<String> outside(String key) {
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      return lookup(camel, new Properties()).resolveProperty(key);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PropertiesComponent lookup(DefaultCamelContext camel, Properties keys) {
    PropertiesComponent lookup = new PropertiesComponent();
    lookup.setCamelContext(camel);
    lookup.setInitialProperties(keys);
    lookup.start();
    return lookup;
  }

  private static void put(Map<String, String> values, PropertiesComponent lookup, String key) {
    lookup.resolveProperty(key).ifPresent(value -> values.put(key, value));
  }

  /**
   * Keys of a family that system properties and environment variables name:
   * DELIVERY_CLOSED_BANK_HOLIDAY.
   */
  private static Stream<String> named(String family) {
    String variable = family.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    Stream<String> variables =
        System.getenv().keySet().stream()
            .filter(name -> name.startsWith(variable) && name.length() > variable.length())
            .map(
                name ->
                    family
                        + name.substring(variable.length())
                            .toLowerCase(Locale.ROOT)
                            .replace('_', '-'));
    Stream<String> properties =
        System.getProperties().stringPropertyNames().stream()
            .filter(name -> name.startsWith(family) && name.length() > family.length());
    return Stream.concat(variables, properties);
  }

  /** The names of the keys that stand in the file. */
  Set<String> ownNames() {
    return new TreeSet<>(ownKeys.stringPropertyNames());
  }

  /** The keys of the file that are Camel's. */
  Properties camelKeys() {
    Properties camel = new Properties();
    ownKeys.stringPropertyNames().stream()
        .filter(key -> key.startsWith("camel."))
        .forEach(key -> camel.setProperty(key, ownKeys.getProperty(key)));
    return camel;
  }

  Path file() {
    return file;
  }
}
