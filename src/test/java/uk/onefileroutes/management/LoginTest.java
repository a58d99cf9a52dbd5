package uk.onefileroutes.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
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
  void eachFurtherWrongLoginWaitsLongerUpToALimitAndARightOneEndsThat() {
    Duration before = Duration.ZERO;
    for (int i = 0; i < 5; i++) {
      login.accepts("admin", "wrong");
      assertThat(login.waitAfterWrong()).isGreaterThan(before);
      before = login.waitAfterWrong();
    }
    login.accepts("admin", "wrong");
    assertThat(login.waitAfterWrong()).isEqualTo(before).isLessThan(Duration.ofSeconds(10));

    login.accepts("admin", "correct horse");
    login.accepts("admin", "wrong");
    assertThat(login.waitAfterWrong()).isLessThan(Duration.ofSeconds(1));
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
