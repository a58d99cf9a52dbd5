package uk.onefileroutes.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The shipped routes are as Camel and our own house want them; and what is not is found. */
class RoutesTest {
  private static final Path SHIPPED = Path.of("routes");
  private static final int MAX_LINES = 160;
  private static final Pattern TYPED = Pattern.compile(".*\\((string|path|integer)(, \\w+)?\\)");
  private static final CamelCatalog CATALOG = new DefaultCamelCatalog();
  private static final Pattern SECRET =
      Pattern.compile(
          "(?im)^\\s*\"?(\\w*(?:password|passphrase|token|secret|privateKey)\\w*)\"?:\\s*(\\S.*)$"
              + "|[?&](\\w*(?:password|passphrase|token|secret)\\w*)=([^&\\s]+)");

  @TempDir Path folder;

  @Test
  void theShippedRoutesAreWithoutFault() throws IOException {
    assertThat(allFaults(SHIPPED)).isEmpty();
  }

  @Test
  void everyFileOfTheFolderIsRead() throws IOException {
    try (DefaultCamelContext camel = camel();
        Stream<Path> files = Files.list(SHIPPED)) {
      RouteFiles read = RouteFiles.read(SHIPPED, camel);

      Set<String> names = new TreeSet<>();
      read.routes().forEach(item -> names.add(item.file()));
      read.configurations().forEach(each -> names.add(each.file()));
      assertThat(names)
          .containsExactlyInAnyOrderElementsOf(
              files.map(file -> file.getFileName().toString()).toList());
    }
  }

  static Stream<BrokenRoutes.Break> foundByReading() {
    return BrokenRoutes.foundByReading().stream();
  }

  @ParameterizedTest
  @MethodSource("foundByReading")
  void theCheckOfTheStartNamesFileAndFault(BrokenRoutes.Break broken) throws IOException {
    assertThat(RouteCheck.faults(broken.into(folder), settings()))
        .anySatisfy(fault -> assertThat(fault).startsWith(broken.file()).contains(broken.said()));
  }

  static Stream<BrokenRoutes.Break> foundByTheHouse() {
    return Stream.of(
        new BrokenRoutes.Break(
            "a value of the wrong type",
            "onefile.camel.yaml",
            "followRedirects: false",
            "followRedirects: nay",
            "nay"),
        new BrokenRoutes.Break(
            "no id", "deliver.camel.yaml", "    id: deliver\n", "", "a route without an id"),
        new BrokenRoutes.Break(
            "no description",
            "enrich.camel.yaml",
            "    description: \"Additional, level 1: POST User/{id}/Assign.\"\n",
            "",
            "enrich-additional: no description"),
        new BrokenRoutes.Break(
            "a step without an id",
            "plan.camel.yaml",
            "            id: judge-row\n",
            "",
            "plan-row: a step without an id: bean"),
        new BrokenRoutes.Break(
            "a step without a description",
            "watch.camel.yaml",
            "            description: copy the ledger\n",
            "",
            "backup-ledger: a step without a description: back-up-ledger"),
        new BrokenRoutes.Break(
            "a step that is described by its kind",
            "deliver.camel.yaml",
            "description: each worker\n",
            "description: split\n",
            "deliver: each-worker: \"split\" says nothing"),
        new BrokenRoutes.Break(
            "an error policy without a description",
            "errors.camel.yaml",
            "    description: A tick that fails is logged; the next tick tries again.\n",
            "",
            "tick-errors: no description"),
        new BrokenRoutes.Break(
            "a step of an error policy without a description",
            "errors.camel.yaml",
            "                description: tell it, set the next attempt\n",
            "",
            "report-errors: a step without a description: fail-report"),
        new BrokenRoutes.Break(
            "an error policy's case without a description",
            "errors.camel.yaml",
            "          description: planning failed\n",
            "",
            "plan-errors: a step without a description: when-planning-fails"),
        new BrokenRoutes.Break(
            "two routes that do the same",
            "enrich.camel.yaml",
            "method: additionalPayload",
            "method: unitSummaryPayload",
            "enrich-additional: does the same as enrich-unit-summary"),
        new BrokenRoutes.Break(
            "a file that is too long to read",
            "deliver.camel.yaml",
            "# Sends what is planned",
            "#\n".repeat(100) + "# Sends what is planned",
            "has 255 lines, more than 160"),
        new BrokenRoutes.Break(
            "a parameter without a type",
            "receive-sftp.camel.yaml",
            "Its port (integer)",
            "Its port",
            "receive-sftp: the parameter port does not end in its type"),
        new BrokenRoutes.Break(
            "a start without an id",
            "plan.camel.yaml",
            "      id: row-to-plan\n",
            "",
            "plan-row: where it starts from has no id"),
        new BrokenRoutes.Break(
            "no error policy where files come in",
            "receive.camel.yaml",
            "      routeConfigurationId: receive-errors\n",
            "",
            "receive-directory: names no routeConfiguration"),
        new BrokenRoutes.Break(
            "no error policy on a tick",
            "report.camel.yaml",
            "      routeConfigurationId: tick-errors\n",
            "",
            "report-due: names no routeConfiguration"),
        new BrokenRoutes.Break(
            "a password in plain text",
            "onefile.camel.yaml",
            "followRedirects: false",
            "authPassword: hunter2",
            "authPassword in plain text"),
        new BrokenRoutes.Break(
            "a token in a URI",
            "deliver.camel.yaml",
            "uri: direct:call-onefile",
            "uri: http:example.org?token=abc",
            "token in plain text"));
  }

