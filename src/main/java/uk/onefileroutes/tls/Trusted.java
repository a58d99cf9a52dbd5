package uk.onefileroutes.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;
import org.jspecify.annotations.Nullable;

/**
 * Whose certificates are trusted as Onefile's: those of the authorities that Java knows, or those
 * in a file, and then no others. Immutable.
 */
public final class Trusted {
  /** The authorities that Java knows. */
  public static final Trusted BY_JAVA = new Trusted(null);

  private static final String PEM = "-----BEGIN CERTIFICATE-----";
  private static final int MAX_PEM_BYTES = 10 << 20;

  private final @Nullable KeyStore store;

  private Trusted(@Nullable KeyStore store) {
    this.store = store;
  }

  /**
   * The certificates in a file: PEM, PKCS #12 or JKS.
   *
   * @param password of the file; empty for PEM
   */
  public static Trusted in(Path file, String password) throws UnusableStore {
    try {
      KeyStore store = isPem(file) ? pem(file) : Stores.read(file, password);
      for (String name : Stores.names(store)) {
        if (store.isCertificateEntry(name)) {
          return new Trusted(store);
        }
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new UnusableStore("not certificates that Java can read; make it again", e);
    }
    throw new UnusableStore(
        "holds no certificate to trust; import one with keytool -importcert, or name a PEM file");
  }

  /** TLS 1.2 or newer, for Camel's HTTP client; it compares the host's name by itself. */
  public SSLContextParameters parameters() {
    SSLContextParameters parameters = Versions.parameters();
    if (store != null) {
      KeyStoreParameters certificates = new KeyStoreParameters();
      certificates.setKeyStore(store);
      TrustManagersParameters trust = new TrustManagersParameters();
      trust.setKeyStore(certificates);
      parameters.setTrustManagers(trust);
    }
    return parameters;
  }

  private static boolean isPem(Path file) throws IOException {
    return Files.isReadable(file)
        && Files.size(file) < MAX_PEM_BYTES
        && new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(PEM);
  }

  private static KeyStore pem(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    int number = 0;
    for (Certificate each :
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)))) {
      number++;
      store.setCertificateEntry("certificate-" + number, each);
    }
    return store;
  }
}
