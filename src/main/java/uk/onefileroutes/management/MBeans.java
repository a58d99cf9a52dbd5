package uk.onefileroutes.management;

import java.util.Map;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ManagementAgent;

/** Puts our MBeans beside Camel's, which takes them away when it stops. */
public final class MBeans {
  private MBeans() {}

  /**
   * Registers each as {@code onefile:type=<name>}. Where another instance of this process has that
   * name already, the key {@code instance} tells them apart.
   */
  public static void register(CamelContext camel, Map<String, Object> controls) {
    ManagementAgent agent = camel.getManagementStrategy().getManagementAgent();
    if (agent == null) { // JMX is switched off
      return;
    }
    controls.forEach(
        (type, control) -> {
          try {
            ObjectName name = new ObjectName("onefile:type=" + type);
            if (agent.isRegistered(name)) {
              name = new ObjectName(name + ",instance=" + ObjectName.quote(camel.getName()));
            }
            agent.register(control, name);
          } catch (JMException e) {
            throw new IllegalStateException("the MBean " + type + " can't be registered", e);
          }
        });
  }
}
