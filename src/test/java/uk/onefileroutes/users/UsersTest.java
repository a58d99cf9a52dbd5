package uk.onefileroutes.users;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file of users says, and what its changes do. */
class UsersTest {
  /** Of another engine, crypt(3), with the cost that htpasswd -B has by default. */
  private static final String BY_HTPASSWD =
      "$2y$05$abcdefghijklmnopqrstuuPwe6CWhVugWZXbsx/4h7JCh/wTNHs7e";

  private static final String PASSWORD = "invented password of anna";

  @TempDir Path folder;
  private Path file;
  private int changes;

  @BeforeEach
  void name() {
    file = folder.resolve("users");
  }

  @Test
  void whatHtpasswdWroteIsTaken() throws Exception {
    write("# people", "", "anna:" + BY_HTPASSWD + ":operate, approve:*");
    Users users = users();

    assertThat(users.accept("anna", PASSWORD))
        .map(User::roles)
        .hasValue(Set.of(Role.OPERATE, Role.APPROVE));
    assertThat(users.accept("anna", PASSWORD)).as("once more").isPresent();
    assertThat(users.accept("anna", PASSWORD + " ")).isEmpty();
    assertThat(users.accept("anna", "")).isEmpty();
    assertThat(users.accept("Anna", PASSWORD)).isEmpty();
    assertThat(users.accept("boris", PASSWORD)).isEmpty();
  }

  @Test
  void aNewLineIsTaken() throws Exception {
    String line = NewUser.line("kim", "a password of kim", "look, approve");
    write(line);

    assertThat(line).matches("kim:\\$2y\\$10\\$.{53}:look,approve");
    assertThat(users().accept("kim", "a password of kim")).isPresent();
  }

  @Test
  void allFaultsAreSaidAtOnceWithTheirLinesAndWithoutHashes() throws Exception {
    String broken = "$2y$10$tooshort";
    String costly = BY_HTPASSWD.replace("$05$", "$13$");
    write(
        "anna:" + BY_HTPASSWD + ":look",
        "anna:" + BY_HTPASSWD,
        "an na:" + BY_HTPASSWD + ":look",
        "boris:" + broken + ":operate",
        "carl:" + costly + ":operate",
        "# dora:",
        "dora:" + BY_HTPASSWD + ":operate,reign",
        "ANNA:" + BY_HTPASSWD + ":look",
        "Admin:" + BY_HTPASSWD + ":look",
        "emil:" + BY_HTPASSWD + ":look:north",
        "fred:" + BY_HTPASSWD + ":",
        "gina:look:" + BY_HTPASSWD);
    List<String> faults = new ArrayList<>();
    Users users = Users.in(file, "admin", faults);

    assertThat(faults)
        .containsExactly(
            "line 2: is not name:hash:roles; add the roles behind the hash, such as :operate",
            "line 3: its name is not 1 to 64 letters, digits and . _ @ -; choose another one",
            "line 4: its hash is none of bcrypt with a cost of 4 to 12; make it by the command user new, or by htpasswd -B -C 10",
            "line 5: its hash is none of bcrypt with a cost of 4 to 12; make it by the command user new, or by htpasswd -B -C 10",
            "line 7: \"reign\" is no role; roles are look, operate, approve, administer, with commas between them",
            "line 8: ANNA is in line 1 already; remove one",
            "line 9: Admin is the name of management.user; choose another one",
            "line 10: its accounts are not *, the only value yet; write * or leave them out",
            "line 11: \"\" is no role; roles are look, operate, approve, administer, with commas between them",
            "line 12: its hash is none of bcrypt with a cost of 4 to 12; make it by the command user new, or by htpasswd -B -C 10",
            "line 12: \"***\" is no role; roles are look, operate, approve, administer, with commas between them");
    assertThat(users.find("anna")).as("nothing of a faulty file").isEmpty();
  }

  @Test
  void aFileThatNamesNobodyOrIsNotThereIsAFault() throws Exception {
    List<String> faults = new ArrayList<>();
    Users.in(file, "admin", faults);
    write("# nobody yet");
    Users.in(file, "admin", faults);
    Files.write(file, new byte[] {(byte) 0xff, 'x'});
    Users.in(file, "admin", faults);

    assertThat(faults)
        .containsExactly(
            "can't be read; check that it is there and its permissions",
            "names nobody; add a line, which the command user new makes",
            "is not UTF-8; save it as that");
  }

