package uk.onefileroutes.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyEncryptionContext;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.sftp.server.DirectoryHandle;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.SftpEventListener;
import org.apache.sshd.sftp.server.SftpSubsystem;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.jspecify.annotations.Nullable;

/**
 * An SFTP server on 127.0.0.1 with a folder of its own, whose faults are switched on one by one.
 * Its user logs in by {@link #PASSWORD}, or by a key that was let in. Thread-safe.
 */
public final class TestSftpServer implements AutoCloseable {
  public static final String USER = "mis";
  public static final String PASSWORD = "correct#horse&battery%{{staple}}";

  /** What is listed as a slash, so that names lead elsewhere. */
  public static final String SLASH = "@slash@";

  /** What is listed as a byte that UTF-8 does not have, as by servers whose names are Latin-1. */
  public static final String NO_TEXT = "~";

  /** Where a fault strikes. */
  public enum At {
    LISTING,
    /** After the first bytes of a file. */
    DOWNLOAD,
    /** Before the first bytes of a file. */
    UPLOAD,
    BEFORE_RENAME,
    /** The file is renamed, the answer is lost. */
    AFTER_RENAME
  }

  private final Path root;
  private final Set<PublicKey> letIn = ConcurrentHashMap.newKeySet();
  private final Map<At, AtomicInteger> cuts = new EnumMap<>(At.class);
  private final Map<At, CountDownLatch> hangs = new ConcurrentHashMap<>();
  private final Set<String> denied = ConcurrentHashMap.newKeySet();
  private final AtomicInteger logins = new AtomicInteger();
  private final AtomicInteger refusedLogins = new AtomicInteger();
  private final AtomicReference<Runnable> beforeRead = new AtomicReference<>(() -> {});
  private volatile boolean isDiskFull;
  private KeyPair hostKey = newKey();
  private int port;
  private @Nullable SshServer server;

  private TestSftpServer(Path root) {
    Configurator.setLevel("org.apache.sshd", Level.OFF); // cut on purpose, it has much to say
    this.root = root;
    for (At at : At.values()) {
      cuts.put(at, new AtomicInteger());
    }
  }

  /** Starts a server on a free port. */
  public static TestSftpServer start() throws IOException {
    TestSftpServer server = new TestSftpServer(Files.createTempDirectory("test-sftp-"));
    server.startAgain();
    return server;
  }

  /** Starts it on the port that it had. */
  public void startAgain() throws IOException {
    SshServer sshd = SshServer.setUpDefaultServer();
    sshd.setHost("127.0.0.1");
    sshd.setPort(port);
    sshd.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
    sshd.setPasswordAuthenticator(
        (user, password, session) -> counted(user.equals(USER) && password.equals(PASSWORD)));
    sshd.setPublickeyAuthenticator(
        (user, key, session) -> user.equals(USER) && letIn.contains(key));
    SftpSubsystemFactory sftp = new LyingFactory();
    sftp.addSftpEventListener(new Faults());
    sshd.setSubsystemFactories(List.of(sftp));
    sshd.setFileSystemFactory(new VirtualFileSystemFactory(root));
    sshd.start();
    port = sshd.getPort();
    server = sshd;
  }

  private boolean counted(boolean good) {
    if (!good) {
      refusedLogins.incrementAndGet();
    }
    return good;
  }

  /** Cuts all connections and listens no more. */
  public void stop() throws IOException {
    SshServer running = server;
    if (running != null) {
      running.stop(true);
      server = null;
    }
  }

  public int port() {
    return port;
  }

  /** A folder of the server, made if it isn't there. */
  public Path folder(String name) throws IOException {
    return Files.createDirectories(root.resolve(name));
  }

