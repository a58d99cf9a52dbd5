package uk.onefileroutes.users;

import java.util.Set;

/**
 * A line of the file of users.
 *
 * @param hash of the password, by bcrypt
 */
public record User(String name, String hash, Set<Role> roles) {
  public User {
    roles = Set.copyOf(roles);
  }

  /** Without the hash. */
  @Override
  public String toString() {
    return name + " " + roles;
  }
}
