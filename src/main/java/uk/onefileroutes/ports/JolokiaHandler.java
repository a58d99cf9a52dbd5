package uk.onefileroutes.ports;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jolokia.server.core.http.AgentServlet;
import org.jolokia.server.core.service.api.JolokiaServiceManager;

/** The MBeans by HTTP, as far as {@code jolokia-access.xml} and the caller's roles allow. */
final class JolokiaHandler extends Handler.Wrapper {

  /** At this path and below it, of the management port. */
  JolokiaHandler(String path, CallerFilter callers) {
    super(context(path, callers));
  }

  private static ServletContextHandler context(String path, CallerFilter callers) {
    ServletContextHandler context =
        new ServletContextHandler(path, ServletContextHandler.NO_SESSIONS);
    context.setAllowNullPathInContext(true); // without a slash at the end
    context.addFilter(new FilterHolder(callers), "/*", EnumSet.of(DispatcherType.REQUEST));
    add(context, "/*", true);
    return context;
  }

  /**
   * Adds it to a context; the same at both ports.
   *
   * @param isTold whether answers say what an exception said, which the commands show
   */
  static void add(ServletContextHandler context, String path, boolean isTold) {
    Filter noStore =
        (request, response, chain) ->
            chain.doFilter(request, new NoStore((HttpServletResponse) response));
    context.addFilter(new FilterHolder(noStore), path, EnumSet.of(DispatcherType.REQUEST));
    ServletHolder jolokia = new ServletHolder(new Agent());
    jolokia.setInitParameter("policyLocation", "classpath:/jolokia-access.xml");
    jolokia.setInitParameter("mimeType", "application/json");
    jolokia.setInitParameter("allowErrorDetails", Boolean.toString(isTold));
    jolokia.setInitParameter("allowDnsReverseLookup", "false");
    jolokia.setInitParameter("discoveryEnabled", "false");
    context.addServlet(jolokia, path);
  }

  /** Jolokia's own, with our gate before its handlers. */
  private static final class Agent extends AgentServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void initServices(ServletConfig config, JolokiaServiceManager services) {
      super.initServices(config, services);
      services.addService(new RoleGate());
    }
  }

  /** Whatever type a client names: {@code curl -d} names a form, which a servlet would eat up. */
  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    HttpFields headers =
        HttpFields.build(request.getHeaders()).put(HttpHeader.CONTENT_TYPE, "application/json");
    Request asJson =
        new Request.Wrapper(request) {
          @Override
          public HttpFields getHeaders() {
            return headers;
          }
        };
    return super.handle(asJson, response, callback);
  }

  /** Jolokia says {@code no-cache}, which is less than what all answers say. */
  private static final class NoStore extends HttpServletResponseWrapper {
    NoStore(HttpServletResponse response) {
      super(response);
    }

    @Override
    public void setHeader(String name, String value) {
      if (!name.equalsIgnoreCase("Cache-Control")) {
        super.setHeader(name, value);
      }
    }
  }
}