  @ParameterizedTest
  @MethodSource("foundByTheHouse")
  void theChecksOfTheBuildNameFileAndFault(BrokenRoutes.Break broken) throws IOException {
    assertThat(allFaults(broken.into(folder)))
        .anySatisfy(fault -> assertThat(fault).startsWith(broken.file()).contains(broken.said()));
  }

  @Test
  void anEmptyFolderIsAFault() throws IOException {
    assertThat(RouteCheck.faults(folder, settings()))
        .singleElement()
        .asString()
        .contains("no *.camel.yaml");
  }

  @Test
  void allFaultsAreToldAtOnce() throws IOException {
    Path broken = BrokenRoutes.foundByReading().get(0).into(folder);
    Path plan = broken.resolve("plan.camel.yaml");
    Files.writeString(plan, Files.readString(plan).replace("stateful:", "statefull:"));

    assertThat(RouteCheck.faults(broken, settings()))
        .anyMatch(fault -> fault.startsWith("onefile.camel.yaml"))
        .anyMatch(fault -> fault.startsWith("plan.camel.yaml"));
  }

  private static List<String> allFaults(Path routes) throws IOException {
    List<String> faults = new ArrayList<>(RouteCheck.faults(routes, settings()));
    try (DefaultCamelContext camel = camel()) {
      for (RouteFiles.Item item : RouteFiles.read(routes, camel).routes()) {
        house(item, faults);
        catalog(item.file(), item.from(), true, faults);
        item.to().forEach(uri -> catalog(item.file(), uri, false, faults));
      }
    }
    Map<List<String>, String> known = new HashMap<>();
    try (Stream<Path> files = Files.list(routes)) {
      for (Path file : files.sorted().toList()) {
        int lines = Files.readAllLines(file).size();
        if (lines > MAX_LINES) {
          faults.add(
              "%s: has %d lines, more than %d".formatted(file.getFileName(), lines, MAX_LINES));
        }
        for (JsonNode entry : new YAMLMapper().readTree(Files.readString(file))) {
          policy(file, entry.path("routeConfiguration"), faults);
          repetition(file, entry.path("route"), known, faults);
          repetition(file, entry.path("routeTemplate").path("route"), known, faults);
        }
        parameters(file, faults);
        secrets(file, faults);
      }
    }
    return faults;
  }

  private static void house(RouteFiles.Item item, List<String> faults) {
    if (item.id() == null || item.id().matches("route\\d+")) {
      faults.add(item.file() + ": a route without an id");
    }
    String description = item.route().getDescriptionText();
    if (description == null || description.isBlank()) {
      faults.add(item.file() + ": " + item.id() + ": no description");
    }
    if (item.route().getInput().getDescriptionText() == null) {
      faults.add(item.file() + ": " + item.id() + ": where it starts from has no description");
    }
    for (ProcessorDefinition<?> step : item.steps()) {
      if (step.getDescriptionText() == null) { // diagrams show it
        faults.add(
            item.file() + ": " + item.id() + ": a step without a description: " + step.getId());
      }
      if (String.valueOf(step.getDescriptionText()).equalsIgnoreCase(step.getShortName())) {
        faults.add(
            "%s: %s: %s: \"%s\" says nothing"
                .formatted(item.file(), item.id(), step.getId(), step.getDescriptionText()));
      }
      if (!step.hasCustomIdAssigned()) { // what Camel makes up changes with every edit
        faults.add(
            item.file() + ": " + item.id() + ": a step without an id: " + step.getShortName());
      }
    }
    if (item.route().getInput().getId() == null) {
      faults.add(item.file() + ": " + item.id() + ": where it starts from has no id");
    }
    // a route that others call leaves its errors to them
    if (!item.from().startsWith("direct:") && item.route().getRouteConfigurationId() == null) {
      faults.add(item.file() + ": " + item.id() + ": names no routeConfiguration");
    }
  }

