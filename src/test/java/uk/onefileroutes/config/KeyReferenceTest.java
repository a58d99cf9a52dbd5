package uk.onefileroutes.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.onefileroutes.feed.FeedFiles;
import uk.onefileroutes.keys.Key;
import uk.onefileroutes.keys.KeyTable;
import uk.onefileroutes.keys.Keys;
import uk.onefileroutes.keys.Type;

/**
 * What is printed from the declarations of keys is not stale: the reference, the shipped file and
 * the schemas for editors. To print them again, run this and {@code cp -r target/printed/. .}
 */
class KeyReferenceTest {
  private static final Path PRINTED = Path.of("target/printed");
  private static final Pattern SECRET = Pattern.compile(".*(token|password|passphrase|secret)");

  private static final String HEAD =
      """
      # Onefile Assignment Routes: every key of the application. Printed from the code that reads them.
      #
      # A key that is commented out shows its default, or an example where it has none; remove the # to set it. A key without a value
      # is refused, unless it says otherwise. An unknown key is refused too. Wrong values are never repaired: the start prints all faults
      # at once and ends with 2.
      # Durations: 500ms, 5s, 1m, 24h, 7d. This file is UTF-8. docs/configuration.md says how an editor completes and checks the keys.
      #
      # Each key may also come from the environment (upper case, . and - become _: ONEFILE_BASE_URL) or as -Donefile.base-url=... before
      # -jar. The environment wins over -D, and -D wins over this file. Keys are read once, at the start.
      # Keys that begin with camel. are Camel's own; they go to Camel as they are.
      # Secrets: give each by the environment, or by the key of the same name with -file behind it: a file that holds the secret and nothing
      # else; give one of the two, never both. Such a file must be its owner's alone (chmod 600), the owner being who the process runs as, or
      # the start is refused; a group may read it where it is another's, such as root's. In /run/secrets the platform's rights hold. A secret
      # in this file, or given by -D, is warned of where others can read it.
      """;
  private static final String ESSENTIAL =
      "Essential. There is no default. They usually come from the environment, so that this file is the same everywhere and holds no secret: ONEFILE_BASE_URL and ONEFILE_CUSTOMER_TOKEN.";

  @Test
  void theReferenceIsPrintedFromTheDeclarations() throws IOException {
    printed(
        "src/docs/keys.md",
        """
        <!-- Printed by KeyReferenceTest from the declarations of the keys. Don't edit it. -->
        # Every key

        [Configuration](configuration.md) says where keys come from. Where a feed has no `plan.` key, that of the application holds.
        """
            + KeyPrinter.markdown("`config/application.properties`", Configuration.keys())
            + KeyPrinter.markdown("`config/feeds/<name>.properties`", FeedFiles.keys()));
  }

  @Test
  void theShippedFileIsPrintedFromTheDeclarations() throws IOException {
    printed(
        "config/application.properties",
        KeyPrinter.properties(Configuration.keys(), HEAD, ESSENTIAL, "Common."));
  }

  @Test
  void theSchemaOfApplicationKeysIsPrintedFromTheDeclarations() throws IOException {
    printed(
        "config/application.schema.json",
        KeyPrinter.schema(
            "config/application.properties", Configuration.keys(), List.of("^camel\\.")));
  }

  @Test
  void theSchemaOfFeedKeysIsPrintedFromTheDeclarations() throws IOException {
    printed(
        "config/feed.schema.json",
        KeyPrinter.schema("config/feeds/<name>.properties", FeedFiles.keys(), List.of()));
  }

  private static void printed(String name, String text) throws IOException {
    Path shipped = Path.of(name);
    Path right = PRINTED.resolve(name);
    Files.createDirectories(right.getParent());
    Files.writeString(right, text);
    assertThat(Files.exists(shipped) ? Files.readString(shipped) : "")
        .as("%s is stale; the right one is %s: look at it and cp -r %s/. .", name, right, PRINTED)
        .isEqualTo(text);
  }

  static Stream<Key<?>> keys() {
    return Stream.of(Configuration.keys(), FeedFiles.keys())
        .flatMap(table -> table.keys().stream());
  }

  @ParameterizedTest
  @MethodSource("keys")
  void aDeclarationIsComplete(Key<?> key) {
    assertThat(key.text().meaning()).endsWith(".");
    assertThat(key.text().raised()).matches("|[A-Z].*\\.");
    assertThat(key.isSecret() || !SECRET.matcher(key.name()).matches()).isTrue();
    if (key.family() == null && key.defaultValue() != null) {
      assertThat(Keys.defaultOf(key)).isNotNull();
    }
    if (key.family() == null && key.type().kind() != Type.Kind.WORD) {
      assertThat(key.rightValue()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("keys")
  void theSchemaAcceptsWhatTheCodeDoes(Key<?> key) throws IOException {
    for (String schema : List.of("config/application.schema.json", "config/feed.schema.json")) {
      KeyTable table = schema.contains("feed") ? FeedFiles.keys() : Configuration.keys();
      JsonNode members = new ObjectMapper().readTree(Path.of(schema).toFile()).path("properties");
      if (table.keys().contains(key) && key.family() == null) {
        JsonNode member = members.path(key.name());
        assertThat(accepts(member, key.rightValue())).as(key.name()).isTrue();
        key.type().words().forEach(word -> assertThat(accepts(member, word)).as(word).isTrue());
        Type.Range range = key.type().range();
        if (key.type().kind() == Type.Kind.NUMBER && range != null) {
          long ceiling = Long.parseLong(range.ceiling());
          assertThat(accepts(member, range.floor())).isTrue();
          assertThat(accepts(member, range.ceiling())).isTrue();
          assertThat(accepts(member, Long.toString(ceiling + 1))).as(key.name()).isFalse();
        }
        if (key.type().kind() != Type.Kind.TEXT) {
          assertThat(accepts(member, "no such value")).as(key.name()).isFalse();
        }
      }
    }
  }

  /** As a validator judges by the words of JSON Schema that are used here. */
  private static boolean accepts(JsonNode schema, String value) {
    if (schema.has("anyOf")) {
      for (JsonNode way : schema.path("anyOf")) {
        if (accepts(way, value)) {
          return true;
        }
      }
      return false;
    }
    if (schema.has("enum")) {
      return Stream.of(schema.path("enum"))
          .flatMap(words -> java.util.stream.StreamSupport.stream(words.spliterator(), false))
          .anyMatch(word -> word.asText().equals(value));
    }
    if (schema.path("type").asText().equals("integer")) {
      return value.matches("-?\\d+")
          && Long.parseLong(value) >= schema.path("minimum").asLong(Long.MIN_VALUE)
          && Long.parseLong(value) <= schema.path("maximum").asLong(Long.MAX_VALUE);
    }
    return schema.path("type").isArray()
        || (schema.path("type").asText().equals("string")
            && Pattern.compile(schema.path("pattern").asText()).matcher(value).find());
  }

  @Test
  void everyKeyOfFeedsStandsInAnExample() throws IOException {
    StringBuilder shipped = new StringBuilder();
    try (Stream<Path> files = Files.list(Path.of("config/feeds"))) {
      for (Path file : files.toList()) {
        shipped.append('\n').append(Files.readString(file));
      }
    }
    assertThat(FeedFiles.keys().keys())
        .flatExtracting(key -> key.family() == null ? key.names() : List.of(key.name()))
        .filteredOn(key -> !Pattern.compile("(?m)^#?" + Pattern.quote(key)).matcher(shipped).find())
        .isEmpty();
  }
}
