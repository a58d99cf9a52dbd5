package uk.onefileroutes.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import uk.onefileroutes.testing.PostgresServer;
import uk.onefileroutes.testing.TestKey;

/** The way to the database by TLS, and whom the ledger trusts there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresTlsTest {
  @TempDir static Path folder;
  private TestKey key;
  private PostgresServer server;

  @BeforeAll
  void start() throws Exception {
    key = TestKey.make(folder, "dns:localhost");
    Path pem = Files.createFile(folder.resolve("server.key"), ownersOnly());
    Files.writeString(pem, key.keyPem());
    server =
        PostgresServer.start(
            Map.of(
                "ssl", "on",
                "ssl_cert_file", authority("server.crt", key),
                "ssl_key_file", pem.toString()));
    server.execute("CREATE DATABASE ledger");
  }

  @AfterAll
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  private static FileAttribute<?> ownersOnly() {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  }

  private String authority(String name, TestKey of) throws Exception {
    return Files.writeString(folder.resolve(name), of.pem()).toString();
  }

  /** Of this server, by this name of its host and these parameters. */
  private LedgerLogin place(String host, String parameters) {
    LedgerLogin plain = server.ledger("ledger");
    return new LedgerLogin(
        plain.url().replace("127.0.0.1", host) + "?" + parameters, plain.user(), "");
  }

  @Test
  void aServerWithACertificateOfOursIsWorkedWith() throws Exception {
    LedgerLogin place =
        place("localhost", "sslmode=verify-full&sslrootcert=" + authority("ours.pem", key));
    try (Ledger ledger = Ledger.open(place, "onefile")) {
      boolean isEncrypted =
          ledger.read(
              connection ->
                  Sql.query(connection, "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
                      .one(row -> row.getBoolean(1))
                      .orElseThrow());
      assertThat(isEncrypted).isTrue();
    }
  }

  @Test
  void anotherAuthorityIsNotTrusted() throws Exception {
    String other = authority("other.pem", TestKey.make(folder, "dns:localhost,dns:other"));
    assertRefused(
        "localhost", "sslmode=verify-full&sslrootcert=" + other, "certificate", "sslrootcert");
  }

  @Test
  void anotherHostsCertificateIsNotTrusted() throws Exception {
    assertRefused(
        "127.0.0.1",
        "sslmode=verify-full&sslrootcert=" + authority("ours-2.pem", key),
        "certificate",
        "host");
  }

  @Test
  void anAuthorityThatIsNotThereIsSaidSo() {
    assertRefused(
        "localhost", "sslmode=verify-full&sslrootcert=" + folder.resolve("no.pem"), "no.pem");
  }

  @Test
  void aServerWithoutTlsIsSaidSo() {
    LedgerLogin plain = PostgresServer.emptyLedger();
    LedgerLogin place =
        new LedgerLogin(plain.url() + "?sslmode=require", plain.user(), plain.password());
    assertThatThrownBy(() -> Ledger.open(place, "onefile"))
        .hasMessageContainingAll("its server does not offer TLS", "ssl=on");
  }

  private void assertRefused(String host, String parameters, String... words) {
    assertThatThrownBy(() -> Ledger.open(place(host, parameters), "onefile"))
        .isInstanceOf(LedgerException.class)
        .hasMessageContainingAll(words)
        .hasMessageNotContaining("Exception");
  }
}
