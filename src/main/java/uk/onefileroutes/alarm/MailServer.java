package uk.onefileroutes.alarm;

import jakarta.mail.PasswordAuthentication;
import java.util.List;
import java.util.Properties;
import java.util.function.Supplier;
import org.apache.camel.component.mail.MailAuthenticator;
import org.jspecify.annotations.Nullable;

/**
 * Who is told by mail, and through which server.
 *
 * @param user null: without a login
 * @param password asked for at each login
 */
public record MailServer(
    List<String> to,
    String from,
    String host,
    int port,
    Security security,
    @Nullable String user,
    Supplier<String> password) {
  /** Stands where none is configured; its route does not run. */
  public static final MailServer NONE =
      new MailServer(
          List.of("nobody@localhost"),
          "nobody@localhost",
          "localhost",
          25,
          Security.NONE,
          null,
          () -> "");

  private static final String TIMEOUT_MS = "20000";

  /** How the way to the server is kept private. */
  public enum Security {
    /** Not at all. */
    NONE,
    /** The connection is made private before anything is said; else nothing is. */
    STARTTLS,
    /** It is private from its first byte. */
    TLS
  }

  /** The login, as camel-mail asks for it: so the password stands in no URI. */
  public MailAuthenticator login() {
    return new MailAuthenticator() {
      @Override
      public PasswordAuthentication getPasswordAuthentication() {
        return new PasswordAuthentication(user, user == null ? null : password.get());
      }
    };
  }

  /** What Jakarta Mail must know of the way. */
  public Properties properties() {
    Properties properties = new Properties();
    properties.setProperty("mail.smtp.connectiontimeout", TIMEOUT_MS);
    properties.setProperty("mail.smtp.timeout", TIMEOUT_MS);
    properties.setProperty("mail.smtp.writetimeout", TIMEOUT_MS);
    // else a machine in between may answer in the server's place
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    properties.setProperty("mail.smtp.ssl.protocols", "TLSv1.2 TLSv1.3");
    switch (security) {
      case NONE -> {}
      case STARTTLS -> {
        properties.setProperty("mail.smtp.starttls.enable", "true");
        properties.setProperty("mail.smtp.starttls.required", "true");
      }
      case TLS -> properties.setProperty("mail.smtp.ssl.enable", "true");
    }
    return properties;
  }

  /** Where it leads, without secrets. */
  String words() {
    return "%s through %s:%d".formatted(String.join(", ", to), host, port);
  }
}
