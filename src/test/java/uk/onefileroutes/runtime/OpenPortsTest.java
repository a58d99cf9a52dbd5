package uk.onefileroutes.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.onefileroutes.config.PortAccess;
import uk.onefileroutes.testing.LogLines;
import uk.onefileroutes.testing.TestKey;
import uk.onefileroutes.tls.ServerKey;

/** Ports that the network can reach without encryption are warned of. */
class OpenPortsTest {
  @Test
  void oneLineWarnsOfOpenPortsWithoutTlsOnly(@TempDir Path folder) throws Exception {
    ServerKey key = ServerKey.in(TestKey.make(folder, "dns:localhost").file(), TestKey.PASSWORD);
    try (LogLines log = LogLines.open()) {
      warn("192.0.2.1", OptionalInt.of(1), Optional.of(key));
      warn("192.0.2.1", OptionalInt.empty(), Optional.empty());
      warn("127.0.0.1", OptionalInt.of(1), Optional.empty());
      warn("::1", OptionalInt.of(1), Optional.empty());
      assertThat(log.with("OPEN:")).isEmpty();

      warn("192.0.2.1", OptionalInt.of(1), Optional.empty());
      assertThat(log.with("WARN", "OPEN:", "192.0.2.1", "management.key-store")).hasSize(1);
    }
  }

  private static void warn(String host, OptionalInt port, Optional<ServerKey> key) {
    try (Ports ports =
        new Ports(
            new PortAccess(
                host,
                List.of(),
                port,
                OptionalInt.empty(),
                new PortAccess.Login("admin", Optional.empty(), Optional.empty()),
                key,
                false))) {
      ports.warnIfOpenToAll();
    }
  }
}
