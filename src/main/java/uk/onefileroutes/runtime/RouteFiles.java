package uk.onefileroutes.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.model.EndpointRequiredDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.RouteTemplateParameterDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.ResourceLoader;
import org.apache.camel.spi.RoutesLoader;
import org.jspecify.annotations.Nullable;

/**
 * The files of the routes folder as Camel reads them, each for itself, so that a fault can be put
 * down to its file. Nothing in them runs here.
 *
 * @param faults why a file could not be read; its routes are not among the others then
 */
record RouteFiles(List<Item> routes, List<Configuration> configurations, List<String> faults) {

  /**
   * A route or the route of a template.
   *
   * @param file name of its file
   * @param parameters of its template; empty for a route
   */
  record Item(String file, RouteDefinition route, boolean isTemplate, Set<String> parameters) {

    /** Its id; of the template where it is one. */
    @Nullable String id() {
      return route.getId();
    }

    /** Where it starts from. */
    String from() {
      return route.getInput() == null ? "" : String.valueOf(route.getInput().getEndpointUri());
    }

    /** Where it goes to, in order. */
    List<String> to() {
      List<String> uris = new ArrayList<>();
      for (ProcessorDefinition<?> step : steps()) {
        if (step instanceof EndpointRequiredDefinition endpoint) {
          uris.add(String.valueOf(endpoint.getEndpointUri()));
        }
      }
      return uris;
    }

    @SuppressWarnings("rawtypes") // Camel's own signature
    Collection<ProcessorDefinition> steps() {
      return ProcessorDefinitionHelper.filterTypeInOutputs(
          route.getOutputs(), ProcessorDefinition.class);
    }
  }

  /** A named set of error policies. */
  record Configuration(String file, String id) {}

  /** Reads all files of a folder; {@code camel} takes nothing from them. */
  static RouteFiles read(Path folder, CamelContext camel) throws IOException {
    RouteFiles files = new RouteFiles(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    List<Path> paths;
    try (Stream<Path> list = Files.list(folder)) {
      paths =
          list.filter(path -> path.getFileName().toString().endsWith(".camel.yaml"))
              .sorted()
              .toList();
    }
    if (paths.isEmpty()) {
      files.faults.add(folder + ": no *.camel.yaml in it");
    }
    paths.forEach(path -> files.add(path, camel));
    return files;
  }

  private void add(Path path, CamelContext camel) {
    String file = path.getFileName().toString();
    var plugins = camel.getCamelContextExtension();
    Resource resource =
        plugins.getContextPlugin(ResourceLoader.class).resolveResource("file:" + path);
    try {
      for (RoutesBuilder found :
          plugins.getContextPlugin(RoutesLoader.class).findRoutesBuilders(resource)) {
        add(file, (RouteBuilder) found, camel);
      }
    } catch (Exception e) { // Camel's reader throws whatever comes
      faults.add(file + ": " + Reasons.of(e));
    }
  }

  private void add(String file, RouteBuilder builder, CamelContext camel) throws Exception {
    builder.setCamelContext(camel);
    if (builder instanceof RouteConfigurationBuilder configuring) {
      configuring.configuration();
    }
    builder.configure();
    for (RouteDefinition route : builder.getRouteCollection().getRoutes()) {
      routes.add(new Item(file, route, false, Set.of()));
    }
    for (RouteTemplateDefinition template :
        builder.getRouteTemplateCollection().getRouteTemplates()) {
      Set<String> parameters = new LinkedHashSet<>();
      for (RouteTemplateParameterDefinition parameter : template.getTemplateParameters()) {
        parameters.add(parameter.getName());
      }
      routes.add(new Item(file, template.getRoute(), true, parameters));
    }
    if (builder instanceof RouteConfigurationBuilder configuring) {
      for (RouteConfigurationDefinition each :
          configuring.getRouteConfigurationCollection().getRouteConfigurations()) {
        configurations.add(new Configuration(file, String.valueOf(each.getId())));
      }
    }
  }
}
