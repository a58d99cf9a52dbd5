package uk.onefileroutes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.onefileroutes.users.Users;

/** {@code user new}: what it prints is a line that lets somebody in. */
class UserCommandTest {
  @TempDir Path folder;

  @AfterEach
  void forget() {
    Said.forgetLogging();
  }

  @Test
  void theLineThatIsPrintedLetsThePersonIn() throws Exception {
    Said said =
        typed("pässword of kim\n", "user", "new", "kim", "--roles", "look,approve", "--stdin");
    assertThat(said.exitCode()).as(said.err()).isZero();
    assertThat(said.out()).matches("kim:\\$2y\\$10\\$[^:]{53}:look,approve\\R");

    Path file = folder.resolve("users");
    Files.writeString(file, said.out());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    List<String> faults = new ArrayList<>();
    assertThat(Users.in(file, "admin", faults).accept("kim", "pässword of kim")).isPresent();
    assertThat(faults).isEmpty();
    assertThat(
            typed("pässword of kim\n", "user", "new", "kim", "--roles", "look", "--stdin", "--json")
                .out())
        .contains("\"name\" : \"kim\"", "\"line\" : \"kim:$2y$10$");
  }

  @Test
  void whatIsWrongIsSaidAndThePasswordIsNot() {
    assertRefused(
        "The password is shorter than 8 characters",
        typed("secret!\n", "user", "new", "kim", "--roles", "look", "--stdin"));
    assertRefused(
        "The password is shorter than 8 characters",
        typed("", "user", "new", "kim", "--roles", "look", "--stdin"));
    assertRefused(
        "Roles are look, operate, approve, administer",
        typed("secret! secret!\n", "user", "new", "kim", "--roles", "rule", "--stdin"));
    assertRefused(
        "A name is 1 to 64 letters",
        typed("secret! secret!\n", "user", "new", "k:m", "--roles", "look", "--stdin"));
    assertRefused(
        "There is no terminal to type the password at. Add --stdin",
        typed("", "user", "new", "kim", "--roles", "look"));
  }

  private static void assertRefused(String sentence, Said said) {
    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.out()).isEmpty();
    assertThat(said.err()).contains(sentence).doesNotContain("secret!");
  }

  private static Said typed(String input, String... arguments) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    try {
      return Said.by(arguments);
    } finally {
      System.setIn(before);
    }
  }
}
