package uk.onefileroutes.config;

import java.io.IOException;
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
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.spi.PropertiesSource;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.keys.KeyFile;

/**
 * The values of keys, in the order of Camel Main: an environment variable, else a system property,
 * else {@code application.properties}. A variable that only Kubernetes set is none ({@link
 * ServiceLinks}). No Camel context is started for it, and Camel's placeholder parser is loaded only
 * for a value that has a placeholder: commands and refusals are to be quick.
 */
final class KeySource {
  // a placeholder, or half of one, or what Camel takes for a part of one
  private static final Pattern FOR_CAMEL = Pattern.compile("\\{\\{|}}");
  // and a capital letter, before which Camel looks for a variable with _ too
  private static final Pattern NAME_FOR_CAMEL = Pattern.compile("^$|[:?!{}\\p{Lu}]");

  private final Path file;
  private final Properties ownKeys = new Properties();

  private KeySource(Path file) {
    this.file = file;
  }

  /**
   * @param file may be missing: then there are only the other sources
   * @param faults to which this adds what is wrong with the file as such
   * @throws IOException if it is there and can't be read
   */
  static KeySource of(Path file, List<String> faults) throws IOException {
    KeySource source = new KeySource(file);
    if (Files.exists(file)) {
      KeyFile.readLast(file, String.valueOf(file.getFileName()), faults)
          .forEach(source.ownKeys::setProperty);
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
  Map<String, String> values(Collection<String> names, List<String> families) {
    Map<String, String> values = new HashMap<>();
    Stream.of(
            ownKeys.stringPropertyNames().stream(),
            names.stream(),
            families.stream().flatMap(KeySource::named))
        .flatMap(keys -> keys)
        .forEach(key -> value(key, ownKeys).ifPresent(value -> values.put(key, value)));
    return values;
  }

  /** The effective value of one key; the others are not read. */
  Optional<String> value(String key) {
    return value(key, ownKeys);
  }

  /** The value that a key has from a system property or an environment variable. */
  static Optional<String> outside(String key) {
    return value(key, new Properties());
  }

  private static Optional<String> value(String key, Properties file) {
    String value = variable(key);
    if (NAME_FOR_CAMEL.matcher(key).find()) {
      return byCamel(key, file);
    }
    if (value == null) {
      value = System.getProperty(key);
    }
    if (value == null) {
      value = file.getProperty(key);
    }
    return value != null && FOR_CAMEL.matcher(value).find()
        ? byCamel(key, file)
        : Optional.ofNullable(value);
  }

  private static @Nullable String variable(String key) {
    String exact = System.getenv(key.toUpperCase(Locale.ROOT));
    String value = exact == null ? System.getenv(variableOf(key)) : exact;
    return value != null && ServiceLinks.isOne(key, value) ? null : value;
  }

  /** The environment variable of a key. */
  static String variableOf(String key) {
    return key.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
  }

  /** Camel's own parser, for placeholders in a value. Without a context it knows no beans. */
  private static Optional<String> byCamel(String key, Properties file) {
    PropertiesComponent lookup =
        new PropertiesComponent() {
          @Override
          public void updateResolvedValue(String name, String value, String source) {
            // what was found where is noted by a part that only a context starts
          }
        };
    lookup.addPropertiesSource(
        new PropertiesSource() {
          @Override
          public String getName() {
            return "application";
          }

          @Override
          public @Nullable String getProperty(String name) {
            return file.getProperty(name);
          }
        });
    return lookup.resolveProperty(key);
  }

  /**
   * Keys of a family that system properties and environment variables name:
   * DELIVERY_CLOSED_BANK_HOLIDAY.
   */
  private static Stream<String> named(String family) {
    String variable = variableOf(family);
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
