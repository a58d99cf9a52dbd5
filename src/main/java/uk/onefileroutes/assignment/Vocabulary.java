package uk.onefileroutes.assignment;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The words that partners use for kinds and roles. Labels can be renamed per centre, so the words
 * seen in Onefile and in MIS exports are built in and a feed may add its own. Immutable.
 */
public final class Vocabulary {
  private static final Map<String, Kind> KINDS = new HashMap<>();
  private static final Map<String, Role> ROLES = new HashMap<>();

  static {
    put(KINDS, Kind.DEFAULT, "default");
    put(KINDS, Kind.LEARNING_AIM, "learning aim", "standard", "qualification", "aim");
    put(KINDS, Kind.LEARNING_AIM, "3", "level 3");
    put(KINDS, Kind.UNIT_SUMMARY, "unit summary", "unit", "2", "level 2");
    put(KINDS, Kind.ADDITIONAL, "additional", "extra", "1", "level 1");
    put(ROLES, Role.ASSESSOR, "assessor", "tutor", "trainer", "adviser", "advisor");
    put(ROLES, Role.ASSESSOR, "training officer", "coach", "trainee assessor");
    put(ROLES, Role.IQA, "iqa", "iv", "verifier", "internal verifier");
    put(ROLES, Role.IQA, "internal quality assurer");
    put(ROLES, Role.EMPLOYER, "employer", "line manager", "supervisor", "mentor");
    put(ROLES, Role.OBSERVER, "observer");
  }

  private final Map<String, Kind> kinds;
  private final Map<String, Role> roles;

  /** The built-in words and a feed's own, which win. */
  public Vocabulary(Map<String, Kind> ownKinds, Map<String, Role> ownRoles) {
    kinds = extended(KINDS, ownKinds);
    roles = extended(ROLES, ownRoles);
  }

  /** The kind that a word means, or null for a word that nobody told us. */
  public @Nullable Kind kind(String word) {
    return kinds.get(normalised(word));
  }

  /** The role that a word means, or null for a word that nobody told us. */
  public @Nullable Role role(String word) {
    return roles.get(normalised(word));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Vocabulary that && kinds.equals(that.kinds) && roles.equals(that.roles);
  }

  @Override
  public int hashCode() {
    return 31 * kinds.hashCode() + roles.hashCode();
  }

  private static <T> Map<String, T> extended(Map<String, T> builtIn, Map<String, T> own) {
    Map<String, T> all = new HashMap<>(builtIn);
    own.forEach((word, meaning) -> all.put(normalised(word), meaning));
    return Map.copyOf(all);
  }

  private static <T> void put(Map<String, T> map, T value, String... words) {
    for (String word : words) {
      map.put(normalised(word), value);
    }
  }

  private static String normalised(String word) {
    StringBuilder bare = new StringBuilder(word.length());
    word.toLowerCase(Locale.ROOT)
        .chars()
        .filter(c -> c != ' ' && c != '_' && c != '-' && c != '\u00a0')
        .forEach(c -> bare.append((char) c));
    return bare.toString();
  }
}
