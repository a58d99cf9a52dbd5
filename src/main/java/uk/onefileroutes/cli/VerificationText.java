package uk.onefileroutes.cli;

import org.jspecify.annotations.Nullable;
import uk.onefileroutes.verification.Report;
import uk.onefileroutes.verification.Report.Drift;
import uk.onefileroutes.verification.Report.NotCompared;
import uk.onefileroutes.verification.Report.NotRead;
import uk.onefileroutes.verification.Report.Tally;

/** The report of a verification as text for a terminal. */
final class VerificationText {
  private VerificationText() {}

  /** Several lines, the last one without its end. */
  static String of(Report report) {
    StringBuilder text = new StringBuilder();
    Tally tally = report.tally();
    text.append(
        "Verified the slots %s: %s, %,d of %,d learners read."
            .formatted(
                report.run().of(),
                report.run().state(),
                tally.learnersRead(),
                report.amount().learners()));
    text.append(
        "%n%,d slots are as the ledger says, %,d are not."
            .formatted(tally.equal(), tally.drifted()));
    count(text, report.hand().kept(), "slots are as somebody made them by hand, and kept so.");
    count(text, tally.changed(), "slots had a request on its way and could not be compared.");
    count(
        text,
        tally.notSaid(),
        "default slots: Onefile doesn't say, its answer has no such member.");
    count(text, tally.notFound(), "learners are not found, or not shown to us.");
    count(text, tally.failed(), "learners could not be read.");
    for (NotCompared each : report.amount().notCompared()) {
      count(
          text,
          each.slots(),
          "level %d slots could not be compared: %s.".formatted(each.level(), each.why()));
    }
    for (NotRead each : report.notRead()) {
      text.append("%n%12d  %s".formatted(each.learner(), each.why()));
    }
    drifts(text, report);
    return text.toString();
  }

  private static void count(StringBuilder text, long amount, String what) {
    if (amount > 0) {
      text.append("%n%,d %s".formatted(amount, what));
    }
  }

  private static void drifts(StringBuilder text, Report report) {
    if (report.drifts().isEmpty()) {
      return;
    }
    String line = "%12s  %-" + width(report) + "s %12s %12s%n";
    text.append("%n%n".formatted())
        .append(line.formatted("learner", "slot", "ledger says", "Onefile says"));
    for (Drift drift : report.drifts()) {
      text.append(
          line.formatted(
              drift.learner(),
              drift.slot(),
              somebody(drift.ledger()),
              drift.listed() ? somebody(drift.onefile()) : "not listed"));
    }
    long further = report.tally().drifted() - report.drifts().size();
    if (further > 0) {
      text.append("and %,d more%n".formatted(further));
    }
    text.append(
        "%nIf the file is right: forget --learner ID for these, then drop the file again. If Onefile is right: fix the file."
            .formatted());
  }

  private static int width(Report report) {
    return report.drifts().stream().mapToInt(drift -> drift.slot().length()).reduce(18, Math::max);
  }

  private static String somebody(@Nullable Long account) {
    return account == null ? "nobody" : account.toString();
  }
}
