package uk.onefileroutes.management;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Knows whose requests these are. Refuses what a page of another site asks for; following a link to
 * a page of ours is allowed.
 */
final class OwnPagesFilter implements Filter {
  private final Login login;

  OwnPagesFilter(Login login) {
    this.login = login;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest http = (HttpServletRequest) request;
    boolean isLink = "navigate".equals(http.getHeader("Sec-Fetch-Mode"));
    boolean isRead = "GET".equals(http.getMethod()) && !http.getServletPath().equals("/jolokia");
    if ((isLink && isRead) || SameOrigin.admits(http::getHeader)) {
      Caller.enterConsole(login.user());
      try {
        chain.doFilter(request, response);
      } finally {
        Caller.leaveConsole();
      }
    } else {
      ((HttpServletResponse) response).sendError(HttpServletResponse.SC_FORBIDDEN);
    }
  }
}
