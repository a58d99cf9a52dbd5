package uk.onefileroutes.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.onefileroutes.ports.ManagementServer;
import uk.onefileroutes.testing.TestKey;

/** The Kubernetes manifests have only fields that there are, and agree with keys and image. */
class ManifestsTest {
  private static final Path MANIFESTS = Path.of("src/deploy/kubernetes");
  private static final String SECRETS = "/run/secrets/onefile-routes/";
  private static final long MIB = 1 << 20;

  /** What is in a manifest, by its kind. */
  private static final Map<String, Class<? extends HasMetadata>> KINDS =
      Map.of(
          "ConfigMap", ConfigMap.class,
          "NetworkPolicy", NetworkPolicy.class,
          "PodDisruptionBudget", PodDisruptionBudget.class,
          "Secret", Secret.class,
          "Service", Service.class,
          "StatefulSet", StatefulSet.class);

  /** The model takes up what it does not know; here that is a fault. */
  private static final ObjectMapper STRICT =
      YAMLMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .annotationIntrospector(
              new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1L;

                @Override
                public Boolean hasAnySetter(Annotated member) {
                  return false;
                }
              })
          .build();

  private static DockerfileText dockerfile;
  private static List<HasMetadata> all;
  private static StatefulSet set;
  private static PodSpec pod;
  private static Container container;

  @TempDir Path folder;

  @BeforeAll
  static void read() throws IOException {
    dockerfile = new DockerfileText();
    all = new ArrayList<>();
    for (Path file : files()) {
      all.addAll(parsed(Files.readString(file)));
    }
    set = the(StatefulSet.class);
    pod = set.getSpec().getTemplate().getSpec();
    container = pod.getContainers().get(0);
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(MANIFESTS)) {
      return files.sorted().toList();
    }
  }

  private static List<HasMetadata> parsed(String text) throws IOException {
    List<HasMetadata> objects = new ArrayList<>();
    for (JsonNode node : STRICT.readerFor(JsonNode.class).<JsonNode>readValues(text).readAll()) {
      HasMetadata object =
          STRICT.treeToValue(node, KINDS.getOrDefault(node.path("kind").asText(), Service.class));
      assertThat(object.getApiVersion()).isEqualTo(HasMetadata.getApiVersion(object.getClass()));
      assertThat(object.getKind()).isEqualTo(HasMetadata.getKind(object.getClass()));
      objects.add(object);
    }
    return objects;
  }

  private static <T extends HasMetadata> T the(Class<T> kind) {
    return all.stream().filter(kind::isInstance).map(kind::cast).findFirst().orElseThrow();
  }

  private static List<String> names(Class<? extends HasMetadata> kind) {
    return all.stream()
        .filter(kind::isInstance)
        .map(object -> object.getMetadata().getName())
        .toList();
  }

  @Test
  void allAreThereAndTheSecretIsNotAppliedWithThem() throws IOException {
    assertThat(all)
        .extracting(HasMetadata::getKind)
        .containsExactlyInAnyOrder(
            "ConfigMap",
            "ConfigMap",
            "NetworkPolicy",
            "PodDisruptionBudget",
            "Secret",
            "Service",
            "StatefulSet");
    assertThat(files())
        .extracting(file -> file.getFileName().toString())
        .allMatch(name -> name.matches("[a-z-]+\\.yaml(\\.example)?"))
        .filteredOn(name -> !name.endsWith(".yaml"))
        .containsExactly("secret.yaml.example");
  }

  @ParameterizedTest
  @CsvSource({
    "readinessProbe, readynessProbe",
    "enableServiceLinks, enableServicelinks",
    "terminationGracePeriodSeconds, terminationGraceSeconds",
    "fsGroupChangePolicy, fsGroupChange",
    "readOnlyRootFilesystem, readOnlyRootFileSystem",
    "scheme, schema",
    "sizeLimit, size",
    "defaultMode, mode",
    "maxUnavailable, maxUnavailabel",
    "namespaceSelector, nameSpaceSelector",
    "publishNotReadyAddresses, publishNotReady",
    "stringData, stringdata"
  })
  void aMisspeltFieldIsFound(String right, String wrong) throws IOException {
    List<Path> having = new ArrayList<>();
    for (Path file : files()) {
      String text = Files.readString(file);
      if (text.contains(" " + right + ":") || text.contains("\n" + right + ":")) {
        having.add(file);
        assertThatThrownBy(() -> parsed(text.replace(right + ":", wrong + ":")))
            .isInstanceOf(UnrecognizedPropertyException.class)
            .hasMessageContaining("\"" + wrong + "\"");
      }
    }
    assertThat(having).isNotEmpty();
  }

  @Test
  void keysAndFeedsAreWithoutFault() throws Exception {
    Path config = Files.createDirectories(folder.resolve("config"));
    Path feeds = Files.createDirectories(config.resolve("feeds"));
    Path secrets = Files.createDirectories(folder.resolve("secrets"));
    Files.copy(TestKey.make(folder, "dns:onefile-routes").file(), secrets.resolve("ports.p12"));
    Files.writeString(secrets.resolve("ports-password"), TestKey.PASSWORD);
    for (String name : the(Secret.class).getStringData().keySet()) {
      Path file = secrets.resolve(name);
      if (!Files.exists(file)) {
        Files.writeString(file, "of " + name);
      }
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
    for (HasMetadata object : all) {
      if (object instanceof ConfigMap map) {
        boolean isFeeds = map.getMetadata().getName().endsWith("-feeds");
        for (Map.Entry<String, String> file : map.getData().entrySet()) {
          Files.writeString(
              (isFeeds ? feeds : config).resolve(file.getKey()),
              file.getValue().replace(SECRETS, secrets + "/"));
        }
      }
    }

    Configuration read =
        Configuration.read(Folders.of(config, Path.of("routes"), folder.resolve("data")));

    assertThat(read.exposed()).isEmpty();
    assertThat(read.feeds()).hasSize(1);
    assertThat(read.onefile().customerToken().get()).isEqualTo("of customer-token");
    assertThat(read.ledger().file()).as("in PostgreSQL").isEmpty();
    assertThat(read.management().hasOpenProbes()).isTrue();
    assertThat(read.management().key()).isPresent();
    assertThat(read.management().host()).as("the kubelet comes from without").isEqualTo("0.0.0.0");
    assertThat(read.management().login().password()).contains("of management-password");
    assertThat(container.getPorts())
        .singleElement()
        .satisfies(
            port -> {
              assertThat(port.getName()).isEqualTo("management");
              assertThat(read.management().port()).hasValue(port.getContainerPort());
              assertThat(read.management().consolePort()).isEmpty();
            });
  }

  @Test
  void everySecretThatTheKeysNameIsInTheSecretAndEachIsAPlaceholder() {
    List<String> named =
        Pattern.compile(Pattern.quote(SECRETS) + "([\\w.-]+)")
            .matcher(map("onefile-routes-config").getData().get("application.properties"))
            .results()
            .map(found -> found.group(1))
            .toList();
    assertThat(the(Secret.class).getStringData().keySet()).hasSameElementsAs(named);
    assertThat(the(Secret.class).getStringData().values())
        .allMatch(value -> value.startsWith("PLACEHOLDER, "));
    assertThat(the(Secret.class).getData()).isNullOrEmpty();
  }

  @Test
  void itIsOneInstanceWithoutServiceLinks() {
    assertThat(set.getSpec().getReplicas()).isEqualTo(1);
    assertThat(pod.getContainers()).hasSize(1);
    assertThat(pod.getEnableServiceLinks()).isFalse();
    assertThat(pod.getAutomountServiceAccountToken()).isFalse();
    assertThat(container.getEnv()).isEmpty();
    assertThat(the(Service.class).getSpec().getClusterIP()).isEqualTo("None");
    assertThat(container.getCommand()).as("the image's own").isEmpty();
  }

  @Test
  void itMayDoLittle() {
    String[] user = dockerfile.after("USER").split(":", 2);
    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(Long.parseLong(user[0]));
    assertThat(pod.getSecurityContext().getRunAsGroup()).isEqualTo(Long.parseLong(user[1]));
    assertThat(pod.getSecurityContext().getFsGroup()).isEqualTo(Long.parseLong(user[1]));
    assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
    assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
    assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(container.getSecurityContext().getCapabilities().getAdd()).isEmpty();
    assertThat(container.getVolumeMounts())
        .filteredOn(mount -> !Boolean.TRUE.equals(mount.getReadOnly()))
        .extracting(VolumeMount::getMountPath)
        .containsExactlyInAnyOrder(dockerfile.after("VOLUME"), "/tmp");
  }

  @Test
  void probesAskWhatIsOpenWhereItListens() {
    assertThat(List.of(container.getStartupProbe(), container.getLivenessProbe()))
        .extracting(ManifestsTest::path)
        .containsOnly(ManagementServer.LIVE);
    assertThat(path(container.getReadinessProbe())).isEqualTo(ManagementServer.READY);
    assertThat(
            List.of(
                container.getStartupProbe(),
                container.getLivenessProbe(),
                container.getReadinessProbe()))
        .allSatisfy(
            probe -> {
              assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("management");
              assertThat(probe.getHttpGet().getScheme()).isEqualTo("HTTPS");
              assertThat(probe.getHttpGet().getHost()).isNull();
            });
  }

  private static String path(Probe probe) {
    return probe.getHttpGet().getPath();
  }

  @Test
  void whatIsNamedIsThere() {
    List<String> volumes =
        Stream.concat(
                pod.getVolumes().stream().map(Volume::getName),
                set.getSpec().getVolumeClaimTemplates().stream()
                    .map(claim -> claim.getMetadata().getName()))
            .toList();
    assertThat(container.getVolumeMounts())
        .extracting(VolumeMount::getName)
        .containsExactlyInAnyOrderElementsOf(volumes);
    for (Volume volume : pod.getVolumes()) {
      if (volume.getConfigMap() != null) {
        assertThat(names(ConfigMap.class)).contains(volume.getConfigMap().getName());
      } else if (volume.getSecret() != null) {
        assertThat(names(Secret.class)).contains(volume.getSecret().getSecretName());
        assertThat(volume.getSecret().getDefaultMode()).isEqualTo(0440);
      } else {
        assertThat(volume.getEmptyDir()).as(volume.getName()).isNotNull();
      }
    }
    assertThat(container.getVolumeMounts())
        .filteredOn(mount -> mount.getSubPath() != null)
        .allSatisfy(
            mount ->
                assertThat(map("onefile-routes-config").getData()).containsKey(mount.getSubPath()));
    assertThat(container.getVolumeMounts())
        .filteredOn(mount -> mount.getName().equals("secret"))
        .extracting(mount -> mount.getMountPath() + "/")
        .containsExactly(SECRETS);
    assertThat(container.getVolumeMounts())
        .extracting(VolumeMount::getMountPath)
        .contains(
            dockerfile.after("WORKDIR") + "/config/application.properties",
            dockerfile.after("WORKDIR") + "/config/feeds");
    assertThat(names(Service.class)).contains(set.getSpec().getServiceName());
    assertThat(the(Service.class).getSpec().getPorts())
        .singleElement()
        .satisfies(port -> assertThat(port.getTargetPort().getStrVal()).isEqualTo("management"));
  }

  @Test
  void allMeanTheSamePod() {
    Map<String, String> labels = set.getSpec().getTemplate().getMetadata().getLabels();
    assertThat(
            List.of(
                set.getSpec().getSelector().getMatchLabels(),
                the(Service.class).getSpec().getSelector(),
                the(PodDisruptionBudget.class).getSpec().getSelector().getMatchLabels(),
                the(NetworkPolicy.class).getSpec().getPodSelector().getMatchLabels()))
        .allSatisfy(selector -> assertThat(selector).isEqualTo(labels));
  }

  @Test
  void onlyMonitoringGetsInAndOnlyWhatIsNeededOut() {
    NetworkPolicy policy = the(NetworkPolicy.class);
    assertThat(policy.getSpec().getPolicyTypes()).containsExactlyInAnyOrder("Ingress", "Egress");
    assertThat(policy.getSpec().getIngress())
        .singleElement()
        .satisfies(
            rule -> {
              assertThat(rule.getFrom()).hasSize(1);
              assertThat(rule.getFrom().get(0).getNamespaceSelector().getMatchLabels())
                  .isNotEmpty();
              assertThat(rule.getPorts())
                  .extracting(port -> port.getPort().getIntVal())
                  .containsExactly(container.getPorts().get(0).getContainerPort());
            });
    assertThat(policy.getSpec().getEgress())
        .flatExtracting(rule -> rule.getPorts())
        .extracting(port -> port.getProtocol() + " " + port.getPort().getIntVal())
        .containsExactlyInAnyOrder("UDP 53", "TCP 53", "TCP 443", "TCP 5432");
  }

  @Test
  void memoryIsEnoughForTheHeapAndAsMuchBesideIt() {
    Map<String, Quantity> limits = container.getResources().getLimits();
    double memory = Quantity.getAmountInBytes(limits.get("memory")).doubleValue();
    assertThat(memory * dockerfile.heapShare()).isGreaterThanOrEqualTo(256 * MIB);
    assertThat(memory * (1 - dockerfile.heapShare())).isGreaterThanOrEqualTo(256 * MIB);
    assertThat(limits).as("no limit of CPU").containsOnlyKeys("memory");
  }

  @Test
  void itIsGivenTheTimeToStopThatAServiceHas() throws IOException {
    String unit = Files.readString(Path.of("src/assembly/onefile-assignment-routes.service"));
    assertThat(unit).contains("\nTimeoutStopSec=" + pod.getTerminationGracePeriodSeconds() + "\n");
  }

  @Test
  void theImageIsThatOfThisVersion() throws IOException {
    String version =
        Files.readString(Path.of("pom.xml"))
            .replaceAll("(?s).*?<version>([\\d.]+)(-SNAPSHOT)?</version>.*", "$1");
    assertThat(container.getImage()).isEqualTo("onefile-assignment-routes:" + version);
  }

  private static ConfigMap map(String name) {
    return all.stream()
        .filter(object -> object.getMetadata().getName().equals(name))
        .map(ConfigMap.class::cast)
        .findFirst()
        .orElseThrow();
  }
}