  @Test
  void aFileThatOthersMayReadIsAFault() throws Exception {
    write("anna:" + BY_HTPASSWD + ":look");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    List<String> faults = new ArrayList<>();
    Users.in(file, "admin", faults);

    assertThat(faults)
        .containsExactly("everybody on this machine may read or change it; chmod 600 " + file);
  }

  @Test
  void aChangeIsTakenInAtTheNextLogin() throws Exception {
    write("anna:" + BY_HTPASSWD + ":look");
    Users users = users();
    assertThat(users.accept("anna", PASSWORD)).isPresent();

    write("anna:" + BY_HTPASSWD + ":operate", NewUser.line("kim", "a password of kim", "look"));
    assertThat(users.accept("anna", PASSWORD)).map(User::roles).hasValue(Set.of(Role.OPERATE));
    assertThat(users.accept("kim", "a password of kim")).isPresent();

    write("kim:nonsense:look");
    assertThat(users.accept("kim", "a password of kim")).as("a fault changes nothing").isPresent();

    write(NewUser.line("kim", "another password", "look"));
    assertThat(users.accept("kim", "a password of kim")).as("remembered, and changed").isEmpty();
    assertThat(users.accept("kim", "another password")).isPresent();
    assertThat(users.accept("anna", PASSWORD)).as("remembered, and removed").isEmpty();
    assertThat(users.find("anna")).isEmpty();
  }

  @Test
  void aRightLoginIsRememberedForAWhileAndAWrongOneNever() {
    AtomicLong now = new AtomicLong();
    RecentLogins recent = new RecentLogins(now::get);
    User right = new User("anna", BY_HTPASSWD, Set.of(Role.LOOK));
    assertThat(recent.accepts(right, "wrong")).isFalse();
    assertThat(recent.size()).isZero();
    assertThat(recent.accepts(right, PASSWORD)).isTrue();
    assertThat(recent.size()).isOne();

    assertThat(recent.isKnown(right, PASSWORD)).isTrue();
    assertThat(recent.isKnown(right, "wrong")).isFalse();
    String other = PasswordHash.of("something else");
    assertThat(recent.isKnown(new User("anna", other, Set.of(Role.LOOK)), PASSWORD)).isFalse();
    assertThat(recent.isKnown(new User("kim", BY_HTPASSWD, Set.of(Role.LOOK)), PASSWORD)).isFalse();

    now.addAndGet(RecentLogins.KEPT.toNanos());
    assertThat(recent.isKnown(right, PASSWORD)).isFalse();
    assertThat(recent.accepts(right, PASSWORD)).isTrue();
    assertThat(recent.size()).isOne();
  }

  @Test
  void atMostSoManyAreRemembered() {
    RecentLogins recent = new RecentLogins(() -> 0L);
    String cheapest = BY_HTPASSWD; // 1 ms each
    for (int i = 0; i <= RecentLogins.MOST; i++) {
      assertThat(recent.accepts(new User("u" + i, cheapest, Set.of(Role.LOOK)), PASSWORD)).isTrue();
    }
    assertThat(recent.size()).isEqualTo(RecentLogins.MOST);
    assertThat(recent.isKnown(new User("u0", cheapest, Set.of()), PASSWORD)).isFalse();
    assertThat(recent.isKnown(new User("u1", cheapest, Set.of()), PASSWORD)).isTrue();
  }

  @Test
  void aPasswordThatIsTooShortOrThatBcryptWouldCutIsRefused() {
    assertThat(NewUser.fault("1234567"))
        .isEqualTo("The password is shorter than 8 characters; choose another one.");
    assertThat(NewUser.fault("12345678")).isEmpty();
    assertThat(NewUser.fault("é".repeat(36))).isEmpty();
    assertThat(NewUser.fault("é".repeat(36) + "e"))
        .isEqualTo(
            "The password is longer than 72 bytes, of which bcrypt reads no more; choose another one.");
  }

  @Test
  void aUserIsShownWithoutTheHash() {
    assertThat(new User("anna", BY_HTPASSWD, Set.of(Role.LOOK)).toString())
        .isEqualTo("anna [LOOK]");
  }

  private Users users() {
    List<String> faults = new ArrayList<>();
    Users users = Users.in(file, "admin", faults);
    assertThat(faults).isEmpty();
    return users;
  }

  /** Each version has a time of its own, whatever the file system's clock is. */
  private void write(String... lines) throws IOException {
    Files.write(file, List.of(lines));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH.plusSeconds(++changes)));
  }
}
