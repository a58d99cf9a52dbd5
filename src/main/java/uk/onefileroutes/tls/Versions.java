package uk.onefileroutes.tls;

import java.util.List;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.SecureSocketProtocolsParameters;

/** The versions of TLS that are spoken, said rather than left to whatever Java runs it. */
final class Versions {
  static final List<String> SPOKEN = List.of("TLSv1.3", "TLSv1.2");

  private Versions() {}

  static SSLContextParameters parameters() {
    SecureSocketProtocolsParameters versions = new SecureSocketProtocolsParameters();
    versions.setSecureSocketProtocol(SPOKEN);
    SSLContextParameters parameters = new SSLContextParameters();
    parameters.setSecureSocketProtocols(versions);
    return parameters;
  }
}
