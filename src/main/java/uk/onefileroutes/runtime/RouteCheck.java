package uk.onefileroutes.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.EndpointUriFactory;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.keys.Nearest;

/**
 * Judges the routes folder before anything starts. Camel alone stops at the first fault, mostly
 * without naming the file, and lets some pass: an option that its HTTP component does not know
 * would travel to Onefile, and a route configuration that does not exist leaves a route without any
 * error policy.
 */
final class RouteCheck {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\??)([^}:]+)(:[^}]*)?}}");
  private static final Pattern RAW = Pattern.compile("RAW[({].*?[)}](?=&|$)");

  private final RouteFiles files;
  private final Properties settings;
  private final CamelContext camel;
  private final List<String> faults;

  private RouteCheck(RouteFiles files, Properties settings, CamelContext camel) {
    this.files = files;
    this.settings = settings;
    this.camel = camel;
    this.faults = new ArrayList<>(files.faults());
  }

  /**
   * All faults, one line each, with the name of the file; empty if there are none.
   *
   * @param settings what placeholders may name
   */
  static List<String> faults(Path folder, Properties settings) throws IOException {
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      camel.build();
      return new RouteCheck(RouteFiles.read(folder, camel), settings, camel).all();
    }
  }

  private List<String> all() {
    duplicates();
    Set<String> configurations =
        files.configurations().stream()
            .map(RouteFiles.Configuration::id)
            .collect(Collectors.toSet());
    for (RouteFiles.Item item : files.routes()) {
      String policy = item.route().getRouteConfigurationId();
      // where a file could not be read, what is missing may stand there
      if (policy != null && files.faults().isEmpty() && !configurations.contains(policy)) {
        fault(item, "there is no routeConfiguration " + policy);
      }
      Stream.concat(Stream.of(item.from()), item.to().stream()).forEach(uri -> endpoint(item, uri));
    }
    if (files.faults().isEmpty()) {
      directTargets();
    }
    return faults;
  }

  private void duplicates() {
    Map<String, String> seen = new HashMap<>();
    for (RouteFiles.Item item : files.routes()) {
      String id = item.id();
      String earlier = id == null ? null : seen.putIfAbsent(id, item.file());
      if (earlier != null) {
        fault(item, "the id is taken already by a route in " + earlier);
      }
    }
    Map<String, String> configured = new HashMap<>();
    for (RouteFiles.Configuration each : files.configurations()) {
      String earlier = configured.putIfAbsent(each.id(), each.file());
      if (earlier != null) {
        faults.add(
            "%s: routeConfiguration %s: the id is taken already in %s"
                .formatted(each.file(), each.id(), earlier));
      }
    }
  }

  private void endpoint(RouteFiles.Item item, String uri) {
    Matcher names = PLACEHOLDER.matcher(uri);
    while (names.find()) {
      String name = names.group(2);
      boolean mayBeMissing = !names.group(1).isEmpty() || names.group(3) != null;
      if (!mayBeMissing
          && !item.parameters().contains(name)
          && settings.getProperty(name) == null) {
        fault(item, "nothing defines {{" + name + "}}");
      }
    }
    String effective = resolved(uri);
    String scheme = effective.split("[:?]", 2)[0];
    EndpointUriFactory factory = camel.getCamelContextExtension().getEndpointUriFactory(scheme);
    if (factory == null) {
      fault(item, "unknown component " + scheme);
      return;
    }
    Set<String> known = factory.propertyNames();
    for (String option : options(effective)) {
      if (!known.contains(option)
          && factory.multiValuePrefixes().values().stream().noneMatch(option::startsWith)) {
        fault(item, "unknown option " + option + " of " + scheme + nearest(option, known));
      }
    }
  }

  private static String nearest(String option, Set<String> known) {
    return Nearest.to(option, known).map(name -> "; did you mean " + name + "?").orElse("");
  }

  private String resolved(String uri) {
    return PLACEHOLDER
        .matcher(uri)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(
                    String.valueOf(settings.getProperty(match.group(2), "placeholder"))));
  }

  private static Set<String> options(String uri) {
    int query = uri.indexOf('?');
    if (query < 0) {
      return Set.of();
    }
    return Arrays.stream(RAW.matcher(uri.substring(query + 1)).replaceAll("").split("&", -1))
        .map(option -> option.split("=", 2)[0])
        .filter(option -> !option.isBlank())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void directTargets() {
    Set<String> consumed = new HashSet<>();
    files.routes().forEach(item -> consumed.add(directName(item.from())));
    for (RouteFiles.Item item : files.routes()) {
      for (String uri : item.to()) {
        String name = directName(uri);
        if (name != null && !consumed.contains(name)) {
          fault(item, "no route starts from direct:" + name);
        }
      }
    }
  }

  /** With what differs from feed to feed, or from file to file, left open. */
  private static @Nullable String directName(String uri) {
    return uri.startsWith("direct:")
        ? uri.substring("direct:".length())
            .replaceFirst("^//", "")
            .replaceFirst("\\?.*", "")
            .replaceAll("\\{\\{[^}]*}}|\\$\\{[^}]*}", "*")
        : null;
  }

  private void fault(RouteFiles.Item item, String what) {
    faults.add("%s: route %s: %s".formatted(item.file(), item.id(), what));
  }
}
