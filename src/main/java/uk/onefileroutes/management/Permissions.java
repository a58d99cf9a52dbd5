package uk.onefileroutes.management;

import static java.util.Map.entry;
import static uk.onefileroutes.users.Role.ADMINISTER;
import static uk.onefileroutes.users.Role.APPROVE;
import static uk.onefileroutes.users.Role.LOOK;
import static uk.onefileroutes.users.Role.OPERATE;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.ObjectName;
import uk.onefileroutes.users.Rights;
import uk.onefileroutes.users.Role;

/**
 * Which role what needs: a verb of {@link Operations}, and an operation of an MBean. What is not
 * listed needs {@link Role#ADMINISTER}. Pure.
 */
public final class Permissions {
  /** Our MBeans. */
  public static final String DOMAIN = "onefile";

  private static final Set<Role> ADMINISTRATORS = Set.of(ADMINISTER);
  private static final Set<Role> OPERATORS = Set.of(OPERATE);
  private static final Set<Role> RELEASERS = Set.of(OPERATE, APPROVE);
  private static final Set<Role> ALL = Set.of(LOOK);

  /** One of these roles is enough for a verb. */
  private static final Map<String, Set<Role>> VERBS =
      Map.ofEntries(
          entry("status", ALL),
          entry("details", ALL),
          entry("history", ALL),
          entry("audit", ALL),
          entry("leavers", ALL),
          entry("held", ALL),
          entry("applied", ALL),
          entry("verification", ALL),
          entry("release", RELEASERS),
          entry("cancel", OPERATORS),
          entry("undo", OPERATORS),
          entry("retry", OPERATORS),
          entry("forget", OPERATORS),
          entry("pause", OPERATORS),
          entry("resume", OPERATORS),
          entry("apply", OPERATORS),
          entry("verify", OPERATORS),
          entry("testAlarms", OPERATORS),
          // they send nothing, but read what is asked for on this machine, or call Onefile
          entry("check", OPERATORS),
          entry("plan", OPERATORS),
          entry("compare", OPERATORS),
          entry("backup", ADMINISTRATORS),
          entry("erase", ADMINISTRATORS));

  /** Which verb an operation of an MBean of ours stands for, where it has another name. */
  private static final Map<String, String> VERB_OF_OPERATION =
      Map.ofEntries(
          entry("Alarms.sendTest", "testAlarms"),
          entry("Audit.entries", "audit"),
          entry("Files.releasePlan", "release"),
          entry("Files.releaseAdds", "release"),
          entry("Files.releaseFirst", "release"),
          entry("Files.planUndo", "undo"),
          entry("Files.retryCode", "retry"),
          entry("Files.retryLearner", "retry"),
          entry("Files.retryBlocked", "retry"),
          entry("Files.forgetLearner", "forget"),
          entry("Files.forgetAll", "forget"),
          entry("Plan.planBy", "plan"),
          entry("Verification.verifyLearner", "verify"),
          entry("Verification.verifyAll", "verify"));

  /** Operations of our MBeans that no verb stands for. */
  private static final Map<String, Set<Role>> OWN_OPERATIONS =
      Map.ofEntries(
          entry("Directory.refresh", OPERATORS),
          entry("Pace.setPace", OPERATORS),
          entry("Pace.resetPace", OPERATORS),
          entry("Pace.setPlan", OPERATORS),
          entry("Pace.removePlan", OPERATORS),
          entry("Pace.setClosed", OPERATORS),
          entry("Pace.removeClosed", OPERATORS),
          entry("Verification.stop", OPERATORS),
          entry("Retention.purge", ADMINISTRATORS));

  /** Operations of others that only read: what Hawtio's pages are drawn from. */
  private static final Map<String, Set<String>> READING =
      Map.of(
          "org.apache.camel",
          Set.of(
              "dumpRoutesAsXml",
              "dumpRoutesStatsAsXml",
              "dumpRouteAsXml",
              "dumpRouteStatsAsXml",
              "isUpdateRouteEnabled",
              "browse"),
          "quartz",
          Set.of("getTriggerState"),
          "hawtio",
          Set.of("list", "canInvoke"));

  private Permissions() {}

  /** The roles of which one is needed for a verb. */
  public static Set<Role> ofVerb(String verb) {
    return VERBS.getOrDefault(verb, ADMINISTRATORS);
  }

  /** Whether the table says something of a verb. */
  static boolean hasVerb(String verb) {
    return VERBS.containsKey(verb);
  }

  /** Whether the table says something of an operation of an MBean of ours. */
  static boolean hasOperation(String type, String operation) {
    return OWN_OPERATIONS.containsKey(type + "." + operation)
        || VERBS.containsKey(verb(type, operation));
  }

  /** The verbs that somebody may use, sorted. */
  public static List<String> verbsOf(Rights rights) {
    return VERBS.entrySet().stream()
        .filter(verb -> rights.hasOneOf(verb.getValue()))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  /**
   * The roles of which one is needed to call an operation.
   *
   * @param operation with or without the types of its arguments
   * @param arguments as they were given: the first one of {@code Operations.call} is a verb
   */
  public static Set<Role> ofOperation(ObjectName mbean, String operation, List<?> arguments) {
    String name = operation.replaceFirst("\\(.*", "");
    if (mbean.isPattern()) {
      return ADMINISTRATORS;
    }
    if (!mbean.getDomain().equals(DOMAIN)) {
      return READING.getOrDefault(mbean.getDomain(), Set.of()).contains(name)
          ? ALL
          : ADMINISTRATORS;
    }
    String type = String.valueOf(mbean.getKeyProperty("type"));
    if (type.equals("Operations") && name.equals("call")) {
      return !arguments.isEmpty() && arguments.get(0) instanceof String verb
          ? ofVerb(verb)
          : ADMINISTRATORS;
    }
    return OWN_OPERATIONS.getOrDefault(type + "." + name, ofVerb(verb(type, name)));
  }

  private static String verb(String type, String operation) {
    return VERB_OF_OPERATION.getOrDefault(type + "." + operation, operation);
  }

  /** Why it is refused, a sentence. */
  public static String refusal(Set<Role> needed, String who) {
    return "This needs the role %s, which %s does not have."
        .formatted(
            Stream.of(Role.values())
                .filter(needed::contains)
                .map(Role::word)
                .collect(Collectors.joining(" or ")),
            who);
  }
}
