package uk.onefileroutes.runtime;

import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;

/**
 * Placeholders of routes mean what was read and checked as configuration. By Camel's default an
 * environment variable or system property of that name would win, so that a demo would call the
 * Onefile of {@code ONEFILE_BASE_URL}. Both are still asked for what is said nowhere else.
 */
final class OwnKeysFirst extends MainListenerSupport {
  @Override
  public void beforeInitialize(BaseMainSupport main) {
    PropertiesComponent keys =
        (PropertiesComponent) main.getCamelContext().getPropertiesComponent();
    keys.setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_FALLBACK);
    keys.setSystemPropertiesMode(PropertiesComponent.SYSTEM_PROPERTIES_MODE_FALLBACK);
  }
}
