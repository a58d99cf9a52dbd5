package uk.onefileroutes.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rights on a secret that belongs to somebody else than the process. */
class SecretFileTest {
  @TempDir Path folder;
  private Path secret;
  private int owner;

  @BeforeEach
  void writeSecret() throws IOException {
    secret = Files.writeString(folder.resolve("secret"), "invented");
    owner = (Integer) Files.getAttribute(secret, "unix:uid");
  }

  @Test
  void theGroupMayReadWhatBelongsToSomebodyElse() throws IOException {
    rights("rw-r-----");

    assertThat(SecretFile.exposure(secret, owner + 10001)).isEmpty();
    assertThat(SecretFile.exposure(secret, owner)).isPresent();
  }

  @Test
  void theRemedyNeverShutsTheProcessItselfOut() throws IOException {
    rights("rw-r--r--");

    assertThat(SecretFile.exposure(secret, owner + 10001).orElseThrow())
        .contains("everybody", "chown %d %s && chmod 600".formatted(owner + 10001, secret));
    assertThat(SecretFile.exposure(secret, owner).orElseThrow())
        .contains("everybody", "chmod 600 " + secret);
  }

  @Test
  void aFileThatThisProcessWroteIsItsOwn() throws IOException {
    rights("rw-r-----");

    assertThat(SecretFile.exposure(secret).orElseThrow()).contains("chmod 600 " + secret);
  }

  private void rights(String rights) throws IOException {
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString(rights));
  }
}
