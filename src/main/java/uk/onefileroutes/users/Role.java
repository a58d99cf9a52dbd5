package uk.onefileroutes.users;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a person may do. Each role may look; {@link #ADMINISTER} may do what all others may. */
public enum Role {
  /** Sees pages, health, metrics, files and MBeans; changes nothing. */
  LOOK,
  /** Releases, cancels, retries, pauses, and whatever else a usual day needs. */
  OPERATE,
  /** Releases what is held; where several must approve, the last approval is theirs. */
  APPROVE,
  /** Everything, also what can't be taken back. */
  ADMINISTER;

  /** As it is written in the file. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Role> of(String word) {
    return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
  }

  /** All of them, for a sentence. */
  public static String words() {
    return Arrays.stream(values()).map(Role::word).collect(Collectors.joining(", "));
  }
}
