package uk.onefileroutes.process;

import java.util.List;
import java.util.regex.Pattern;

/** What the processes printed. */
final class ChaosLogChecks {
  private static final Pattern LOUD =
      Pattern.compile("\\tat |Exception|Unexpected| ERROR |simulator-customer-token|[\\w+/]{120}");

  private static final Pattern REFUSED = Pattern.compile("UNAUTHORISED|Not authorised");

  private ChaosLogChecks() {}

  /** None of these rounds does anything that is an error of the process or of its machine. */
  static List<String> quiet(ChaosEvidence evidence) {
    return evidence.runs().lines().filter(line -> LOUD.matcher(line).find()).toList();
  }

  /** Sessions end in these rounds, but whoever asks for another gets one that is accepted. */
  static List<String> nobodyIsRefused(ChaosEvidence evidence) {
    return evidence.runs().lines().filter(line -> REFUSED.matcher(line).find()).toList();
  }
}