  /** What becomes of what failed must be said as well as what the routes do. */
  private static void policy(Path file, JsonNode policy, List<String> faults) {
    if (policy.isMissingNode()) {
      return;
    }
    String where = file.getFileName() + ": " + policy.path("id").asText();
    if (policy.path("description").asText().isBlank()) {
      faults.add(where + ": no description");
    }
    for (JsonNode step : policy.path("onException").findParents("id")) {
      if (step.path("description").asText().isBlank()) {
        faults.add(where + ": a step without a description: " + step.path("id").asText());
      }
    }
  }

  /** What two routes would both do is one route that both call. */
  private static void repetition(
      Path file, JsonNode route, Map<List<String>, String> known, List<String> faults) {
    List<String> calls = new ArrayList<>();
    calls(route.path("from").path("steps"), calls);
    String id = route.path("id").asText();
    if (calls.size() > 1) {
      String other = known.putIfAbsent(calls, id);
      if (other != null) {
        faults.add(file.getFileName() + ": " + id + ": does the same as " + other);
      }
    }
  }

  /** Which beans and which routes are called, in order. */
  private static void calls(JsonNode node, List<String> calls) {
    if (node.has("ref")) {
      calls.add(node.path("ref").asText() + "." + node.path("method").asText());
    } else if (node.path("uri").asText().startsWith("direct:")) {
      calls.add(node.path("uri").asText());
    }
    node.forEach(child -> calls(child, calls));
  }

  /** As strict as the catalog can be; no option may pass as one that the far side may know. */
  private static void catalog(String file, String uri, boolean consumer, List<String> faults) {
    String effective =
        uri.replace("{{onefile.address}}", "onefile.example/api/v2.1")
            .replace("{{alarm.mail.host}}:{{alarm.mail.port}}", "a:25");
    EndpointValidationResult result =
        CATALOG.validateEndpointProperties(effective, false, consumer, !consumer);
    if (!result.isSuccess() || result.getLenient() != null) {
      faults.add(
          file
              + ": "
              + uri
              + ": "
              + result.summaryErrorMessage(false)
              + (result.getLenient() == null ? "" : " lenient " + result.getLenient()));
    }
  }

  /** Camel's templates know no type: it stands at the end of the description. */
  private static void parameters(Path file, List<String> faults) throws IOException {
    for (JsonNode entry : new YAMLMapper().readTree(Files.readString(file))) {
      JsonNode template = entry.path("routeTemplate");
      for (JsonNode parameter : template.path("parameters")) {
        String where =
            "%s: %s: the parameter %s "
                .formatted(
                    file.getFileName(),
                    template.path("id").asText(),
                    parameter.path("name").asText());
        if (!TYPED.matcher(parameter.path("description").asText()).matches()) {
          faults.add(where + "does not end in its type");
        }
        if (parameter.has("required") == parameter.has("defaultValue")) {
          faults.add(where + "must say required, or have a default");
        }
      }
    }
  }

  private static void secrets(Path file, List<String> faults) throws IOException {
    Matcher matcher = SECRET.matcher(Files.readString(file));
    while (matcher.find()) {
      String key = matcher.group(1) == null ? matcher.group(3) : matcher.group(1);
      String value = matcher.group(1) == null ? matcher.group(4) : matcher.group(2);
      if (!value.matches("[\"']?(RAW\\()?(\\{\\{|\\$\\{|#).*")) {
        faults.add(file.getFileName() + ": " + key + " in plain text");
      }
    }
  }

  private static DefaultCamelContext camel() {
    DefaultCamelContext camel = new DefaultCamelContext();
    camel.build();
    return camel;
  }

  private static Properties settings() {
    Properties settings = new Properties();
    settings.setProperty("onefile.address", "onefile.example/api/v2.1");
    settings.setProperty("retention.cron", "0 30 3 * * ?");
    settings.setProperty("verify.cron", "0 0 0 * * ?");
    settings.setProperty("ledger.backup.cron", "0 30 2 * * ?");
    settings.setProperty("directory.refresh.cron", "0 0 5 * * ?");
    settings.setProperty("delivery.zone", "Europe/London");
    settings.setProperty("alarm.mail.host", "mail.example");
    settings.setProperty("alarm.mail.port", "465");
    settings.setProperty("alarm.mail.to", "ops@example.org");
    settings.setProperty("alarm.mail.from", "routes@example.org");
    return settings;
  }
}
