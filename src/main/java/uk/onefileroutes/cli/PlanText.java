package uk.onefileroutes.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import uk.onefileroutes.dryrun.DryRunReport;
import uk.onefileroutes.dryrun.DryRunReport.Calls;
import uk.onefileroutes.dryrun.DryRunReport.Change;
import uk.onefileroutes.dryrun.DryRunReport.GoneSlot;
import uk.onefileroutes.dryrun.DryRunReport.Invalid;

/** A dry run as text for a terminal. */
final class PlanText {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm z", Locale.UK);

  private final ZoneId zone;

  /**
   * @param zone whose clocks times are shown on
   */
  PlanText(ZoneId zone) {
    this.zone = zone;
  }

  /** Several lines, each ended. */
  String of(DryRunReport report) {
    StringBuilder text = new StringBuilder();
    text.append(
        "Dry run of %s%s by feed %s. Nothing is sent, nothing is recorded.%n"
            .formatted(
                report.about().file(),
                report.about().no() == null ? "" : " (file " + report.about().no() + ")",
                report.about().feed()));
    if (report.notDone().refused() != null) {
      return text.append("%nIt would be refused: %s%n".formatted(report.notDone().refused()))
          .toString();
    }
    changes(text, report);
    gone(text, report);
    invalid(text, report);
    text.append(
        "%nPlan: %,d to add, %,d to change, %,d to send again, %,d unchanged, %,d superseded, %,d ignored, %,d invalid, %,d gone.%n"
            .formatted(
                report.planned().sent().adds(),
                report.planned().sent().changes(),
                report.planned().sent().repeats(),
                rows(report, "unchanged"),
                rows(report, "superseded"),
                rows(report, "ignored"),
                rows(report, "invalid"),
                report.planned().gone().slots()));
    text.append("Digest %s.%n".formatted(report.planned().sent().digest()));
    text.append(calls(report.calls())).append(System.lineSeparator());
    text.append(
        report.hold().held() == null
            ? "It would be released.%n".formatted()
            : "It would be held (%s): %s%n"
                .formatted(report.hold().held(), report.hold().heldWhy()));
    return text.toString();
  }

  private static long rows(DryRunReport report, String state) {
    return report.planned().rows().getOrDefault(state, 0L);
  }

  private static void changes(StringBuilder text, DryRunReport report) {
    List<Change> changes = report.lists().changes();
    if (!changes.isEmpty()) {
      text.append("%nChanges%n".formatted());
      for (Change change : changes) {
        text.append(
            "  ~ row %d, learner %d, %s: %d -> %d%n"
                .formatted(
                    change.row(), change.learner(), change.slot(), change.from(), change.to()));
      }
      further(text, report.planned().sent().changes() - changes.size());
    }
  }

  private static void gone(StringBuilder text, DryRunReport report) {
    List<GoneSlot> gone = report.lists().gone();
    if (!gone.isEmpty()) {
      text.append(
          "%nGone: held by file %d, not named any more; nothing is done about it%n"
              .formatted(report.planned().gone().lastFile()));
      for (GoneSlot slot : gone) {
        text.append(
            "  - learner %d, %s: %d%n".formatted(slot.learner(), slot.slot(), slot.assignee()));
      }
      further(text, report.planned().gone().slots() - gone.size());
    }
  }

  private static void invalid(StringBuilder text, DryRunReport report) {
    List<Invalid> invalid = report.lists().invalid();
    if (!invalid.isEmpty()) {
      text.append("%nInvalid: %s%n".formatted(codes(report.planned().invalid())));
      for (Invalid row : invalid) {
        String more = row.rows() == 1 ? "" : " and %,d more".formatted(row.rows() - 1);
        text.append(
            "  ! row %d%s, %s: %s%n".formatted(row.row(), more, row.codes(), row.message()));
      }
      long shown = invalid.stream().mapToLong(Invalid::rows).sum();
      further(text, rows(report, "invalid") - shown);
    }
  }

  private static String codes(Map<String, Long> codes) {
    return codes.entrySet().stream()
        .map(code -> "%,d %s".formatted(code.getValue(), code.getKey()))
        .collect(Collectors.joining(", "));
  }

  private static void further(StringBuilder text, long further) {
    if (further > 0) {
      text.append("  ... and %,d more%n".formatted(further));
    }
  }

  private String calls(Calls calls) {
    if (calls.amount() == 0) {
      return "No call.";
    }
    String before =
        calls.before() == 0 ? "" : " behind the %,d that wait already".formatted(calls.before());
    String end =
        calls.minutes() == null || calls.finishAt() == null
            ? "no end in sight at this pace"
            : "%,d min at this pace, until about %s"
                .formatted(
                    calls.minutes(), TIME.format(Instant.parse(calls.finishAt()).atZone(zone)));
    return "%,d calls%s: %s.".formatted(calls.amount(), before, end);
  }
}
