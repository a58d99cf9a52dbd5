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
   * Registers each as {@code onefile:type=<name>}, and with {@code ,account=<account>} where there
   * are accounts. Where another instance of this process has that name already, the key {@code
   * instance} tells them apart.
   *
   * @param account empty: there are no accounts
   */
  public static void register(CamelContext camel, String account, Map<String, Object> controls) {
    ManagementAgent agent = camel.getManagementStrategy().getManagementAgent();
    if (agent == null) { // JMX is switched off
      return;
    }
    controls.forEach(
        (type, control) -> {
          try {
            register(agent, control, name(type, account), camel.getName());
          } catch (JMException e) {
            throw new IllegalStateException("the MBean " + type + " can't be registered", e);
          }
        });
  }

  private static ObjectName name(String type, String account) throws JMException {
    return new ObjectName(
        "onefile:type=" + type + (account.isEmpty() ? "" : ",account=" + account));
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
