package uk.onefileroutes.sftp;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.JSchChangedHostKeyException;
import com.jcraft.jsch.JSchHostKeyException;
import com.jcraft.jsch.JSchRevokedHostKeyException;
import com.jcraft.jsch.Session;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.feed.SftpServer;

/** Words for host keys that were refused. */
final class HostKeys {
  private HostKeys() {}

  /** What was offered, what was expected, and what to put where. */
  static String refused(JSchHostKeyException cause, SftpServer server, @Nullable Session session) {
    HostKey offered = session == null ? null : session.getHostKey();
    if (offered == null) {
      return "the host key of " + server.knownHost() + " is refused: " + cause.getMessage();
    }
    String what =
        "the server %s offers the %s host key %s, "
            .formatted(server.knownHost(), offered.getType(), fingerprint(offered));
    String line = "%s %s %s".formatted(server.knownHost(), offered.getType(), offered.getKey());
    if (cause instanceof JSchRevokedHostKeyException) {
      return what
          + "which %s marks as revoked; nothing was sent to it; ask the operator of the server"
              .formatted(server.knownHosts());
    }
    if (cause instanceof JSchChangedHostKeyException) {
      return what
          + ("but %s holds another; nothing was sent to it. Either the server was given a new key or"
                  + " somebody stands between; ask its operator for the fingerprint, and only if it is"
                  + " this one add the line: %s")
              .formatted(server.knownHosts(), line);
    }
    return what
        + ("which is not in %s; nothing was sent to it. Ask its operator for the fingerprint, and"
                + " only if it is this one add the line: %s")
            .formatted(server.knownHosts(), line);
  }

  /** As {@code ssh-keygen -lf} prints it. */
  static String fingerprint(HostKey key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(Base64.getDecoder().decode(key.getKey()));
      return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) { // every JDK has it
      throw new IllegalStateException(e);
    }
  }
}
