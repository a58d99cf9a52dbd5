package uk.onefileroutes.ports;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/** The one login that an instance always has. Immutable. */
public final class Login {
  private static final String BASIC = "basic ";

  private final String user;
  private final byte[] userDigest;
  private final byte[] passwordDigest;

  public Login(String user, String password) {
    this.user = user;
    this.userDigest = digest(user);
    this.passwordDigest = digest(password);
  }

  /** What somebody gave to log in. */
  record Given(String user, String password) {
    /** Without the password, and without the name: people type passwords there too. */
    @Override
    public String toString() {
      return "a login";
    }
  }

  /** What a header of the scheme Basic says; empty where it says nothing that can be read. */
  static Optional<Given> ofHeader(String authorization) {
    if (!authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      return Optional.empty();
    }
    try {
      byte[] both = Base64.getDecoder().decode(authorization.substring(BASIC.length()).strip());
      String text = new String(both, StandardCharsets.UTF_8);
      int colon = text.indexOf(':');
      return colon < 0
          ? Optional.empty()
          : Optional.of(new Given(text.substring(0, colon), text.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The name to log in with. */
  public String user() {
    return user;
  }

  boolean accepts(Given given) {
    return accepts(given.user, given.password);
  }

  /**
   * Whether these are the user and the password. Takes as long for wrong ones as for right ones,
   * whatever their length: how much of them was right must not be measurable.
   */
  boolean accepts(String name, String given) {
    boolean sameUser = MessageDigest.isEqual(userDigest, digest(name));
    boolean samePassword = MessageDigest.isEqual(passwordDigest, digest(given));
    return sameUser && samePassword; // both were compared by now
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) { // each Java has it
      throw new IllegalStateException(e);
    }
  }
}
