package uk.onefileroutes.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.onefileroutes.keys.KeyTable;

/** The shipped compose.yaml agrees with the keys, with the Dockerfile and with itself. */
class ComposeTest {
  private static final ObjectMapper YAML =
      YAMLMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();
  private static final String SECRETS = "/run/secrets/";
  private static final KeyTable TABLE = Configuration.keys();

  private static DockerfileText dockerfile;
  private static JsonNode compose;
  private static JsonNode routes;
  private static JsonNode ledger;

  @TempDir Path folder;

  @BeforeAll
  static void read() throws IOException {
    dockerfile = new DockerfileText();
    compose = YAML.readTree(Path.of("src/deploy/compose.yaml").toFile());
    routes = compose.path("services").path("routes");
    ledger = compose.path("services").path("ledger");
  }

  @Test
  void whatItSetsAreKeysWithoutFault() throws Exception {
    Map<String, String> names =
        TABLE.names().stream().collect(Collectors.toMap(KeySource::variableOf, key -> key));
    Map<String, String> keys = new HashMap<>();
    for (Map.Entry<String, JsonNode> variable : routes.path("environment").properties()) {
      assertThat(names).containsKey(variable.getKey());
      String key = names.get(variable.getKey());
      assertThat(TABLE.isSecret(key)).as("%s stands there for all to read", key).isFalse();
      String value = variable.getValue().asText();
      keys.put(key, value.startsWith(SECRETS) ? secret(value) : value);
    }

    Configuration read =
        Configuration.of(
            Folders.of(Path.of("config"), Path.of("routes"), folder.resolve("data")),
            keys,
            List.of());

    assertThat(read.ledger().file()).as("in PostgreSQL").isEmpty();
    assertThat(read.ledger().password()).isEqualTo("of ledger-password");
    assertThat(read.onefile().customerToken().get()).isEqualTo("of customer-token");
    assertThat(read.management().login().password()).contains("of management-password");
  }

  private String secret(String inContainer) throws IOException {
    String name = inContainer.substring(SECRETS.length());
    Path file = Files.writeString(folder.resolve(name), "of " + name);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file.toString();
  }

  @Test
  void secretsAreFilesThatAreGivenToWhoNamesThem() {
    for (JsonNode service : List.of(routes, ledger)) {
      List<String> named =
          service.path("environment").properties().stream()
              .filter(variable -> variable.getKey().endsWith("_FILE"))
              .map(variable -> variable.getValue().asText().substring(SECRETS.length()))
              .toList();
      assertThat(texts(service.path("secrets"))).isNotEmpty().hasSameElementsAs(named);
    }
    assertThat(compose.path("secrets").properties())
        .hasSize(3)
        .allSatisfy(
            secret ->
                assertThat(secret.getValue().path("file").asText())
                    .isEqualTo("./secrets/" + secret.getKey()));
  }

  @Test
  void itRunsTheImageAsTheDockerfileMeansIt() {
    assertThat(routes.path("user").asText()).isEqualTo(dockerfile.after("USER"));
    assertThat(texts(routes.path("healthcheck").path("test")).subList(1, 10))
        .isEqualTo(dockerfile.healthCommand());
    dockerfile
        .healthOptions()
        .forEach(
            (option, value) ->
                assertThat(routes.path("healthcheck").path(option.replace('-', '_')).asText())
                    .as(option)
                    .isEqualTo(value));
    assertThat(dockerfile.healthOptions()).hasSize(4);
    assertThat(texts(routes.path("volumes"))).contains("data:" + dockerfile.after("VOLUME"));
    assertThat(routes.has("command") || routes.has("entrypoint")).isFalse();
  }

  @Test
  void onlyTheLoopbackOfTheHostReachesIt() {
    assertThat(texts(routes.path("ports")))
        .isEqualTo(
            dockerfile.ports().stream().map(port -> "127.0.0.1:" + port + ":" + port).toList());
    assertThat(ledger.has("ports")).isFalse();
    assertThat(compose.path("networks").path("ledger").path("internal").asBoolean()).isTrue();
    assertThat(texts(ledger.path("networks"))).containsExactly("ledger");
  }

  @Test
  void bothMayDoLittle() {
    for (JsonNode service : List.of(routes, ledger)) {
      assertThat(service.path("read_only").asBoolean()).isTrue();
      assertThat(texts(service.path("security_opt"))).containsExactly("no-new-privileges:true");
      assertThat(service.has("privileged")).isFalse();
      assertThat(service.path("mem_limit").asText()).endsWith("m");
    }
    assertThat(texts(routes.path("cap_drop"))).containsExactly("ALL");
    assertThat(texts(routes.path("tmpfs"))).singleElement().asString().startsWith("/tmp:");
  }

  @Test
  void itIsOneInstanceWhichWaitsForItsLedger() {
    assertThat(routes.has("scale") || routes.has("deploy")).isFalse();
    assertThat(routes.path("depends_on").path("ledger").path("condition").asText())
        .isEqualTo("service_healthy");
    assertThat(ledger.path("healthcheck").path("test").path(1).asText()).isEqualTo("pg_isready");
    String url = routes.path("environment").path("LEDGER_URL").asText();
    assertThat(url)
        .contains("//ledger:5432/" + ledger.path("environment").path("POSTGRES_DB").asText() + "?");
    assertThat(ledger.path("environment").path("POSTGRES_USER"))
        .isEqualTo(routes.path("environment").path("LEDGER_USER"));
  }

  @Test
  void whatIsNamedIsThere() {
    for (JsonNode service : List.of(routes, ledger)) {
      assertThat(names(compose.path("networks"))).containsAll(texts(service.path("networks")));
      assertThat(names(compose.path("volumes")))
          .containsAll(
              texts(service.path("volumes")).stream()
                  .map(volume -> volume.replaceAll(":.*", ""))
                  .toList());
    }
  }

  @Test
  void thePostgreSqlIsThatOfTheTests() throws IOException {
    String version =
        Files.readString(Path.of("pom.xml"))
            .replaceAll("(?s).*<postgres-server.version>([\\d.]+)\\.0</.*", "$1");
    assertThat(ledger.path("image").asText()).isEqualTo("postgres:" + version);
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static Set<String> names(JsonNode members) {
    List<String> names = new ArrayList<>();
    members.fieldNames().forEachRemaining(names::add);
    return Set.copyOf(names);
  }
}
