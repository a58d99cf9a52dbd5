package uk.onefileroutes.ports;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jolokia.server.core.request.JolokiaExecRequest;
import org.jolokia.server.core.request.JolokiaRequest;
import org.jolokia.server.core.service.request.AbstractRequestHandler;
import org.jolokia.server.core.util.RequestType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.onefileroutes.management.Caller;
import uk.onefileroutes.management.Permissions;
import uk.onefileroutes.users.Role;

/**
 * Takes each request of Jolokia for which its caller lacks the role, before any other handler, and
 * refuses it with status 403: a request by itself as one of many, by POST as by GET. What passes is
 * then judged by {@code jolokia-access.xml} as ever. Stateless.
 */
final class RoleGate extends AbstractRequestHandler {
  private static final Logger LOG = LoggerFactory.getLogger(RoleGate.class);

  /** Each handler is asked in this order; those of Jolokia have 0 and more. */
  private static final int FIRST = -1_000;

  private static final Set<RequestType> READING =
      Set.of(RequestType.READ, RequestType.LIST, RequestType.SEARCH, RequestType.VERSION);

  RoleGate() {
    super("roles", FIRST);
  }

  @Override
  public boolean canHandle(JolokiaRequest request) {
    return refusal(request).isPresent();
  }

  @Override
  public <R extends JolokiaRequest> Object handleRequest(R request, Object previous) {
    Caller caller = Caller.current();
    String refusal = refusal(request).orElseThrow();
    LOG.info("REFUSED: {} by {}: {}: {}", caller.who(), caller.way(), asked(request), refusal);
    throw new SecurityException(refusal);
  }

  private static Optional<String> refusal(JolokiaRequest request) {
    Caller caller = Caller.current();
    Set<Role> needed = needed(request);
    return caller.rights().hasOneOf(needed)
        ? Optional.empty()
        : Optional.of(Permissions.refusal(needed, caller.who()));
  }

  private static Set<Role> needed(JolokiaRequest request) {
    if (request instanceof JolokiaExecRequest exec) {
      return Permissions.ofOperation(
          exec.getObjectName(),
          exec.getOperation(),
          exec.getArguments() == null ? List.of() : exec.getArguments());
    }
    return READING.contains(request.getType()) ? Set.of(Role.LOOK) : Set.of(Role.ADMINISTER);
  }

  /** Without arguments, which may be about people. */
  private static String asked(JolokiaRequest request) {
    return request instanceof JolokiaExecRequest exec
        ? "%s of %s".formatted(exec.getOperation(), exec.getObjectName())
        : request.getType().getName();
  }
}
