package uk.onefileroutes.tls;

import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** The key and the certificate of the instance's own ports. Immutable; its text shows no secret. */
public final class ServerKey {
  private static final int DNS = 2; // kinds of names, of RFC 5280
  private static final int IP = 7;

  private final Path file;
  private final KeyStore store;
  private final String password;
  private final Certificate certificate;

  private ServerKey(Path file, KeyStore store, String password, Certificate certificate) {
    this.file = file;
    this.store = store;
    this.password = password;
    this.certificate = certificate;
  }

  /**
   * The only key in a file in PKCS #12 or JKS.
   *
   * @param password of the file and of the key in it
   */
  public static ServerKey in(Path file, String password) throws UnusableStore {
    KeyStore store = Stores.read(file, password);
    try {
      List<String> names = Stores.names(store);
      names.removeIf(name -> !isKey(store, name));
      if (names.size() != 1) {
        throw new UnusableStore(
            "holds " + names.size() + " private keys; make a file that holds one, with keytool");
      }
      Key unused = store.getKey(names.get(0), password.toCharArray());
      return new ServerKey(file, store, password, store.getCertificate(names.get(0)));
    } catch (GeneralSecurityException e) {
      throw new UnusableStore(
          "its key has another password than the file; give both the same one", e);
    }
  }

  private static boolean isKey(KeyStore store, String name) {
    try {
      return store.isKeyEntry(name);
    } catch (GeneralSecurityException e) { // only of a store that was not loaded
      throw new IllegalStateException(e);
    }
  }

  /** The versions of TLS that the ports speak. */
  public static List<String> versions() {
    return Versions.SPOKEN;
  }

  /** For a server. */
  public KeyStore store() {
    return store;
  }

  /** The host names and addresses that its certificate is made out to; none if it names none. */
  public List<String> hosts() {
    try {
      Collection<List<?>> names =
          certificate instanceof X509Certificate x509 ? x509.getSubjectAlternativeNames() : null;
      return names == null
          ? List.of()
          : names.stream()
              .filter(
                  name ->
                      Integer.valueOf(DNS).equals(name.get(0))
                          || Integer.valueOf(IP).equals(name.get(0)))
              .map(name -> String.valueOf(name.get(1)))
              .toList();
    } catch (CertificateParsingException e) { // TLS itself will say so
      return List.of();
    }
  }

  /** Of the key. */
  public String password() {
    return password;
  }

  /**
   * For clients of these ports: they trust this very certificate and nobody else's, so that its
   * names and who signed it do not matter.
   */
  public SSLContext clients() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new OnlyThis(certificate)}, null);
      return context;
    } catch (GeneralSecurityException e) { // each Java has TLS
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return file.toString();
  }

  private static final class OnlyThis extends X509ExtendedTrustManager {
    private final Certificate certificate;

    OnlyThis(Certificate certificate) {
      this.certificate = certificate;
    }

    private void compare(X509Certificate[] chain) throws CertificateException {
      if (chain.length == 0 || !certificate.equals(chain[0])) {
        throw new CertificateException("its certificate is not the one in the key store");
      }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      compare(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      compare(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      compare(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      throw new CertificateException("clients log in by password");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      checkClientTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      checkClientTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
