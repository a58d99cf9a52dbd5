package uk.onefileroutes.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values are those that Camel's properties component finds in a context of its own. */
class KeySourceTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "",
        "{{other}}",
        "before {{other}} behind",
        "{{missing}}",
        "{{missing:else}}",
        "{{?missing}}",
        "x{{?missing}}y",
        "{{env:PATH}}",
        "{{env:NO_SUCH_VARIABLE:else}}",
        "{{sys:java.version}}",
        "{{nobean:x}}",
        "{{nested}}",
        "{{value}}",
        "half {{",
        "half }}",
        "(a{2}){3}",
        "'{{'",
        "\\\\{{other\\\\}}",
        "{{key.of.system}}",
        "{{path}}",
      })
  void aValueIsWhatCamelMakesOfIt(String value) throws Exception {
    System.setProperty("key.of.system", "by -D");
    try {
      String file =
          "other=another\nnested={{other}}s\nvalue=" + value + "\nkey.of.system=by file\npath=x\n";
      Map<String, String> values = source(file).values(List.of("value"), List.of());

      for (String key : List.of("value", "other", "nested", "key.of.system", "path")) {
        assertThat(Optional.ofNullable(values.get(key))).as(key).isEqualTo(byCamel(file, key));
      }
    } finally {
      System.clearProperty("key.of.system");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a:b", "a?b", "!a", "camelCase", "a{{b}}", "UPPER", "java.version"})
  void soIsThatOfAnOddName(String key) throws Exception {
    String file = key.replace(":", "\\:").replace("!", "\\!") + "=true\n";

    assertThat(Optional.ofNullable(source(file).values(List.of(), List.of()).get(key)))
        .isEqualTo(byCamel(file, key));
  }

  @Test
  void keysOfAFamilyMayComeFromOutside() throws Exception {
    System.setProperty("delivery.closed.bank-holiday", "never");
    try {
      assertThat(source("").values(List.of(), List.of("delivery.closed.")))
          .containsEntry("delivery.closed.bank-holiday", "never");
    } finally {
      System.clearProperty("delivery.closed.bank-holiday");
    }
  }

  private KeySource source(String text) throws IOException {
    return KeySource.of(
        Files.writeString(folder.resolve("application.properties"), text), new ArrayList<>());
  }

  private static Optional<String> byCamel(String text, String key) throws IOException {
    Properties keys = new Properties();
    keys.load(new java.io.StringReader(text));
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      PropertiesComponent lookup = new PropertiesComponent();
      lookup.setCamelContext(camel);
      lookup.setInitialProperties(keys);
      lookup.start();
      return lookup.resolveProperty(key);
    }
  }
}
