package uk.onefileroutes.config;

import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import uk.onefileroutes.keys.KeyTable;

/**
 * Variables that Kubernetes sets in every container for each service of its namespace: of one that
 * is called {@code management} comes {@code MANAGEMENT_PORT=tcp://10.1.2.3:8080}, which reads as a
 * key of ours and is none. Such a value is never that of a port, so it counts as not given.
 * Stateless.
 */
public final class ServiceLinks {
  private static final String PORT = ".port";
  private static final Pattern ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");

  private ServiceLinks() {}

  /** Whether this value of a variable is a service's address where the key wants a number. */
  static boolean isOne(String key, String value) {
    return key.endsWith(PORT) && ADDRESS.matcher(value).matches();
  }

  /**
   * A sentence that names the variables of this process that are ignored, and the remedy; empty
   * where none is.
   */
  public static Optional<String> ignored() {
    return ignored(System.getenv(), Configuration.keys());
  }

  static Optional<String> ignored(Map<String, String> environment, KeyTable table) {
    String variables =
        table.names().stream()
            .filter(key -> isOne(key, environment.getOrDefault(KeySource.variableOf(key), "")))
            .map(KeySource::variableOf)
            .collect(Collectors.toCollection(TreeSet::new))
            .stream()
            .collect(Collectors.joining(", "));
    return variables.isEmpty()
        ? Optional.empty()
        : Optional.of(
            variables
                + ": ignored, as it holds the address of a Kubernetes service and no number of a"
                + " port; set enableServiceLinks: false in the pod's spec");
  }
}
