package uk.onefileroutes.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Requests as no proper client would send them. */
public final class RawHttp implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private final Socket socket;

  private RawHttp(Socket socket) {
    this.socket = socket;
  }

  /** Connects to the host and port of this address. */
  public static RawHttp to(String url) throws IOException {
    return from(InetAddress.getLoopbackAddress(), url);
  }

  /** The same from another address of the loopback. */
  public static RawHttp from(InetAddress own, String url) throws IOException {
    URI address = URI.create(url);
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(own, 0));
    socket.connect(new InetSocketAddress(address.getHost(), address.getPort()));
    socket.setSoTimeout((int) DEADLINE.toMillis());
    return new RawHttp(socket);
  }

  /** Sends it, and returns all that comes until the other side closes. */
  public static String ask(String url, String request) throws IOException {
    try (RawHttp connection = to(url)) {
      connection.send(request);
      return connection.rest();
    }
  }

  /** The status of an answer; 0: there was none. */
  public static int status(String answer) {
    return answer.startsWith("HTTP/1.") ? Integer.parseInt(answer.substring(9, 12)) : 0;
  }

  public void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /** All that comes until the other side closes; fails if it does not in time. */
  public String rest() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    InputStream in = socket.getInputStream();
    try {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        all.write(buffer, 0, read);
      }
    } catch (SocketTimeoutException e) {
      throw new AssertionError("still open; came: " + all.toString(StandardCharsets.ISO_8859_1), e);
    } catch (IOException e) {
      // reset is closed too
    }
    return all.toString(StandardCharsets.ISO_8859_1);
  }

  /** Whether the answer that has this status begins within a fifth of a second. */
  public boolean isAnswered(int status) throws IOException {
    byte[] begin = new byte[12];
    socket.setSoTimeout(200);
    try {
      int read = socket.getInputStream().readNBytes(begin, 0, begin.length);
      return read == begin.length
          && status(new String(begin, StandardCharsets.ISO_8859_1)) == status;
    } catch (SocketTimeoutException e) {
      return false;
    } finally {
      socket.setSoTimeout((int) DEADLINE.toMillis());
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
