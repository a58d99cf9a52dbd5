package uk.onefileroutes.cli;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.management.AppliedNow;
import uk.onefileroutes.management.AppliedNow.AskedNow;
import uk.onefileroutes.management.Histories.AttemptNow;
import uk.onefileroutes.management.Histories.RowNow;
import uk.onefileroutes.management.WantedAssignment;

/** The steps of {@code apply} as text for a terminal. */
final class ApplyText {
  private ApplyText() {}

  /** A line a step, as far as it came. */
  static String of(WantedAssignment wanted, AppliedNow now) {
    return Stream.of(
            "read      file %d, %s, row 1 of feed %s"
                .formatted(now.file().no(), now.file().name(), now.file().feed()),
            matched(wanted, now.asked()),
            slot(now.asked()),
            request(now),
            answer(now))
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining(System.lineSeparator()));
  }

  /** Why it does not go on now; empty where nobody says. */
  static String waits(AppliedNow now) {
    return now.row() == null
        ? Objects.requireNonNullElse(now.file().stand().message(), "")
        : Objects.requireNonNullElse(now.waits(), "");
  }

  private static String matched(WantedAssignment wanted, @Nullable AskedNow asked) {
    return asked == null
        ? ""
        : "matched   learner %s, assignee %s"
            .formatted(
                matched(wanted.learner(), asked.learner()),
                matched(wanted.assignee(), asked.assignee()));
  }

  private static String matched(String given, long id) {
    return given.contains(":")
        ? "%s is account %d by the directory".formatted(given, id)
        : "%d by its id".formatted(id);
  }

  private static String slot(@Nullable AskedNow asked) {
    return asked == null
        ? ""
        : "slot      %s of learner %d, %s"
            .formatted(
                asked.slot(),
                asked.learner(),
                asked.held() == null
                    ? "not known to hold anything"
                    : "known to hold " + asked.held());
  }

  private static String request(AppliedNow now) {
    AskedNow asked = now.asked();
    if (asked == null) {
      return "";
    }
    return asked.path() == null
        ? "request   none"
        : "request   POST %s %s".formatted(asked.path(), asked.payload());
  }

  private static String answer(AppliedNow now) {
    RowNow row = now.row();
    if (row == null) {
      return "answer    none yet: file %d is %s%s%s"
          .formatted(
              now.file().no(),
              now.file().stand().state(),
              now.file().stand().code() == null ? "" : " " + now.file().stand().code(),
              now.file().stand().message() == null ? "." : ". " + now.file().stand().message());
    }
    List<AttemptNow> attempts = row.tried().attempts();
    String calls = row.tried().calls() == 1 ? "1 call" : row.tried().calls() + " calls";
    String last =
        attempts.isEmpty() ? "no call" : calls + ", " + last(attempts.get(attempts.size() - 1));
    return "answer    %s%s, %s.%s%s"
        .formatted(
            row.standing().state(),
            row.standing().code() == null ? "" : " " + row.standing().code(),
            last,
            row.standing().message() == null ? "" : " " + row.standing().message(),
            now.waits() == null || isDone(row) ? "" : " " + now.waits());
  }

  private static boolean isDone(RowNow row) {
    return !List.of("planned", "sending", "waiting").contains(row.standing().state());
  }

  private static String last(AttemptNow attempt) {
    return "%s in %,d ms"
        .formatted(
            attempt.httpStatus() == null ? "no answer" : "HTTP " + attempt.httpStatus(),
            attempt.tookMs());
  }
}
