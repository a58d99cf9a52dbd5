package uk.onefileroutes.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.dsl.yaml.YamlRoutesBuilderLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The routes are what editors of Camel's YAML expect: valid by the schema that Camel ships, and
 * without its shorthand, in which a step is a bare text and can have no id.
 */
class RouteSchemaTest {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final JsonSchema SCHEMA = schema();

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("routes"))) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void theFileIsWhatTheSchemaSays(Path file) throws IOException {
    assertThat(SCHEMA.validate(YAML.readTree(Files.readString(file)))).isEmpty();
  }

  @Test
  void aStepThatIsABareTextAndAnUnknownMemberAreFound() throws IOException {
    String deliver = Files.readString(Path.of("routes/deliver.camel.yaml"));
    String bare =
        deliver.replaceFirst(
            "- to:\\s+id: to-call-onefile\\s+description: .*\\s+uri: direct:call-onefile",
            "- to: direct:call-onefile");
    String unknown = deliver.replace("parallelProcessing:", "parallel-processing:");

    assertThat(List.of(bare, unknown)).doesNotContain(deliver);
    assertThat(SCHEMA.validate(YAML.readTree(bare))).isNotEmpty();
    assertThat(SCHEMA.validate(YAML.readTree(unknown))).isNotEmpty();
  }

  private static JsonSchema schema() {
    try (InputStream shipped =
        YamlRoutesBuilderLoader.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
      JsonNode schema = new ObjectMapper().readTree(shipped);
      for (Map.Entry<String, JsonNode> definition :
          schema.path("items").path("definitions").properties()) {
        // expressions may be texts: everybody writes them so
        if (definition.getKey().startsWith("org.apache.camel.model.")
            && !definition.getKey().contains(".language.")) {
          withoutShorthand(definition.getValue());
        }
      }
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4).getSchema(schema);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void withoutShorthand(JsonNode definition) {
    if (definition.path("oneOf") instanceof ArrayNode forms && forms.size() > 1) {
      for (int i = forms.size() - 1; i >= 0; i--) {
        if (forms.path(i).path("type").asText().equals("string")) {
          forms.remove(i);
        }
      }
    }
  }
}
