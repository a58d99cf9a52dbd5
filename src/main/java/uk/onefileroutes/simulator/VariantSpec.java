package uk.onefileroutes.simulator;

import java.time.Duration;
import uk.onefileroutes.simulator.SimulatorOptions.PathUser;

/**
 * Reads how a simulator is to answer where Onefile's guide says nothing, as people write it: {@code
 * path-user learner}. Stateless and thread safe.
 */
public final class VariantSpec {
  /** All forms, a line each. */
  public static final String FORMS =
      """
      How it answers where Onefile's guide says nothing:
        path-user learner [M]  the path of Assign names the learner, member M of the
                               body the assignee; UserID without M, none: nobody
        lenient                Assign answers 200 to what it does not understand,
                               and changes nothing
        full-update            POST User/{id} empties what it does not name
        repeat-refused         400 to level 1 assignments that are there already
        archived-refused       400 to assignments of archived accounts
        bad-session 403        that status for a session that is over; 401 without
        rate-headers           X-RateLimit-Limit with each answer
        retry-after 30         Retry-After with each 429 of its rate
        page-size 100 [capped] pages of so many at most; who asks for more is
                               refused, or gets so many; 50 without
        bare-aims              learning aims and units don't name who is assigned""";

  private final SpecWords words;

  private VariantSpec(String spec) {
    this.words = new SpecWords("variant", spec, "%n%s".formatted(FORMS));
  }

  /**
   * The same simulator, with this variant too.
   *
   * @throws IllegalArgumentException if it can't be read; the message says what can be written
   */
  public static SimulatorOptions apply(SimulatorOptions options, String spec) {
    VariantSpec read = new VariantSpec(spec);
    SimulatorOptions changed = read.applied(options);
    if (!read.words.isEmpty()) {
      throw read.words.unreadable("nothing is called " + read.words.peek() + " there");
    }
    return changed;
  }

  private SimulatorOptions applied(SimulatorOptions options) {
    Variants variants = options.variants();
    String what = words.next();
    return switch (what) {
      case "path-user" -> pathUser(options);
      case "lenient" -> options.withVariants(variants.lenient());
      case "full-update" -> options.withVariants(variants.withFullUpdate());
      case "repeat-refused" -> options.withRepeatedAdditionalRefused(true);
      case "archived-refused" -> options.withVariants(variants.withArchivedRefused());
      case "bad-session" -> options.withBadTokenStatus(words.number(what));
      case "rate-headers" -> options.withVariants(variants.withRateHeaders());
      case "retry-after" -> options.withRetryAfter(Duration.ofSeconds(words.number(what)));
      case "page-size" -> pages(options);
      case "bare-aims" -> options.withVariants(variants.withBareAims());
      default ->
          throw words.unreadable(what.isEmpty() ? "it is empty" : "nothing is called " + what);
    };
  }

  private SimulatorOptions pathUser(SimulatorOptions options) {
    String user = words.value("path-user");
    if (user.equals("assignee")) {
      return options.withPathUser(PathUser.ASSIGNEE);
    }
    if (!user.equals("learner")) {
      throw words.unreadable("after path-user comes assignee or learner");
    }
    SimulatorOptions changed = options.withPathUser(PathUser.LEARNER);
    if (words.isEmpty()) {
      return changed;
    }
    String member = words.next();
    return changed.withAssigneeField(member.equals("none") ? "" : member);
  }

  private SimulatorOptions pages(SimulatorOptions options) {
    int largest = words.number("page-size");
    boolean isCapped = words.isNext("capped");
    return options.withVariants(options.variants().withPages(largest, isCapped));
  }
}
