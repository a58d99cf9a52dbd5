package uk.onefileroutes.users;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import uk.onefileroutes.shown.Shown;

/**
 * The lines of a file of users, {@code name:hash:roles} and at will {@code :accounts}: as {@code
 * htpasswd -B} writes them, with the roles behind. Pure.
 */
final class UserLines {
  static final int MAX_USERS = 1_000;

  /** The only accounts until there are several. */
  static final String ALL_ACCOUNTS = "*";

  /** What a name is, in words for people. */
  static final String NAME_WORDS = "1 to 64 letters, digits and . _ @ -";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");

  private final String ownLogin;
  private final Map<String, User> users = new LinkedHashMap<>();
  private final Map<String, Integer> lineOfName = new LinkedHashMap<>();
  private final List<String> faults = new ArrayList<>();

  private UserLines(String ownLogin) {
    this.ownLogin = ownLogin;
  }

  /**
   * What a file says.
   *
   * @param users by their names; only those whose lines have no fault
   * @param faults a sentence each, with the number of the line; never with a hash
   */
  record Read(Map<String, User> users, List<String> faults) {
    Read {
      users = Map.copyOf(users);
      faults = List.copyOf(faults);
    }
  }

  /**
   * @param ownLogin the name of the one login, which nobody else may have
   */
  static Read read(List<String> lines, String ownLogin) {
    UserLines read = new UserLines(ownLogin);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        read.line(i + 1, line);
      }
    }
    if (read.lineOfName.isEmpty()) {
      read.faults.add("names nobody; add a line, which the command user new makes");
    }
    if (read.lineOfName.size() > MAX_USERS) {
      read.faults.add("names more than %,d users; remove some".formatted(MAX_USERS));
    }
    return new Read(read.users, read.faults);
  }

  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  private void line(int no, String line) {
    String[] parts = line.split(":", -1);
    if (parts.length < 3 || parts.length > 4) {
      fault(
          no,
          "is not name:hash:roles; "
              + (parts.length == 2
                  ? "add the roles behind the hash, such as :operate"
                  : "make it by the command user new"));
      return;
    }
    int before = faults.size();
    name(no, parts[0].strip());
    if (!PasswordHash.isValid(parts[1].strip())) {
      fault(
          no,
          "its hash is none of bcrypt with a cost of 4 to %d; make it by the command user new, or by htpasswd -B -C %d"
              .formatted(PasswordHash.MAX_COST, PasswordHash.COST));
    }
    Set<Role> roles = roles(no, parts[2]);
    if (parts.length == 4 && !parts[3].strip().equals(ALL_ACCOUNTS)) {
      fault(no, "its accounts are not *, the only value yet; write * or leave them out");
    }
    if (faults.size() == before) {
      users.put(parts[0].strip(), new User(parts[0].strip(), parts[1].strip(), roles));
    }
  }

  private void name(int no, String name) {
    if (!isName(name)) {
      // without the name: people put passwords into the wrong place
      fault(no, "its name is not %s; choose another one".formatted(NAME_WORDS));
      return;
    }
    String plain = name.toLowerCase(Locale.ROOT);
    if (plain.equals(ownLogin.toLowerCase(Locale.ROOT))) {
      fault(no, "%s is the name of management.user; choose another one".formatted(name));
    }
    Integer earlier = lineOfName.putIfAbsent(plain, no);
    if (earlier != null) {
      fault(no, "%s is in line %d already; remove one".formatted(name, earlier));
    }
  }

  private Set<Role> roles(int no, String text) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String word : text.split(",", -1)) {
      Optional<Role> role = Role.of(word.strip());
      if (role.isPresent()) {
        roles.add(role.get());
      } else {
        fault(
            no,
            "\"%s\" is no role; roles are %s, with commas between them"
                .formatted(
                    PasswordHash.isValid(word.strip()) ? "***" : Shown.line(word.strip()),
                    Role.words()));
      }
    }
    return roles;
  }

  private void fault(int no, String sentence) {
    faults.add("line " + no + ": " + sentence);
  }
}
