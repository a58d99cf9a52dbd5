package uk.onefileroutes.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.UnrecoverableKeyException;
import java.util.Collections;
import java.util.List;

/** Files in the formats PKCS #12 and JKS. */
final class Stores {
  private Stores() {}

  static KeyStore read(Path file, String password) throws UnusableStore {
    if (!Files.isReadable(file)) {
      throw new UnusableStore(
          "no such file, or no right to read it; put it there, or correct the path");
    }
    try {
      return KeyStore.getInstance(file.toFile(), password.toCharArray());
    } catch (IOException e) {
      throw new UnusableStore(
          e.getCause() instanceof UnrecoverableKeyException
              ? "its password is wrong or missing; give the one that it was made with"
              : "not a file of certificates in PKCS #12, JKS or PEM, or its password is missing;"
                  + " make it with keytool",
          e);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new UnusableStore(
          "not a file in PKCS #12 or JKS that Java can read; make it with keytool", e);
    }
  }

  static List<String> names(KeyStore store) throws KeyStoreException {
    return Collections.list(store.aliases());
  }
}
