package uk.onefileroutes.users;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Makes lines for a file of users. Stateless. */
public final class NewUser {
  private static final int MIN_LENGTH = 8;

  private NewUser() {}

  /** What is wrong with a name or roles, a sentence; empty where nothing is. */
  public static String fault(String name, String roles) {
    if (!UserLines.isName(name)) {
      return "A name is %s.".formatted(UserLines.NAME_WORDS);
    }
    return Arrays.stream(roles.split(",", -1)).allMatch(word -> Role.of(word.strip()).isPresent())
        ? ""
        : "Roles are %s, with commas between them.".formatted(Role.words());
  }

  /** What is wrong with a password, a sentence; empty where nothing is. */
  public static String fault(String password) {
    String fault = PasswordHash.fault(password, MIN_LENGTH);
    return fault.isEmpty() ? "" : "The password is " + fault + "; choose another one.";
  }

  /** A line for somebody without faults. */
  public static String line(String name, String password, String roles) {
    String words =
        Arrays.stream(roles.split(",", -1)).map(String::strip).collect(Collectors.joining(","));
    return String.join(":", name, PasswordHash.of(password), words);
  }
}
