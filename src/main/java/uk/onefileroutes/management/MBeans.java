package uk.onefileroutes.management;

import java.util.Map;
import javax.management.InstanceAlreadyExistsException;
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
            register(agent, control, new ObjectName("onefile:type=" + type), camel.getName());
          } catch (JMException e) {
            throw new IllegalStateException("the MBean " + type + " can't be registered", e);
          }
        });
  }

  private static void register(
      ManagementAgent agent, Object control, ObjectName name, String instance) throws JMException {
    try {
      agent.register(control, name);
    } catch (InstanceAlreadyExistsException e) {
      agent.register(control, new ObjectName(name + ",instance=" + ObjectName.quote(instance)));
    }
  }
}
