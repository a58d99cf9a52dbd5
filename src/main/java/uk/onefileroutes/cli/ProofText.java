package uk.onefileroutes.cli;

import java.util.List;
import uk.onefileroutes.proof.Fact;
import uk.onefileroutes.proof.Findings;
import uk.onefileroutes.proof.ProofReport;
import uk.onefileroutes.proof.Subject;

/** A proof, for people. */
final class ProofText {
  private ProofText() {}

  /** A fact when it is found. */
  static String line(Fact fact) {
    return "%-10s  %s%n".formatted(fact.about(), fact.sentence());
  }

  /** What follows, behind the facts. */
  static String end(ProofReport report) {
    StringBuilder text = new StringBuilder();
    if (report.stopped() != null) {
      text.append("%nStopped: %s%n".formatted(report.stopped()));
    }
    Findings findings = report.findings();
    text.append("%nKeys to set%n".formatted());
    if (findings.keys().isEmpty()) {
      text.append("  none%n".formatted());
    }
    for (Findings.Setting key : findings.keys()) {
      text.append("  %s=%s%n      %s%n".formatted(key.key(), key.value(), key.why()));
    }
    list(text, "Not settled", findings.open());
    list(text, "To look at in Onefile, and to undo by hand", findings.undo());
    return text.toString();
  }

  /** All of it, for those who were not there. */
  static String ticket(ProofReport report) {
    StringBuilder text =
        new StringBuilder(
            "What %s answers where the guide \"Assigning users to learners via the API\" is open%n"
                .formatted(report.onefile()));
    text.append("Begun at %s with %s.%n%n".formatted(report.at(), ids(report.subject())));
    report.facts().forEach(fact -> text.append(line(fact)));
    return text + end(report);
  }

  private static String ids(Subject subject) {
    return "learner %d, assessor %d%s%s%s"
        .formatted(
            subject.learner(),
            subject.assessor(),
            subject.iqa() == null ? "" : ", IQA " + subject.iqa(),
            subject.standard() == null ? "" : ", standard " + subject.standard(),
            subject.unit() == null ? "" : ", unit " + subject.unit());
  }

  private static void list(StringBuilder text, String title, List<String> sentences) {
    if (!sentences.isEmpty()) {
      text.append("%n%s%n".formatted(title));
      sentences.forEach(each -> text.append("  - %s%n".formatted(each)));
    }
  }
}
