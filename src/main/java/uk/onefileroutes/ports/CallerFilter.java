package uk.onefileroutes.ports;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.function.Function;
import uk.onefileroutes.management.Caller;

/** Notes who sent a request, while it is handled. */
record CallerFilter(Function<HttpServletRequest, Caller> callers) implements Filter {
  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Caller.enter(callers.apply((HttpServletRequest) request));
    try {
      chain.doFilter(request, response);
    } finally {
      Caller.leave();
    }
  }
}
