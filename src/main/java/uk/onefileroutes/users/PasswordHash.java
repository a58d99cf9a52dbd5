package uk.onefileroutes.users;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.springframework.security.crypto.bcrypt.BCrypt;

/** Hashes of passwords by bcrypt, also those that {@code htpasswd -B} writes. Stateless. */
final class PasswordHash {
  /** What bcrypt reads of a password, in bytes of UTF-8; it leaves out what follows. */
  static final int MAX_BYTES = 72;

  /** Doubling steps of a new hash. */
  static final int COST = 10;

  /** At most: an attacker makes us work as much for each wrong password. */
  static final int MAX_COST = 12;

  private static final Pattern FORM =
      Pattern.compile("\\$2[aby]\\$(0[4-9]|1[0-2])\\$[./A-Za-z0-9]{53}");

  private PasswordHash() {}

  /** Whether a text is a hash that can be compared with, at a cost that is bearable. */
  static boolean isValid(String text) {
    return FORM.matcher(text).matches();
  }

  /** A new hash, with a salt of its own. */
  static String of(String password) {
    return BCrypt.hashpw(bytes(password), BCrypt.gensalt("$2y", COST));
  }

  /** Whether a hash is that of this password. Takes long on purpose. */
  static boolean matches(String password, String hash) {
    return BCrypt.checkpw(bytes(password), hash);
  }

  /** Why it can't be a password; empty where it can. */
  static String fault(String password, int minLength) {
    if (password.length() < minLength) {
      return "shorter than %d characters".formatted(minLength);
    }
    if (bytes(password).length > MAX_BYTES) {
      return "longer than %d bytes, of which bcrypt reads no more".formatted(MAX_BYTES);
    }
    return password.chars().anyMatch(Character::isISOControl)
        ? "one with a character that nobody can type"
        : "";
  }

  private static byte[] bytes(String password) {
    return password.getBytes(StandardCharsets.UTF_8);
  }
}
