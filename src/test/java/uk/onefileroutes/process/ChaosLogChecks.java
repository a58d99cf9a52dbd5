package uk.onefileroutes.process;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the processes printed. */
final class ChaosLogChecks {
  private static final Pattern LOUD =
      Pattern.compile("\\tat |Exception|Unexpected| ERROR |simulator-customer-token|[\\w+/]{120}");

  private ChaosLogChecks() {}

  /** None of these rounds does anything that is an error of the process or of its machine. */
  static List<String> quiet(ChaosEvidence evidence) {
    return evidence.outputs().stream()
        .flatMap(output -> Stream.of(output.split("\n", -1)))
        .filter(line -> LOUD.matcher(line).find())
        .toList();
  }
}
