package uk.onefileroutes.ports;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.component.micrometer.eventnotifier.MicrometerRouteEventNotifier;
import org.apache.camel.component.micrometer.routepolicy.MicrometerRoutePolicyFactory;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** Camel's and the JVM's meters, and ours beside them, as Prometheus reads them. */
final class MetricsPage implements Pages.Page {
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
  private static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private boolean hasMachine;

  /**
   * Adds the meters to an account's Camel, which closes them. Comes before the routes: they are
   * counted from their start.
   *
   * @param account the tag of each meter but those of the JVM; empty: there are no accounts, and no
   *     such tag
   * @throws Exception if Camel does not take them
   */
  void addTo(CamelContext camel, String account) throws Exception {
    MeterRegistry meters = account.isEmpty() ? registry : tagged(account);
    camel.getRegistry().bind(MicrometerConstants.METRICS_REGISTRY_NAME, meters);
    if (!hasMachine) { // once a process
      hasMachine = true;
      JvmGcMetrics collections = new JvmGcMetrics();
      for (MeterBinder binder :
          List.of(
              collections,
              new JvmMemoryMetrics(),
              new JvmThreadMetrics(),
              new ProcessorMetrics(),
              new UptimeMetrics(),
              new FileDescriptorMetrics())) {
        binder.bindTo(registry);
      }
      camel.addService(collections, true); // listens to the collector until it is closed
    }
    MicrometerRoutePolicyFactory routes = new MicrometerRoutePolicyFactory();
    routes.getPolicyConfiguration().setContextEnabled(true);
    routes.getPolicyConfiguration().setRouteEnabled(true);
    routes.setMeterRegistry(meters);
    camel.addService(routes);
    camel.addRoutePolicyFactory(routes);
    MicrometerRouteEventNotifier events = new MicrometerRouteEventNotifier();
    events.setMeterRegistry(meters);
    camel.getManagementStrategy().addEventNotifier(events);
  }

  /** The same registry, in which whatever comes by this way has the account's name. */
  private MeterRegistry tagged(String account) {
    CompositeMeterRegistry tagged = new CompositeMeterRegistry();
    tagged.config().commonTags("account", account);
    tagged.add(registry);
    return tagged;
  }

  Map<String, Pages.Page> pages() {
    return Map.of("/observe/metrics", this);
  }

  @Override
  public Pages.Answer answer(Request request) {
    boolean isOpenMetrics =
        request.getHeaders().getValuesList(HttpHeader.ACCEPT).stream()
            .anyMatch(accepted -> accepted.contains("application/openmetrics-text"));
    String type = isOpenMetrics ? OPEN_METRICS : TEXT;
    return Pages.Answer.of(200, type, registry.scrape(type).getBytes(StandardCharsets.UTF_8));
  }
}
