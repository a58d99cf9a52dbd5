package uk.onefileroutes.ports;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.shown.Causes;

/**
 * Camel's health checks as JSON, 200 where all are up, else 503. Names the checks that are down;
 * all of them with {@code exposureLevel=full}, none with {@code oneline}; what they looked at with
 * {@code data=true}.
 */
final class HealthPage implements Pages.Page {
  private static final String PATH = "/observe/health";
  private static final String ONELINE = "oneline";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final CamelContext camel;
  private final BiFunction<CamelContext, String, Collection<HealthCheck.Result>> checks;
  private final boolean isReadiness;

  private HealthPage(
      CamelContext camel,
      BiFunction<CamelContext, String, Collection<HealthCheck.Result>> checks,
      boolean isReadiness) {
    this.camel = camel;
    this.checks = checks;
    this.isReadiness = isReadiness;
  }

  /** All checks, those of liveness, those of readiness. */
  static Map<String, Pages.Page> pages(CamelContext camel) {
    return Map.of(
        PATH,
        new HealthPage(camel, HealthCheckHelper::invoke, false),
        ManagementServer.LIVE,
        new HealthPage(camel, HealthCheckHelper::invokeLiveness, false),
        ManagementServer.READY,
        new HealthPage(camel, HealthCheckHelper::invokeReadiness, true));
  }

  /** Those of liveness and readiness without what they looked at, for whoever has no login. */
  static OpenProbes openProbes(CamelContext camel) {
    return new OpenProbes(
        Map.of(
            ManagementServer.LIVE,
            () ->
                HealthCheckHelper.isResultsUp(
                    HealthCheckHelper.invokeLiveness(camel, ONELINE), false),
            ManagementServer.READY,
            () ->
                HealthCheckHelper.isResultsUp(
                    HealthCheckHelper.invokeReadiness(camel, ONELINE), true)),
        System::nanoTime);
  }

  @Override
  public Pages.Answer answer(Request request) throws Exception {
    Fields asked = Request.extractQueryParameters(request);
    String level =
        Optional.ofNullable(asked.getValue("exposureLevel"))
            .orElseGet(() -> HealthCheckRegistry.get(camel).getExposureLevel());
    boolean isWithData = "true".equals(asked.getValue("data"));
    Collection<HealthCheck.Result> results = checks.apply(camel, level);
    boolean isUp = HealthCheckHelper.isResultsUp(results, isReadiness);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("status", isUp ? "UP" : "DOWN");
    List<Map<String, Object>> shown = new ArrayList<>();
    boolean isFull = level.equals("full");
    for (HealthCheck.Result result : results) {
      if (isFull || (!level.equals(ONELINE) && result.getState() == HealthCheck.State.DOWN)) {
        shown.add(shown(result, isFull, isWithData));
      }
    }
    if (!shown.isEmpty()) {
      answer.put("checks", shown);
    }
    return Pages.Answer.of(isUp ? 200 : 503, "application/json", JSON.writeValueAsBytes(answer));
  }

  private static Map<String, Object> shown(
      HealthCheck.Result result, boolean isFull, boolean isWithData) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("name", result.getCheck().getId());
    shown.put("status", result.getState().name());
    if (isFull) {
      result.getError().ifPresent(error -> shown.put("error-message", Causes.words(error)));
    }
    result.getMessage().ifPresent(message -> shown.put("message", message));
    if (isWithData && !result.getDetails().isEmpty()) {
      Map<String, Object> data = new TreeMap<>();
      result.getDetails().forEach((key, value) -> data.put(key, plain(value)));
      shown.put("data", data);
    }
    return shown;
  }

  private static Object plain(@Nullable Object value) {
    return value instanceof Number || value instanceof Boolean
        ? value
        : value == null ? "" : value.toString();
  }
}
