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

  private final Map<String, CamelContext> contexts;
  private final BiFunction<CamelContext, String, Collection<HealthCheck.Result>> checks;
  private final boolean isReadiness;

  private HealthPage(
      Map<String, CamelContext> contexts,
      BiFunction<CamelContext, String, Collection<HealthCheck.Result>> checks,
      boolean isReadiness) {
    this.contexts = contexts;
    this.checks = checks;
    this.isReadiness = isReadiness;
  }

  /**
   * All checks, those of liveness, those of readiness.
   *
   * @param contexts by their accounts; one without a name where there are no accounts
   */
  static Map<String, Pages.Page> pages(Map<String, CamelContext> contexts) {
    return Map.of(
        PATH,
        new HealthPage(contexts, HealthCheckHelper::invoke, false),
        ManagementServer.LIVE,
        new HealthPage(contexts, HealthCheckHelper::invokeLiveness, false),
        ManagementServer.READY,
        new HealthPage(contexts, HealthCheckHelper::invokeReadiness, true));
  }

  /** Those of liveness and readiness without what they looked at, for whoever has no login. */
  static OpenProbes openProbes(Map<String, CamelContext> contexts) {
    return new OpenProbes(
        Map.of(
            ManagementServer.LIVE,
            () -> areUp(contexts, HealthCheckHelper::invokeLiveness, false),
            ManagementServer.READY,
            () -> areUp(contexts, HealthCheckHelper::invokeReadiness, true)),
        System::nanoTime);
  }

  private static boolean areUp(
      Map<String, CamelContext> contexts,
      BiFunction<CamelContext, String, Collection<HealthCheck.Result>> checks,
      boolean isReadiness) {
    return contexts.values().stream()
        .allMatch(
            camel -> HealthCheckHelper.isResultsUp(checks.apply(camel, ONELINE), isReadiness));
  }

  @Override
  public Pages.Answer answer(Request request) throws Exception {
    Fields asked = Request.extractQueryParameters(request);
    boolean isWithData = "true".equals(asked.getValue("data"));
    boolean isUp = true;
    List<Map<String, Object>> shown = new ArrayList<>();
    for (Map.Entry<String, CamelContext> context : contexts.entrySet()) {
      CamelContext camel = context.getValue();
      String level =
          Optional.ofNullable(asked.getValue("exposureLevel"))
              .orElseGet(() -> HealthCheckRegistry.get(camel).getExposureLevel());
      boolean isFull = level.equals("full");
      Collection<HealthCheck.Result> results = checks.apply(camel, level);
      isUp &= HealthCheckHelper.isResultsUp(results, isReadiness);
      for (HealthCheck.Result result : results) {
        if (isFull || (!level.equals(ONELINE) && result.getState() == HealthCheck.State.DOWN)) {
          Map<String, Object> check = shown(result, isFull, isWithData);
          if (!context.getKey().isEmpty()) {
            check.put("account", context.getKey());
          }
          shown.add(check);
        }
      }
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("status", isUp ? "UP" : "DOWN");
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
