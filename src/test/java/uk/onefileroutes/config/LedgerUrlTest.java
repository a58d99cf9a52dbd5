package uk.onefileroutes.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.onefileroutes.ledger.LedgerLogin;

/** What the URL of a ledger may be. */
class LedgerUrlTest {
  private static final String FILE = "jdbc:h2:file:/var/lib/onefile/ledger;WRITE_DELAY=0";

  @ParameterizedTest
  @ValueSource(
      strings = {
        FILE,
        FILE + ";",
        FILE
            + ";;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=30000;CACHE_SIZE=16384;QUERY_CACHE_SIZE=256;TRACE_LEVEL_FILE=0",
        "jdbc:h2:async:/ledger;WRITE_DELAY=0",
        "jdbc:h2:plain:/ledger;db_close_on_exit=false;Write_Delay=0",
        "jdbc:h2:/ledger;WRITE_DELAY=0",
        "jdbc:h2:./ledger;WRITE_DELAY=0",
        "jdbc:h2:file:C:\\data\\ledger;WRITE_DELAY=0",
        "jdbc:h2:tcp://localhost:9092/ledger",
        "jdbc:h2:ssl://db.example/~/ledger;LOCK_TIMEOUT=1",
      })
  void aLedgerCanBeKept(String url) {
    assertThat(LedgerUrl.faults(url)).isEmpty();
  }

  @Test
  void theOneInTheDataFolderIsOfThisKind() {
    assertThat(LedgerUrl.faults(LedgerLogin.embedded(Path.of("data")).url())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INIT=RUNSCRIPT FROM '/tmp/x.sql'",
        "init=SET MODE Oracle\\;DROP TABLE slot",
        "IN\\IT=x",
        "AUTO_SERVER=TRUE",
        "Auto_Server=true",
        "AUTO_SERVER_PORT=9090",
        "AUTO_RECONNECT=TRUE",
        "TRACE_LEVEL_SYSTEM_OUT=3",
        "TRACE_MAX_FILE_SIZE=1",
        "DB_CLOSE_DELAY=-1",
        "FILE_LOCK=NO",
        "ACCESS_MODE_DATA=r",
        "IFEXISTS=TRUE",
        "MODE=MySQL",
        "DATABASE_EVENT_LISTENER='x.Y'",
        "CIPHER=AES",
        " LOCK_TIMEOUT=1",
        "LOCK_TIMEOUT =1",
      })
  void aSettingThatIsNotNamedIsRefused(String setting) {
    assertThat(LedgerUrl.faults(FILE + ";" + setting))
        .singleElement()
        .asString()
        .startsWith("the setting ")
        .contains("not one that a ledger may have; remove it");
  }

  @ParameterizedTest
  @CsvSource({
    "WRITE_DELAY=500, WRITE_DELAY=0",
    "write_delay=, WRITE_DELAY=0",
    "'WRITE_DELAY=0 ', WRITE_DELAY=0",
    "WRITE_DELAY=00, WRITE_DELAY=0",
    "DB_CLOSE_ON_EXIT=TRUE, DB_CLOSE_ON_EXIT=FALSE",
    "LOCK_TIMEOUT=0, LOCK_TIMEOUT=30000",
    "LOCK_TIMEOUT=1\\;INIT=x, LOCK_TIMEOUT=30000",
    "CACHE_SIZE=-1, CACHE_SIZE=16384",
    "TRACE_LEVEL_FILE=3, TRACE_LEVEL_FILE=0",
  })
  void aValueThatASettingMayNotHaveIsRefused(String setting, String remedy) {
    assertThat(LedgerUrl.faults("jdbc:h2:tcp://localhost/ledger;" + setting))
        .singleElement()
        .asString()
        .endsWith("a value that it may not have; write " + remedy);
  }

  @Test
  void aFileWithoutDurabilityIsRefused() {
    assertThat(LedgerUrl.faults("jdbc:h2:file:/ledger;LOCK_TIMEOUT=1"))
        .singleElement()
        .asString()
        .endsWith("add ;WRITE_DELAY=0");
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:h2:mem:x, only in memory",
    "jdbc:h2:mem:, only in memory",
    "jdbc:h2:MEM:x, only in memory",
    "jdbc:h2:file:mem:x, only in memory",
    "jdbc:h2:, only in memory",
    "jdbc:h2:., only in memory",
    "jdbc:h2:tcp://localhost/mem:x, only in memory",
    "jdbc:h2:memFS:x, neither a file nor",
    "jdbc:h2:zip:/x.zip!/ledger, neither a file nor",
    "jdbc:h2:split:28:/x, neither a file nor",
    "jdbc:h2:nio:classpath:x, neither a file nor",
    "jdbc:mysql://db/ledger, neither H2 nor PostgreSQL",
    "/var/lib/ledger, neither H2 nor PostgreSQL",
  })
  void whatIsNoFileAndNoServerIsRefused(String url, String why) {
    assertThat(LedgerUrl.faults(url + ";WRITE_DELAY=0"))
        .singleElement()
        .asString()
        .startsWith(why)
        .contains("write jdbc:h2:plain:<path>;WRITE_DELAY=0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ";PASSWORD=hunter2",
        ";password=a\\;hunter2=b",
        ";PASSWORD=a;hunter2",
        ";USER=hunter2",
        ";LOCK_TIMEOUT=hunter2",
        ";hunter2",
        ";INIT=CREATE USER x PASSWORD 'hunter2'",
      })
  void noFaultShowsAPassword(String settings) {
    assertThat(LedgerUrl.faults(FILE + settings))
        .isNotEmpty()
        .allSatisfy(fault -> assertThat(fault).doesNotContainIgnoringCase("hunter2"));
  }

  @Test
  void allFaultsAreSaidAtOnceEachWithItsKey(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("application.properties"),
        "ledger.url=jdbc:h2:mem:x;INIT=SELECT 1;AUTO_SERVER=TRUE\n");
    Folders folders = Folders.of(folder, Path.of("routes"), folder.resolve("data"));

    assertThatThrownBy(() -> ConfigurationParts.ledger(folders))
        .isInstanceOfSatisfying(
            ConfigurationFault.class,
            refused ->
                assertThat(refused.faults())
                    .hasSize(4)
                    .allMatch(fault -> fault.startsWith("application.properties: ledger.url: ")));
  }
}
