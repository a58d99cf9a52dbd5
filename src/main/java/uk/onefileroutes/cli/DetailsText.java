package uk.onefileroutes.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;
import uk.onefileroutes.management.Histories.AttemptNow;
import uk.onefileroutes.management.Histories.CallsNow;
import uk.onefileroutes.management.Histories.FileDetails;
import uk.onefileroutes.management.Histories.RowNow;
import uk.onefileroutes.management.Status.FileNow;

/** A file with its rows that need a person, as text for a terminal. */
final class DetailsText {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss z", Locale.UK);

  private final ZoneId zone;

  /**
   * @param zone whose clocks times are shown on
   */
  DetailsText(ZoneId zone) {
    this.zone = zone;
  }

  /** Several lines, the last one without its end. */
  String of(FileDetails details) {
    StringBuilder text = new StringBuilder(file(details.file()));
    if (details.rows().isEmpty()) {
      text.append("%nNo assignment needs a person.".formatted());
    }
    details.rows().forEach(row -> text.append(row(row)));
    if (details.furtherRows() > 0) {
      text.append("%n%,d more blocked or rejected.".formatted(details.furtherRows()));
    }
    return text.toString();
  }

  private String file(FileNow file) {
    String rows =
        file.counts().rows().entrySet().stream()
            .map(entry -> "%,d %s".formatted(entry.getValue(), entry.getKey()))
            .collect(Collectors.joining(", "));
    String message = file.stand().message() == null ? "" : file.stand().message();
    String code = file.stand().code() == null ? "" : ", " + file.stand().code() + ":";
    String told = message.isEmpty() ? code : (code.isEmpty() ? "." : code) + " " + message;
    return "File %d, %s of feed %s, accepted %s: %s%s%nAssignments: %s"
        .formatted(
            file.no(),
            file.name(),
            file.feed(),
            time(file.times().acceptedAt()),
            file.stand().state(),
            told,
            rows.isEmpty() ? "none" : rows);
  }

  private String row(RowNow row) {
    CallsNow tried = row.tried();
    StringBuilder text =
        new StringBuilder(
            "%n%nRow %d%s: %s %s, learner %s, %s%n  %s%n  %d calls%s"
                .formatted(
                    row.row(),
                    row.part() == 0 ? "" : "." + row.part(),
                    row.standing().state(),
                    row.standing().code(),
                    row.learner(),
                    row.slot(),
                    row.standing().message(),
                    tried.calls(),
                    tried.calls() > tried.attempts().size()
                        ? ", the last %d of them:".formatted(tried.attempts().size())
                        : ":"));
    tried.attempts().forEach(attempt -> text.append(attempt(attempt)));
    return text.toString();
  }

  private String attempt(AttemptNow attempt) {
    return "%n    %s  %-9s  %-18s %s"
        .formatted(
            time(attempt.at()),
            attempt.httpStatus() == null ? "no answer" : "HTTP " + attempt.httpStatus(),
            attempt.code(),
            attempt.message());
  }

  private String time(String instant) {
    return TIME.format(Instant.parse(instant).atZone(zone));
  }
}
