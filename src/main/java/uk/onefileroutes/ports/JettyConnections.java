package uk.onefileroutes.ports;

import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Bounds what a connection of a port may cost. Sees each request first. A connection is known by
 * its end point: with TLS it is two of Jetty's, one in the other.
 */
final class JettyConnections extends Handler.Wrapper implements Connection.Listener {
  private static final int MAX_CONNECTIONS = 512;

  private final HeadDeadline<SocketAddress> heads = new HeadDeadline<>(MAX_CONNECTIONS);
  private final Map<SocketAddress, EndPoint> open = new ConcurrentHashMap<>();
  // a socket that is closed can't say any more whose it was
  private final Map<EndPoint, SocketAddress> addresses = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer;

  /**
   * One for one server.
   *
   * @param name of the port, for its thread
   */
  JettyConnections(String name, Handler next) {
    super(next);
    timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, name + "-connections");
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    long every = HeadDeadline.EVERY.toMillis();
    ScheduledFuture<?> unused =
        timer.scheduleAtFixedRate(this::closeOverdue, every, every, TimeUnit.MILLISECONDS);
  }

  @Override
  protected void doStop() throws Exception {
    timer.shutdownNow();
    super.doStop();
  }

  @Override
  public void onOpened(Connection connection) {
    EndPoint end = connection.getEndPoint();
    SocketAddress far = end.getRemoteSocketAddress();
    if (far == null) { // gone already
      end.close();
      return;
    }
    addresses.put(end, far);
    open.put(far, end);
    heads.opened(far, System.nanoTime()).forEach(this::close);
  }

  @Override
  public void onClosed(Connection connection) {
    SocketAddress far = addresses.remove(connection.getEndPoint());
    if (far != null && open.remove(far, connection.getEndPoint())) {
      heads.closed(far);
    }
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    SocketAddress far = request.getConnectionMetaData().getRemoteSocketAddress();
    heads.requestStarted(far);
    Request.addCompletionListener(request, end -> heads.requestEnded(far, System.nanoTime()));
    return super.handle(request, response, callback);
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
