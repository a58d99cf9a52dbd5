package uk.onefileroutes.management;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;

/** Knows whose requests these are. */
record CallerFilter(Login login) implements Filter {
  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Caller.enterConsole(login.user());
    try {
      chain.doFilter(request, response);
    } finally {
      Caller.leaveConsole();
    }
  }
}
