package uk.onefileroutes.ledger;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;
import uk.onefileroutes.shown.Shown;

/**
 * A value by which the directory is asked, as it is compared: without case, and without what nobody
 * sees around it.
 *
 * @param sort what the value is
 * @param digest of the value; the directory keeps no value of a person in clear
 */
public record Lookup(Sort sort, String digest) {

  /** What can be looked up. */
  public enum Sort {
    /** An account by its MIS value. */
    MISID,
    /** An account by its e-mail address. */
    EMAIL,
    /** A standard by its title. */
    STANDARD,
    /** A unit by its title. */
    UNIT;

    /** Whether it is an account that is found. */
    public boolean isUser() {
      return this == MISID || this == EMAIL;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A value as it is compared. */
  public static String comparable(String value) {
    return Shown.trim(Normalizer.normalize(value, Normalizer.Form.NFKC))
        .replaceAll("\\s+", " ")
        .toLowerCase(Locale.ROOT);
  }

  /** The lookup for a value as somebody wrote it. */
  public static Lookup of(Sort sort, String value) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(comparable(value).getBytes(StandardCharsets.UTF_8));
      return new Lookup(sort, HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException e) { // every JDK has it
      throw new IllegalStateException(e);
    }
  }
}
