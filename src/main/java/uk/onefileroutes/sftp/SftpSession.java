package uk.onefileroutes.sftp;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SftpATTRS;
import com.jcraft.jsch.SftpException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.feed.PlaceFailure;
import uk.onefileroutes.feed.SftpServer;

/**
 * A handful of verbs on a server, for what Camel's component does not ask. Every verb ends within
 * the server's time-out and throws {@link PlaceFailure}. For one thread.
 */
final class SftpSession implements AutoCloseable {
  private final ChannelSftp channel;
  private final AnswerTimeout answerTimeout;
  private final @Nullable Session owned;

  private SftpSession(ChannelSftp channel, AnswerTimeout answerTimeout, @Nullable Session owned) {
    this.channel = channel;
    this.answerTimeout = answerTimeout;
    this.owned = owned;
  }

  /** Logs in. */
  static SftpSession open(SftpServer server) {
    AnswerTimeout answerTimeout = new AnswerTimeout(server.timeout());
    int connectMs = (int) server.connectTimeout().toMillis();
    Session session = null;
    try {
      Session made = Login.session(server);
      session = made;
      answerTimeout.watch(made);
      ChannelSftp channel =
          answerTimeout.during(
              () -> {
                try {
                  made.connect(connectMs);
                  return channel(made, connectMs);
                } catch (JSchException e) {
                  throw new IllegalStateException(e);
                }
              });
      return new SftpSession(channel, answerTimeout, made);
    } catch (JSchException | IllegalStateException e) {
      String reason = Reason.ofLogin(e, server, session);
      if (session != null) {
        session.disconnect();
      }
      throw new PlaceFailure(reason, true, Reason.refusal(e), e);
    }
  }

  /** On a session that is logged in already and stays so. */
  static SftpSession on(Session session, AnswerTimeout answerTimeout, SftpServer server)
      throws JSchException {
    return new SftpSession(
        channel(session, (int) server.connectTimeout().toMillis()), answerTimeout, null);
  }

  private static ChannelSftp channel(Session session, int connectMs) throws JSchException {
    ChannelSftp channel = (ChannelSftp) session.openChannel("sftp");
    channel.connect(connectMs);
    return channel;
  }

  boolean isConnected() {
    return channel.isConnected();
  }

  /** Lists a folder and counts what is in it. */
  int list(String directory) {
    return asked("list " + directory, () -> channel.ls(quoted(directory)).size());
  }

  /** The names of what is in a folder. */
  Set<String> names(String directory) {
    Set<String> names = new HashSet<>();
    asked(
        "list " + directory,
        () -> {
          channel.ls(quoted(directory), entry -> found(names, entry));
          return true;
        });
    return names;
  }

  private static int found(Set<String> names, ChannelSftp.LsEntry entry) {
    names.add(entry.getFilename());
    return ChannelSftp.LsEntrySelector.CONTINUE;
  }

  /** So many bytes of a file from a place on, or what there is of them. */
  byte[] read(String path, long from, int bytes) {
    return asked(
        "read " + path,
        () -> {
          int usual = channel.getBulkRequests();
          ask(1); // nobody wants what follows
          try (InputStream in = channel.get(quoted(path), null, from)) {
            return in.readNBytes(bytes);
          } catch (IOException e) {
            throw new SftpException(ChannelSftp.SSH_FX_FAILURE, e.getMessage(), e);
          } finally {
            ask(usual);
          }
        });
  }

  private void ask(int blocksAtOnce) throws SftpException {
    try {
      channel.setBulkRequests(blocksAtOnce);
    } catch (JSchException e) { // it wants one or more
      throw new SftpException(ChannelSftp.SSH_FX_BAD_MESSAGE, e.getMessage(), e);
    }
  }

  /** What is under a path; empty where nothing is. */
  Optional<SftpATTRS> find(String path) {
    return asked(
        "look for " + path,
        () -> {
          try {
            return Optional.of(channel.lstat(quoted(path)));
          } catch (SftpException e) {
            if (e.id == ChannelSftp.SSH_FX_NO_SUCH_FILE) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  /** The bytes of a file. */
  InputStream read(String path) {
    return answerTimeout.during(asked("read " + path, () -> channel.get(quoted(path))));
  }

  /** Renames; whether the new name is free is the caller's to ask. */
  void move(String from, String to) {
    asked(
        "move " + from + " to " + to,
        () -> {
          channel.rename(quoted(from), quoted(to));
          return true;
        });
  }

  void remove(String path) {
    asked(
        "remove " + path,
        () -> {
          channel.rm(quoted(path));
          return true;
        });
  }

  void makeFolder(String path) {
    asked(
        "make the folder " + path,
        () -> {
          channel.mkdir(quoted(path));
          return true;
        });
  }

  @Override
  public void close() {
    channel.disconnect();
    if (owned != null) {
      owned.disconnect();
    }
  }

  /** JSch takes names for patterns. */
  static String quoted(String path) {
    return path.replaceAll("([\\\\*?])", "\\\\$1");
  }

  private interface Asking<T> {
    T ask() throws SftpException;
  }

  private <T> T asked(String what, Asking<T> asking) {
    return answerTimeout.during(
        () -> {
          try {
            return asking.ask();
          } catch (SftpException e) {
            boolean answered = Reason.isAnswer(e);
            if (!answered) {
              close();
            }
            throw new PlaceFailure(Reason.ofAnswer(e, "can't " + what), !answered, e);
          }
        });
  }
}
