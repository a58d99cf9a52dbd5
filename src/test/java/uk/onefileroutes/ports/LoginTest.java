package uk.onefileroutes.ports;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginTest {
  private final Login login = new Login("admin", "correct horse");

  @Test
  void bothUserAndPasswordMustBeRight() {
    assertThat(login.accepts("admin", "correct horse")).isTrue();
    assertThat(login.accepts("admin", "correct hors")).isFalse();
    assertThat(login.accepts("Admin", "correct horse")).isFalse();
    assertThat(login.accepts("", "")).isFalse();
  }

  @Test
  void aHeaderIsReadWhateverStandsInIt() {
    assertThat(Login.ofHeader(basic("admin:correct horse")).map(login::accepts)).hasValue(true);
    assertThat(Login.ofHeader(basic("admin:with:colons")))
        .hasValue(new Login.Given("admin", "with:colons"));
    assertThat(Login.ofHeader("bAsIc YTpi")).hasValue(new Login.Given("a", "b"));
    for (String unreadable :
        List.of("", "Basic", "Basic ", "Basic ???", basic("no colon"), "Bearer abc")) {
      assertThat(Login.ofHeader(unreadable)).as(unreadable).isEmpty();
    }
    assertThat(new Login.Given("admin", "secret").toString()).doesNotContain("admin", "secret");
  }

  private static String basic(String text) {
    return "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aGeneratedPasswordIsKeptAndEachIsAnother(@TempDir Path data) throws Exception {
    assertThat(GeneratedPassword.read(data)).isEmpty();

    String first = GeneratedPassword.create(data);
    assertThat(first).hasSizeGreaterThanOrEqualTo(24);
    assertThat(GeneratedPassword.read(data)).contains(first);
    assertThat(GeneratedPassword.create(data)).isNotEqualTo(first);
  }
}
