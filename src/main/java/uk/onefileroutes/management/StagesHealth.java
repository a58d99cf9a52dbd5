package uk.onefileroutes.management;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import uk.onefileroutes.stage.Stage.Trouble;

/** Not ready while a stage of a file's way fails, and failed when it was tried again. */
public final class StagesHealth extends AbstractHealthCheck {
  private final StatusReader status;

  public StagesHealth(StatusReader status) {
    super("onefile", "stages");
    this.status = status;
  }

  @Override
  public boolean isLiveness() {
    return false; // all of it is tried again anyway
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    List<Trouble> troubles = status.troubles();
    if (troubles.isEmpty()) {
      builder.up();
      return;
    }
    troubles.forEach(
        each -> {
          String key = "stage." + each.stage().word();
          builder.detail(key, each.what());
          builder.detail(key + ".since", each.since().toString());
          builder.detail(key + ".last", each.last().toString());
          builder.detail(key + ".failures", each.failures());
        });
    builder
        .message(troubles.stream().map(Trouble::sentence).collect(Collectors.joining("; ")))
        .down();
  }
}
