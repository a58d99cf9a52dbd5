package uk.onefileroutes.simulator;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a path leads.
 *
 * @param what the resource
 * @param first the user id, or the page; 0 where the path has none
 * @param second the page size; 0 where the path has none
 */
record Route(What what, int first, int second) {
  private static final Pattern NUMBERED = Pattern.compile("/User/([1-9][0-9]{0,9})(/Assign)?");
  private static final Pattern PAGED =
      Pattern.compile("/(User|LearningAim|UnitSummary)/Search/([0-9]{1,9})/([0-9]{1,9})");

  static Route of(String path) {
    if (!path.startsWith(Simulator.BASE_PATH)) {
      return new Route(What.UNKNOWN, 0, 0);
    }
    String below = path.substring(Simulator.BASE_PATH.length());
    return switch (below) {
      case "/Authentication" -> new Route(What.AUTHENTICATION, 0, 0);
      case "/User/Search" -> new Route(What.USER_SEARCH, 0, 0);
      case "/Standard/Search" -> new Route(What.STANDARD_SEARCH, 0, 0);
      case "/Unit/Search" -> new Route(What.UNIT_SEARCH, 0, 0);
      default -> numbered(below);
    };
  }

  private static Route numbered(String below) {
    Matcher page = PAGED.matcher(below);
    if (page.matches()) {
      What what =
          switch (page.group(1)) {
            case "LearningAim" -> What.AIM_PAGE;
            case "UnitSummary" -> What.UNIT_PAGE;
            default -> What.USER_PAGE;
          };
      return new Route(what, Integer.parseInt(page.group(2)), Integer.parseInt(page.group(3)));
    }
    Matcher matcher = NUMBERED.matcher(below);
    if (!matcher.matches()) {
      return new Route(What.UNKNOWN, 0, 0);
    }
    long id = Long.parseLong(matcher.group(1));
    if (id > Integer.MAX_VALUE) {
      return new Route(What.UNKNOWN, 0, 0);
    }
    return new Route(matcher.group(2) == null ? What.USER : What.ASSIGN, (int) id, 0);
  }

  enum What {
    AUTHENTICATION("POST"),
    USER("GET, POST"),
    ASSIGN("POST"),
    USER_SEARCH("POST"),
    USER_PAGE("POST"),
    AIM_PAGE("POST"),
    UNIT_PAGE("POST"),
    STANDARD_SEARCH("POST"),
    UNIT_SEARCH("POST"),
    UNKNOWN("");

    private final String allow;

    What(String allow) {
      this.allow = allow;
    }

    /** The methods that the resource has, as the Allow header names them. */
    String allow() {
      return allow;
    }

    boolean allows(String method) {
      return method.equals("POST") || (this == USER && method.equals("GET"));
    }
  }
}
