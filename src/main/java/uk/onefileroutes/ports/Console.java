package uk.onefileroutes.ports;

import io.hawt.HawtioContextListener;
import io.hawt.system.ConfigManager;
import io.hawt.web.auth.AuthConfigurationServlet;
import io.hawt.web.auth.AuthenticationConfiguration;
import io.hawt.web.auth.AuthenticationFilter;
import io.hawt.web.auth.ClientRouteRedirectFilter;
import io.hawt.web.auth.LoginServlet;
import io.hawt.web.auth.LogoutServlet;
import io.hawt.web.auth.SessionExpiryFilter;
import io.hawt.web.auth.keycloak.KeycloakUserServlet;
import io.hawt.web.filters.BaseTagHrefFilter;
import io.hawt.web.filters.ResponseHeadersFilter;
import io.hawt.web.plugin.PluginServlet;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.DefaultServlet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.server.handler.MovedContextHandler;
import org.eclipse.jetty.util.resource.ResourceFactory;
import uk.onefileroutes.tls.ServerKey;

/**
 * Hawtio, served on a port of its own under {@code /hawtio} behind the login. What its pages may
 * see and do is said by {@code jolokia-access.xml}. Its proxy to other hosts is left out.
 */
public final class Console implements AutoCloseable {
  static final String CONTEXT = "/hawtio";
  private static final String PAGES = "hawtio-static";

  /** In place of Hawtio's files of the same names: its name, and which of its tabs are off. */
  private static final String OWN_PAGES = "console";

  private final JettyServer server;

  private Console(JettyServer server) {
    this.server = server;
  }

  /**
   * Starts it; returns when it can be called.
   *
   * @param key for TLS; empty: not encrypted
   * @throws Exception above all if the port is taken; nothing is left running then
   */
  public static Console start(String host, int port, Access access, Optional<ServerKey> key)
      throws Exception {
    MovedContextHandler fromRoot = new MovedContextHandler();
    fromRoot.setContextPath("/");
    fromRoot.setRedirectURI(CONTEXT + "/");
    Handler all = new ContextHandlerCollection(fromRoot, hawtio(access.people(), key.isPresent()));
    return new Console(
        JettyServer.start(
            "console",
            new JettyServer.Address(host, port, key),
            UriCompliance.DEFAULT,
            new ConsoleGuard(access, all)));
  }

  @Override
  public void close() {
    server.close();
  }

  private static ServletContextHandler hawtio(People people, boolean isEncrypted) {
    ServletContextHandler context =
        new ServletContextHandler(CONTEXT, ServletContextHandler.SESSIONS);
    ResourceFactory resources = ResourceFactory.of(context);
    context.setBaseResource(
        ResourceFactory.combine(
            resources.newClassLoaderResource(OWN_PAGES), resources.newClassLoaderResource(PAGES)));
    // cookies know no ports: another server on this host must not overwrite ours
    context.getSessionHandler().setSessionCookie("onefile-assignment-routes");
    context.getSessionHandler().setHttpOnly(true);
    context.getSessionHandler().setSecureCookies(isEncrypted);
    context.getSessionHandler().setSameSite(HttpCookie.SameSite.STRICT);
    context.addEventListener(new Listener(people));

    filter(context, new CallerFilter(new ConsoleSession(people)::caller), "/*");
    filter(context, new SessionExpiryFilter(), "/*");
    filter(context, new ResponseHeadersFilter(), "/*");
    filter(context, new AuthenticationFilter(), "/jolokia/*");
    filter(context, new ClientRouteRedirectFilter(), "/*");
    filter(context, new BaseTagHrefFilter(), "/");
    filter(context, new BaseTagHrefFilter(), "/index.html");

    JolokiaHandler.add(context, "/jolokia/*", false);
    servlet(context, new KeycloakUserServlet(), "/user/*");
    servlet(context, new AuthConfigurationServlet(), "/auth/config/*");
    servlet(context, new LoginServlet(), "/auth/login");
    servlet(context, new LogoutServlet(), "/auth/logout");
    servlet(context, new PluginServlet(), "/plugin/*");
    ServletHolder pages = servlet(context, new DefaultServlet(), "/");
    // Hawtio's scripts are 20 MB, asked for once a visit: they are not worth keeping in memory
    pages.setInitParameter("maxCachedFiles", "0");
    return context;
  }

  private static void filter(ServletContextHandler context, Filter filter, String path) {
    context.addFilter(new FilterHolder(filter), path, EnumSet.of(DispatcherType.REQUEST));
  }

  private static ServletHolder servlet(ServletContextHandler context, Servlet what, String path) {
    ServletHolder holder = new ServletHolder(what);
    context.addServlet(holder, path);
    return holder;
  }

  /** Hawtio's own set-up, with our logins and without asking the system properties for one. */
  private static final class Listener extends HawtioContextListener {
    private final People people;

    Listener(People people) {
      super(
          new ConfigManager(
              Map.of(
                      "authenticationEnabled",
                      "true",
                      "authenticationThrottled", // ours does not lock out
                      "false",
                      "roles",
                      ConsoleLogin.ROLE)
                  ::get));
      this.people = people;
    }

    @Override
    protected void configureAuthenticationProviders(
        ServletContext context, AuthenticationConfiguration authentication) {
      authentication.addConfiguration(ConsoleLogin.configuration(people));
    }
  }
}
