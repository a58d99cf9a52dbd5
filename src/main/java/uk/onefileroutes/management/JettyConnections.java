package uk.onefileroutes.management;

import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.component.AbstractLifeCycle;

/**
 * Bounds what a connection of the console may cost. A connection is known by its far end: with TLS
 * it is two of Jetty's, one in the other.
 */
final class JettyConnections extends AbstractLifeCycle implements Connection.Listener {
  private static final int MAX_CONNECTIONS = 512;

  private final HeadDeadline<SocketAddress> heads = new HeadDeadline<>(MAX_CONNECTIONS);
  private final Map<SocketAddress, EndPoint> open = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "console-connections");
            thread.setDaemon(true);
            return thread;
          });

  @Override
  protected void doStart() {
    long every = HeadDeadline.EVERY.toMillis();
    ScheduledFuture<?> unused =
        timer.scheduleAtFixedRate(this::closeOverdue, every, every, TimeUnit.MILLISECONDS);
  }

  @Override
  protected void doStop() {
    timer.shutdownNow();
  }

  @Override
  public void onOpened(Connection connection) {
    EndPoint end = connection.getEndPoint();
    open.put(end.getRemoteSocketAddress(), end);
    heads.opened(end.getRemoteSocketAddress(), System.nanoTime()).forEach(this::close);
  }

  @Override
  public void onClosed(Connection connection) {
    SocketAddress far = connection.getEndPoint().getRemoteSocketAddress();
    if (open.remove(far, connection.getEndPoint())) {
      heads.closed(far);
    }
  }

  /** To be called for each request whose head is there. */
  void asked(Request request) {
    SocketAddress far = request.getConnectionMetaData().getRemoteSocketAddress();
    heads.asked(far);
    Request.addCompletionListener(request, end -> heads.answered(far, System.nanoTime()));
  }

  private void closeOverdue() {
    heads.overdue(System.nanoTime()).forEach(this::close);
  }

  private void close(SocketAddress far) {
    EndPoint end = open.remove(far);
    if (end != null) {
      end.close();
    }
  }
}
