package uk.onefileroutes.users;

import java.util.Set;

/** What somebody who logged in may do, and whether he is one person. Immutable. */
public record Rights(Set<Role> roles, Identity identity) {

  /** Whom a login stands for. */
  public enum Identity {
    /** A person with a name in the file of users. */
    NAMED,
    /** Whoever knows the one login, where there is no file of users. */
    ONLY_LOGIN,
    /** Whoever knows the one login, where persons have names of their own. */
    SHARED
  }

  /** Nothing at all: nobody logged in. */
  public static final Rights NONE = new Rights(Set.of(), Identity.SHARED);

  /** Everything, as where there is no file of users. */
  public static final Rights ALL = new Rights(Set.of(Role.ADMINISTER), Identity.ONLY_LOGIN);

  public Rights {
    roles = Set.copyOf(roles);
  }

  /** Whether this role is given, by itself or with another one. */
  public boolean has(Role role) {
    return roles.contains(role)
        || roles.contains(Role.ADMINISTER)
        || (role == Role.LOOK && !roles.isEmpty());
  }

  /** Whether one of these roles is given. */
  public boolean hasOneOf(Set<Role> any) {
    return any.stream().anyMatch(this::has);
  }
}
