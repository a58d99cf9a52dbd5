package uk.onefileroutes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.onefileroutes.ledger.LedgerLogin;
import uk.onefileroutes.testing.PostgresServer;
import uk.onefileroutes.testing.TestBundle;

/** {@code ledger move} with the ledger of a bundle that worked. */
class LedgerMoveCommandTest {
  private static final String FILE =
      "learner_id,role,kind,assignee_id\n1,assessor,default,7\n2,assessor,default,7\n";

  @TempDir Path folder;

  @AfterEach
  void forgetLogging() {
    Said.forgetLogging();
  }

  @Test
  void whatIsKnownIsKnownThereAndTheOldOneIsNotStarted() throws Exception {
    LedgerLogin server = PostgresServer.emptyLedger();
    try (TestBundle bundle = TestBundle.start(TestBundle.Setup.plain())) {
      bundle.drop("first.csv", FILE);
      assertThat(Files.readString(bundle.awaitResults("first.csv"))).contains(",sent,");
      bundle.stopInstance();

      Said moved = move(bundle, server);
      assertThat(moved.exitCode()).as(moved.err()).isZero();
      assertThat(moved.out())
          .contains("they are the same", "ledger.url=" + server.url(), "ledger.user=postgres");

      Said old = Said.by(bundle.arguments("status"));
      assertThat(old.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
      assertThat(old.err()).contains("it was moved to " + server.url(), "set ledger.url=");

      Path config = Files.createDirectories(folder.resolve("config"));
      Files.write(
          config.resolve("application.properties"),
          List.of("ledger.url=" + server.url(), "ledger.user=" + server.user()));
      Said there = at(config, bundle.data(), "status");
      assertThat(there.out()).contains("first.csv");
      Said audit = at(config, bundle.data(), "audit");
      assertThat(audit.out()).contains("move").contains("moved from");

      Said notThere = at(config, bundle.data(), "ledger move --to embedded");
      assertThat(notThere.exitCode()).isEqualTo(ExitCode.FAULTS_IN_DATA);
      assertThat(notThere.err()).contains("ledger.mv.db is there already", "rename it");
      Path other = Files.createDirectories(folder.resolve("data"));
      Said back = at(config, other, "ledger move --to embedded --json");
      assertThat(back.exitCode()).as(back.out()).isZero();
      assertThat(Files.getPosixFilePermissions(other.resolve("ledger.mv.db")))
          .containsExactlyInAnyOrder(
              PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }
  }

  @Test
  void aPlaceThatNoLedgerCanHaveIsRefused() {
    Said said =
        at(folder, folder, "ledger move --to jdbc:postgresql://db.example/x --password-file no");
    assertThat(said.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(said.err()).contains("add sslmode=verify-full", "can't be read");
    assertThat(at(folder, folder, "ledger move --to jdbc:postgresql://localhost/x").err())
        .contains("no ledger", "--data");
  }

  private static Said move(TestBundle bundle, LedgerLogin to) {
    return Said.by(bundle.arguments("ledger move --to " + to.url() + " --user " + to.user()));
  }

  private static Said at(Path config, Path data, String line) {
    List<String> all =
        new ArrayList<>(List.of("--config", config.toString(), "--data", data.toString()));
    all.addAll(List.of(line.split(" ", -1)));
    return Said.by(all.toArray(String[]::new));
  }
}
