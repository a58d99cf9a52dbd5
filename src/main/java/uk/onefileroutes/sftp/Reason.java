package uk.onefileroutes.sftp;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchHostKeyException;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SftpException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.feed.PlaceFailure;
import uk.onefileroutes.feed.SftpServer;
import uk.onefileroutes.shown.Causes;
import uk.onefileroutes.shown.Shown;

/** What failures of a server mean, as a sentence with its remedy, and never with a secret. */
final class Reason {
  private static final int MOST = 300; // of what others say

  private Reason() {}

  /** What there is no session for; null where it may pass by itself. */
  static PlaceFailure.@Nullable Refusal refusal(Throwable failure) {
    if (Causes.find(failure, JSchHostKeyException.class) != null) {
      return PlaceFailure.Refusal.HOST_KEY;
    }
    return isRefused(String.valueOf(Causes.root(failure).getMessage()))
        ? PlaceFailure.Refusal.LOGIN
        : null;
  }

  private static boolean isRefused(String message) {
    return message.contains("Auth fail") || message.contains("Auth cancel");
  }

  /** Why there is no session. */
  static String ofLogin(Throwable failure, SftpServer server, @Nullable Session session) {
    JSchHostKeyException hostKey = Causes.find(failure, JSchHostKeyException.class);
    if (hostKey != null) {
      return HostKeys.refused(hostKey, server, session);
    }
    if (Causes.find(failure, UnknownHostException.class) != null) {
      return "no such host " + server.host() + "; correct sftp.host, or the name server";
    }
    if (Causes.find(failure, ConnectException.class) != null
        || Causes.find(failure, NoRouteToHostException.class) != null) {
      return "nothing answers at %s port %d; see that the server is up, the port right, the firewall open"
          .formatted(server.host(), server.port());
    }
    String message = String.valueOf(Causes.root(failure).getMessage());
    if (isRefused(message)) {
      return "the server refuses the login of %s; correct sftp.user and %s"
          .formatted(
              server.login().user(),
              server.login().keyFile() == null
                  ? "sftp.password"
                  : "sftp.key-file, or have its public key put in place there");
    }
    if (Causes.find(failure, SocketTimeoutException.class) != null || message.contains("timeout")) {
      return "no answer from %s port %d within %d ms"
          .formatted(server.host(), server.port(), server.connectTimeout().toMillis());
    }
    JSchException ours = Causes.find(failure, JSchException.class);
    return Shown.line(
        ours == null || ours.getMessage() == null ? message : ours.getMessage(), MOST);
  }

  /** Why the server did not do what it was asked for. */
  static String ofAnswer(Throwable failure, String what) {
    SftpException answer = Causes.find(failure, SftpException.class);
    if (answer == null) {
      return what + ": " + Shown.line(String.valueOf(Causes.root(failure).getMessage()), MOST);
    }
    return switch (answer.id) {
      case ChannelSftp.SSH_FX_NO_SUCH_FILE -> what + ": no such file or folder on the server";
      case ChannelSftp.SSH_FX_PERMISSION_DENIED -> what + ": the server says permission denied";
      default ->
          what
              + ": "
              + (isAnswer(answer)
                  ? "the server says " + Shown.line(String.valueOf(answer.getMessage()), MOST)
                  : "the connection was cut, or no answer came in time");
    };
  }

  /** Whether it is the server's own answer; else there was none. */
  static boolean isAnswer(Throwable failure) {
    SftpException answer = Causes.find(failure, SftpException.class);
    return answer != null && answer.getCause() == null;
  }
}
