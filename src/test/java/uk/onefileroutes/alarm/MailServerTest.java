package uk.onefileroutes.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import uk.onefileroutes.alarm.MailServer.Security;

/** How the way to a mail server is kept private. */
@Timeout(60)
class MailServerTest {
  @Test
  void withoutStarttlsNothingIsSaid() throws Exception {
    GreenMail mail = server(ServerSetup.PROTOCOL_SMTP);
    try {
      assertThatThrownBy(() -> connect(Security.STARTTLS, mail.getSmtp().getPort()))
          .isInstanceOf(MessagingException.class)
          .hasMessageContaining("STARTTLS is required");
      connect(Security.NONE, mail.getSmtp().getPort());
    } finally {
      mail.stop();
    }
  }

  @Test
  void aCertificateThatNobodyVouchesForIsRefused() throws Exception {
    GreenMail mail = server(ServerSetup.PROTOCOL_SMTPS);
    try {
      assertThatThrownBy(() -> connect(Security.TLS, mail.getSmtps().getPort()))
          .hasRootCauseMessage("unable to find valid certification path to requested target")
          .satisfies(
              failure -> assertThat(failure.getCause()).isInstanceOf(SSLHandshakeException.class));
    } finally {
      mail.stop();
    }
  }

  private static GreenMail server(String protocol) {
    ServerSetup setup = new ServerSetup(0, "127.0.0.1", protocol);
    setup.setServerStartupTimeout(30_000);
    GreenMail mail = new GreenMail(setup);
    mail.start();
    return mail;
  }

  private static void connect(Security security, int port) throws MessagingException {
    MailServer server =
        new MailServer(
            List.of("ops@example.org"),
            "routes@example.org",
            "127.0.0.1",
            port,
            security,
            null,
            () -> "");
    try (Transport transport = Session.getInstance(server.properties()).getTransport("smtp")) {
      transport.connect(server.host(), server.port(), null, null);
    }
  }
}
