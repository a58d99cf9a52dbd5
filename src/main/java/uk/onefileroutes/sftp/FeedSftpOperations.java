package uk.onefileroutes.sftp;

import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SftpATTRS;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.camel.component.file.remote.FtpConstants;
import org.apache.camel.component.file.remote.RemoteFileConfiguration;
import org.apache.camel.component.file.remote.SftpConfiguration;
import org.apache.camel.component.file.remote.SftpEndpoint;
import org.apache.camel.component.file.remote.SftpOperations;
import org.apache.camel.component.file.remote.SftpRemoteFile;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.feed.PlaceFailure;
import uk.onefileroutes.feed.SftpServer;
import uk.onefileroutes.receive.DropFolder;
import uk.onefileroutes.receive.ReadyFilter;
import uk.onefileroutes.table.Ending;

/**
 * What Camel's component does on a server, with our login and an end to every wait. After a failure
 * that is no answer of the server the connection is dropped, so that the next step begins with a
 * fresh one. For one thread; only disconnecting may come from another.
 */
@SuppressWarnings("rawtypes") // Camel's own signatures
final class FeedSftpOperations extends SftpOperations {
  private final SftpEndpoint endpoint;
  private final SftpServer server;
  private final AnswerTimeout answerTimeout;
  private volatile @Nullable Session session;
  private volatile @Nullable SftpSession files;
  private @Nullable String uploaded; // under its temporary name, and not renamed yet

  FeedSftpOperations(SftpEndpoint endpoint) {
    this.endpoint = endpoint;
    setEndpoint(endpoint);
    server = server(endpoint.getConfiguration());
    answerTimeout = new AnswerTimeout(server.timeout());
  }

  private static SftpServer server(SftpConfiguration c) {
    String key = c.getPrivateKeyFile();
    return new SftpServer(
        c.getHost(),
        c.getPort(),
        new SftpServer.Login(
            c.getUsername(),
            c.getPassword(),
            key == null || key.isEmpty() ? null : Path.of(key),
            c.getPrivateKeyPassphrase()),
        Path.of(c.getKnownHostsFile()),
        Duration.ofMillis(c.getConnectTimeout()),
        Duration.ofMillis(c.getSoTimeout()));
  }

  /** Our own verbs, on the connection that Camel uses. */
  SftpSession files() {
    SftpSession current = files;
    if (current == null || !current.isConnected() || !isConnected()) {
      boolean unused = connect(null, null);
      try {
        current = SftpSession.on(session(), answerTimeout, server);
      } catch (JSchException e) {
        current = SftpSession.open(server); // a server that allows one channel a connection
      }
      files = current;
    }
    return current;
  }

  private Session session() {
    Session current = session;
    if (current == null) {
      throw new IllegalStateException("not connected");
    }
    return current;
  }

  @Override
  protected Session createSession(RemoteFileConfiguration configuration) throws JSchException {
    Session made = Login.session(server);
    session = made;
    answerTimeout.watch(made);
    return made;
  }

  @Override
  public boolean connect(
      @Nullable RemoteFileConfiguration configuration, @Nullable Exchange exchange) {
    try {
      return answerTimeout.during(() -> super.connect(configuration, exchange));
    } catch (RuntimeException e) { // JSch lets some of its own through
      String reason = Reason.ofLogin(e, server, session);
      drop();
      throw new PlaceFailure(reason, true, Reason.refusal(e), e);
    }
  }

  @Override
  public boolean isConnected() {
    Session current = session;
    return current != null && current.isConnected();
  }

  /** Without Camel's lock, which a step that hangs would hold: a stop must not wait for that. */
  @Override
  public void disconnect() {
    SftpSession own = files;
    if (own != null) {
      own.close();
    }
    drop();
  }

  @Override
  public void forceDisconnect() {
    disconnect();
  }

