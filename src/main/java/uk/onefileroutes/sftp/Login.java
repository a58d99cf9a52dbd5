package uk.onefileroutes.sftp;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.UIKeyboardInteractive;
import com.jcraft.jsch.UserInfo;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.feed.SftpServer;

/**
 * Makes sessions, always in the same way: the host key must be known, a password is offered once,
 * and a connection that is dead is noticed.
 */
final class Login {
  private static final int ALIVE_MS = 15_000;
  private static final int ALIVE_MISSED = 3;

  private Login() {}

  /** A session that is not connected yet. */
  static Session session(SftpServer server) throws JSchException {
    JSch jsch = new JSch();
    SftpServer.Login login = server.login();
    Path keyFile = login.keyFile();
    if (keyFile != null) {
      addKey(jsch, keyFile, login.passphrase());
    }
    jsch.setKnownHosts(server.knownHosts().toString());
    Session session = jsch.getSession(login.user(), server.host(), server.port());
    session.setConfig("StrictHostKeyChecking", "yes");
    session.setConfig("HashKnownHosts", "no");
    session.setConfig("PreferredAuthentications", methods(login));
    session.setUserInfo(new Once(login.password()));
    // sets the socket's time-out too; how long an answer may take is for AnswerTimeout
    session.setServerAliveInterval((int) Math.min(ALIVE_MS, server.timeout().toMillis()));
    session.setServerAliveCountMax(ALIVE_MISSED);
    return session;
  }

  private static void addKey(JSch jsch, Path keyFile, @Nullable String passphrase)
      throws JSchException {
    byte[] phrase = passphrase == null ? null : passphrase.getBytes(StandardCharsets.UTF_8);
    KeyPair pair = KeyPair.load(jsch, keyFile.toString());
    boolean opens = !pair.isEncrypted() || pair.decrypt(phrase);
    pair.dispose();
    if (!opens) {
      throw new JSchException(
          phrase == null
              ? "the key " + keyFile + " is encrypted; set sftp.key-passphrase"
              : "sftp.key-passphrase does not open the key " + keyFile + "; correct it");
    }
    jsch.addIdentity(keyFile.toString(), phrase);
  }

  private static String methods(SftpServer.Login login) {
    if (login.keyFile() == null) {
      return "password,keyboard-interactive";
    }
    return login.password() == null ? "publickey" : "publickey,password,keyboard-interactive";
  }

  /** Offers the password once: servers lock accounts out, or addresses, after a few wrong ones. */
  private static final class Once implements UserInfo, UIKeyboardInteractive {
    private final @Nullable String password;
    private boolean wasAsked;

    Once(@Nullable String password) {
      this.password = password;
    }

    @Override
    public @Nullable String getPassword() {
      return password;
    }

    @Override
    public boolean promptPassword(String message) {
      boolean first = !wasAsked;
      wasAsked = true;
      return first && password != null;
    }

    @Override
    public String[] promptKeyboardInteractive(
        String destination, String name, String instruction, String[] prompt, boolean[] echo) {
      if (prompt.length == 0) {
        return new String[0];
      }
      // one question whose answer is not shown: the password; any other needs a person
      boolean isPassword = prompt.length == 1 && !echo[0];
      String answer = isPassword && promptPassword("") ? password : null;
      if (answer == null) {
        throw new IllegalStateException("Auth cancel"); // JSch would answer with nothing: a failure
      }
      return new String[] {answer};
    }

    @Override
    public @Nullable String getPassphrase() {
      return null;
    }

    @Override
    public boolean promptPassphrase(String message) {
      return false;
    }

    @Override
    public boolean promptYesNo(String message) {
      return false;
    }

    @Override
    public void showMessage(String message) {
      // a banner
    }
  }
}