  /** The names in a folder of the server, sorted; {@code .done} and such are left out. */
  public List<String> names(String folder) throws IOException {
    try (Stream<Path> found = Files.list(folder(folder))) {
      return found
          .filter(path -> !Files.isDirectory(path))
          .map(path -> path.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  /** Puts a whole file there at once. */
  public void drop(String folder, String name, String text) throws IOException {
    Path hidden = folder(folder).resolve(".dropping");
    Files.writeString(hidden, text);
    Files.move(hidden, folder(folder).resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  /** The next connections are cut at that point, so many times. */
  public void cut(At at, int times) {
    cuts.get(at).set(times);
  }

  /** How many cuts are still to come there. */
  public int cutsLeft(At at) {
    return cuts.get(at).get();
  }

  /** From now on nothing is answered at that point, while the connection stays alive. */
  public void hang(At at) {
    hangs.put(at, new CountDownLatch(1));
  }

  /** Ends a hang. */
  public void release(At at) {
    CountDownLatch latch = hangs.remove(at);
    if (latch != null) {
      latch.countDown();
    }
  }

  /** Does something once, right before the next bytes of a file are read. */
  public void beforeRead(Runnable action) {
    beforeRead.set(action);
  }

  /** Whether writing fails as on a full disk. */
  public void diskFull(boolean full) {
    isDiskFull = full;
  }

  /** Whether listing a folder, and writing into it, is denied. */
  public void deny(String folder, boolean deny) {
    if (deny) {
      denied.add("/" + folder);
    } else {
      denied.remove("/" + folder);
    }
  }

  /** How many sessions asked for SFTP so far. */
  public int logins() {
    return logins.get();
  }

  public int refusedLogins() {
    return refusedLogins.get();
  }

  /** How many sessions are open now. */
  public int openSessions() {
    SshServer running = server;
    return running == null ? 0 : running.getActiveSessions().size();
  }

  /** Another host key from the next start on. */
  public void newHostKey() {
    hostKey = newKey();
  }

  /** The fingerprint of the host key, as {@code ssh-keygen -lf} prints it. */
  public String fingerprint() {
    return KeyUtils.getFingerPrint(BuiltinDigests.sha256, hostKey.getPublic());
  }

  /** The line of {@code known_hosts} for the host key. */
  public String knownHostsLine() {
    return "[127.0.0.1]:" + port + " " + PublicKeyEntry.toString(hostKey.getPublic());
  }

  /** A new user key that is let in, written encrypted in OpenSSH's format. */
  public void letIn(Path privateKey, String passphrase)
      throws IOException, GeneralSecurityException {
    KeyPair pair = newKey();
    letIn.add(pair.getPublic());
    OpenSSHKeyEncryptionContext encryption = new OpenSSHKeyEncryptionContext();
    encryption.setCipherType("256");
    encryption.setPassword(passphrase);
    encryption.setKdfRounds(1); // each login pays for them
    try (OutputStream out = Files.newOutputStream(privateKey)) {
      OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, "test", encryption, out);
    }
    if (privateKey.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(privateKey, PosixFilePermissions.fromString("rw-------"));
    }
  }

  /** The keys of a feed that log in here by password; host keys are written to a file. */
  public Map<String, String> keys(Path knownHosts) throws IOException {
    Files.writeString(knownHosts, knownHostsLine() + "\n");
    Map<String, String> keys = new LinkedHashMap<>();
    keys.put("sftp.host", "127.0.0.1");
    keys.put("sftp.port", Integer.toString(port));
    keys.put("sftp.user", USER);
    keys.put("sftp.password", PASSWORD);
    keys.put("sftp.known-hosts", knownHosts.toString());
    keys.put("sftp.connect-timeout", "10s");
    keys.put("sftp.timeout", "20s");
    return keys;
  }

  @Override
  public void close() throws IOException {
    hangs.keySet().forEach(this::release);
    stop();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static KeyPair newKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Lists names as {@link #SLASH} and {@link #NO_TEXT} say: no honest server has the former. */
  private static final class LyingFactory extends SftpSubsystemFactory {
    @Override
    public Command createSubsystem(ChannelSession channel) {
      SftpSubsystem subsystem =
          new SftpSubsystem(channel, this) {
            @Override
            protected String getShortName(Path path) throws IOException {
              return super.getShortName(path).replace(SLASH, "/");
            }

            @Override
            protected void writeDirEntry(
                int id,
                DirectoryHandle directory,
                Map<String, Path> entries,
                Buffer listing,
                int index,
                Path file,
                String name,
                LinkOption... options)
                throws IOException {
              int start = listing.wpos();
              super.writeDirEntry(id, directory, entries, listing, index, file, name, options);
              for (int i = start; i < listing.wpos(); i++) {
                if (name.contains(NO_TEXT) && listing.array()[i] == NO_TEXT.charAt(0)) {
                  listing.array()[i] = (byte) 0xFC;
                }
              }
            }
          };
      getRegisteredListeners().forEach(subsystem::addSftpEventListener);
      return subsystem;
    }
  }

  private final class Faults implements SftpEventListener {
    @Override
    public void initialized(ServerSession session, int version) {
      logins.incrementAndGet();
    }

    @Override
    public void readingEntries(ServerSession session, String handle, DirectoryHandle directory)
        throws IOException {
      denyOrPass(directory.getFile());
      strike(session, At.LISTING);
    }

    @Override
    public void reading(
        ServerSession session,
        String handle,
        FileHandle file,
        long offset,
        byte[] data,
        int at,
        int length) {
      beforeRead.getAndSet(() -> {}).run();
    }

    @Override
    public void read(
        ServerSession session,
        String handle,
        FileHandle file,
        long offset,
        byte[] data,
        int at,
        int length,
        int read,
        @Nullable Throwable thrown)
        throws IOException {
      strike(session, At.DOWNLOAD);
    }

    @Override
    public void writing(
        ServerSession session,
        String handle,
        FileHandle file,
        long offset,
        byte[] data,
        int at,
        int length)
        throws IOException {
      denyOrPass(file.getFile().getParent());
      if (isDiskFull) {
        throw new IOException("No space left on device");
      }
      strike(session, At.UPLOAD);
    }

    @Override
    public void moving(ServerSession session, Path from, Path to, Collection<CopyOption> options)
        throws IOException {
      strike(session, At.BEFORE_RENAME);
    }

    @Override
    public void moved(
        ServerSession session,
        Path from,
        Path to,
        Collection<CopyOption> options,
        @Nullable Throwable thrown)
        throws IOException {
      strike(session, At.AFTER_RENAME);
    }

    private void denyOrPass(Path folder) throws IOException {
      if (denied.contains(folder.toString())) {
        throw new AccessDeniedException(folder.toString());
      }
    }

    private void strike(ServerSession session, At at) throws IOException {
      CountDownLatch hang = hangs.get(at);
      if (hang != null) {
        try {
          hang.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      if (cuts.get(at).getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        session.close(true);
        throw new NoSuchFileException("cut");
      }
    }
  }
}