  @Override
  public SftpRemoteFile[] listFiles(String path) {
    SftpRemoteFile[] listed = asked("list " + path, () -> super.listFiles(path));
    Object filter = endpoint.getFilter();
    if (filter instanceof ReadyFilter<?> ready) {
      Set<String> names = new HashSet<>();
      for (SftpRemoteFile file : listed) {
        names.add(file.getFilename());
      }
      ready.listed(new Listed(path, names));
    }
    return listed;
  }

  /** The folder of this poll. */
  private final class Listed implements DropFolder {
    private final String path;
    private final Set<String> names;

    Listed(String path, Set<String> names) {
      this.path = path;
      this.names = names;
    }

    @Override
    public Set<String> names() {
      return names;
    }

    @Override
    public Ending ending(String name, long bytes) {
      String file = path + "/" + name;
      byte[] first = files().read(file, 0, Ending.BYTES);
      return Ending.of(
          first,
          bytes <= Ending.BYTES ? first : files().read(file, bytes - Ending.BYTES, Ending.BYTES));
    }

    /** What the listing says of rights is not always what the server does. */
    @Override
    public boolean isForbidden(String name) {
      return false;
    }
  }

  @Override
  public boolean retrieveFile(String name, Exchange exchange, long size) {
    if (!isConnected()) { // cut at an earlier file of this poll; the next poll connects
      throw new PlaceFailure("the connection was cut", true, null);
    }
    boolean retrieved =
        asked("read " + name, () -> super.retrieveFile(SftpSession.quoted(name), exchange, size));
    GenericFile<?> file = (GenericFile<?>) exchange.getProperty(Exchange.FILE_EXCHANGE_FILE);
    if (file != null && file.getBody() instanceof InputStream raw) {
      InputStream bytes = answerTimeout.during(raw);
      file.setBody(bytes);
      exchange.getIn().setHeader(FtpConstants.REMOTE_FILE_INPUT_STREAM, bytes);
    }
    return retrieved;
  }

  /** Stores a file and makes sure that it is whole. */
  @Override
  public boolean storeFile(String name, Exchange exchange, long size) {
    Counted bytes = new Counted(exchange.getIn().getBody(InputStream.class));
    boolean stored =
        answered( // as long as bytes come: a large file may need longer than an answer may take
            "write " + name,
            () ->
                answerTimeout.duringProgress(
                    progress -> {
                      exchange.getIn().setBody(answerTimeout.sent(bytes, progress));
                      return super.storeFile(name, exchange, size);
                    }));
    long there = files().find(name).map(SftpATTRS::getSize).orElse(-1L);
    if (there != bytes.count()) {
      throw new PlaceFailure(
          "can't write %s: %d of %d bytes are there; is the disk full?"
              .formatted(name, there, bytes.count()),
          false,
          null);
    }
    uploaded = name;
    return stored;
  }

  /**
   * Asked of the final name once the upload is there. If somebody took that meanwhile, ours goes by
   * another name next time, and this one must not stay behind.
   */
  @Override
  public boolean existsFile(String name) {
    boolean isTaken = files().find(name).isPresent();
    String ours = uploaded;
    if (isTaken && ours != null && deleteFile(ours)) {
      uploaded = null;
    }
    return isTaken;
  }

  @Override
  public boolean deleteFile(String name) {
    return asked("remove " + name, () -> super.deleteFile(SftpSession.quoted(name)));
  }

  @Override
  public boolean renameFile(String from, String to) {
    boolean renamed = asked("rename " + from, () -> super.renameFile(from, to));
    uploaded = null;
    return renamed;
  }

  private <T> T asked(String what, Supplier<T> operation) {
    return answered(what, () -> answerTimeout.during(operation));
  }

  private <T> T answered(String what, Supplier<T> operation) {
    try {
      return operation.get();
    } catch (PlaceFailure e) {
      throw e;
    } catch (GenericFileOperationFailedException e) {
      boolean answered = Reason.isAnswer(e);
      if (!answered) {
        drop();
      }
      throw new PlaceFailure(Reason.ofAnswer(e, "can't " + what), !answered, e);
    }
  }

  private void drop() {
    files = null;
    Optional.ofNullable(session).ifPresent(Session::disconnect);
  }
}
