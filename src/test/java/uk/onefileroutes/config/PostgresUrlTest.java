package uk.onefileroutes.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the URL of a ledger in PostgreSQL may be. */
class PostgresUrlTest {
  private static final String HERE = "jdbc:postgresql://localhost/ledger";

  @ParameterizedTest
  @ValueSource(
      strings = {
        HERE,
        HERE + "?",
        "jdbc:postgresql://127.0.0.1:5432/ledger",
        "jdbc:postgresql://[::1]:5432/ledger",
        "jdbc:postgresql://db.example/ledger?sslmode=disable",
        "jdbc:postgresql://db-1.example:5432,db-2.example:5432/led-ger?targetServerType=primary&sslmode=verify-full&sslrootcert=/etc/onefile/ca.pem&sslcert=/etc/onefile/c.pem&sslkey=/etc/onefile/k.p8",
        HERE
            + "?connectTimeout=5&socketTimeout=30&tcpKeepAlive=true&prepareThreshold=0&currentSchema=onefile&channelBinding=require&sslNegotiation=direct",
      })
  void aLedgerCanBeKept(String url) {
    assertThat(LedgerUrl.faults(url)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql:",
        "jdbc:postgresql:ledger",
        "jdbc:postgresql:/",
        "jdbc:postgresql://db.example",
        "jdbc:postgresql://db.example/",
        "jdbc:postgresql://db.example:0/ledger",
        "jdbc:postgresql://anna:hunter2@db.example/ledger",
        "jdbc:postgresql://db.example/ledger/hunter2",
      })
  void hostAndDatabaseMustBeSaid(String url) {
    assertThat(LedgerUrl.faults(url))
        .singleElement()
        .asString()
        .contains("can't be read", "write jdbc:postgresql://<host>:<port>/<database>")
        .doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"jdbc:postgresql://db.example/ledger", "jdbc:postgresql://localhost,db/ledger"})
  void onTheWayToAnotherMachineItIsSaidHowItIsEncrypted(String url) {
    assertThat(LedgerUrl.faults(url))
        .singleElement()
        .asString()
        .contains("add sslmode=verify-full");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "options=-c%20synchronous_commit=off",
        "socketFactory=x.Y",
        "sslfactory=org.postgresql.ssl.NonValidatingFactory",
        "sslpasswordcallback=x.Y",
        "authenticationPluginClassName=x.Y",
        "loggerFile=/tmp/x",
        "readOnly=true",
        "autosave=always",
        "SSLMODE=disable",
        "hunter2;x=y",
      })
  void aParameterThatIsNotNamedIsRefused(String parameter) {
    assertThat(LedgerUrl.faults(HERE + "?" + parameter))
        .singleElement()
        .asString()
        .startsWith("the parameter ")
        .contains("not one that a ledger may have; remove it")
        .doesNotContain("hunter2");
  }

  @ParameterizedTest
  @CsvSource({
    "sslmode=none, 'disable, allow, prefer, require, verify-ca, verify-full'",
    "sslmode=, 'disable, allow, prefer, require, verify-ca, verify-full'",
    "targetServerType=any, primary",
    "socketTimeout=hunter2, 0 to 999999",
    "currentSchema=a;b, 'letters, digits and _'",
  })
  void aValueThatItMayNotHaveIsRefused(String parameter, String remedy) {
    assertThat(LedgerUrl.faults(HERE + "?" + parameter))
        .singleElement()
        .asString()
        .endsWith("write one of " + remedy);
  }

  @ParameterizedTest
  @ValueSource(strings = {"?user=hunter2", "?password=hunter2", "?sslpassword=hunter2", "?hunter2"})
  void noFaultShowsAPassword(String parameters) {
    assertThat(LedgerUrl.faults(HERE + parameters))
        .singleElement()
        .asString()
        .doesNotContain("hunter2");
  }
}
