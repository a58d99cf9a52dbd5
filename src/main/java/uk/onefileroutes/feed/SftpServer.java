package uk.onefileroutes.feed;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An SFTP server and how to log in to it. Its text never holds a secret.
 *
 * @param login who logs in, by password, key or both
 * @param knownHosts the host keys that are trusted, in OpenSSH's format
 * @param connectTimeout for reaching it and for each step of the login
 * @param timeout for each answer after that
 */
public record SftpServer(
    String host,
    int port,
    Login login,
    Path knownHosts,
    Duration connectTimeout,
    Duration timeout) {

  /**
   * Who logs in.
   *
   * @param password null: by key only
   * @param keyFile null: by password only
   * @param passphrase null: the key is not encrypted
   */
  public record Login(
      String user, @Nullable String password, @Nullable Path keyFile, @Nullable String passphrase) {
    @Override
    public String toString() {
      return user;
    }
  }

  /** The host as {@code known_hosts} names it. */
  public String knownHost() {
    return port == 22 ? host : "[" + host + "]:" + port;
  }

  /** The same with relative files under this folder. */
  public SftpServer under(Path folder) {
    Path key = login.keyFile();
    Login resolved =
        new Login(
            login.user(),
            login.password(),
            key == null ? null : folder.resolve(key),
            login.passphrase());
    return new SftpServer(
        host, port, resolved, folder.resolve(knownHosts), connectTimeout, timeout);
  }

  @Override
  public String toString() {
    return "sftp://" + login.user() + "@" + host + (port == 22 ? "" : ":" + port);
  }
}
