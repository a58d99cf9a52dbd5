package uk.onefileroutes.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.management.PaceNow;
import uk.onefileroutes.management.Status;
import uk.onefileroutes.management.Status.AlarmNow;
import uk.onefileroutes.management.Status.BacklogNow;
import uk.onefileroutes.management.Status.DirectoryNow;
import uk.onefileroutes.management.Status.FeedNow;
import uk.onefileroutes.management.Status.FileNow;
import uk.onefileroutes.management.Status.TroubleNow;
import uk.onefileroutes.management.TrafficNow;

/** A status as text for a terminal. */
final class StatusText {
  private static final DateTimeFormatter TODAY =
      DateTimeFormatter.ofPattern("HH:mm:ss z", Locale.UK);
  private static final DateTimeFormatter OTHER_DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm z", Locale.UK);

  private static final int MAX_WAITING = 10;

  private final ZoneId zone;

  /**
   * @param zone whose clocks times are shown on
   */
  StatusText(ZoneId zone) {
    this.zone = zone;
  }

  /** Several lines, each ended. */
  String of(Status status) {
    ZonedDateTime now = Instant.parse(status.at()).atZone(zone);
    StringBuilder text = new StringBuilder();
    PaceNow pace = status.delivery().pace();
    if (pace == null) {
      line(text, "Instance", "none runs; this is what the ledger says");
    } else {
      line(text, "Pace", pace(pace, now));
      if (pace.next().nextEdgeAt() != null) {
        line(
            text,
            "Next",
            "%s: %s".formatted(time(pace.next().nextEdgeAt(), now), pace.next().nextEdge()));
      }
    }
    status.problems().alarms().forEach(alarm -> line(text, "ALARM", alarm(alarm, now)));
    status.problems().troubles().forEach(each -> line(text, "FAILING", trouble(each, now)));
    line(text, "Backlog", backlog(status.delivery().backlog(), now));
    if (status.delivery().backlog().blocked() > 0) {
      line(text, "Blocked", blocked(status.delivery().backlog().blocked()));
    }
    line(text, "24 hours", traffic(status.calls().traffic()));
    if (pace != null) {
      line(
          text,
          "Session",
          status.onefile().tokenSince() == null
              ? "none"
              : "logged in " + ago(status.onefile().tokenSince(), now));
    }
    status.input().feeds().forEach(feed -> feed(text, feed, now));
    status.onefile().directories().forEach(one -> line(text, "Directory", directory(one, now)));
    files(text, status.input().files(), now);
    return text.toString();
  }

  private static void line(StringBuilder text, String what, String value) {
    text.append("%-9s %s%n".formatted(what, value));
  }

  private String pace(PaceNow pace, ZonedDateTime now) {
    String speed =
        pace.speed().callsPerMinute()
            + " calls per minute"
            + switch (pace.speed().source()) {
              case "plan" -> " (plan)";
              case "by_hand" -> " (set by hand)";
              default -> "";
            };
    String opens =
        pace.admission().opensAt() == null
            ? ""
            : " Opens " + time(pace.admission().opensAt(), now) + ".";
    return speed + ". " + pace.admission().reason() + opens;
  }

  private String backlog(BacklogNow backlog, ZonedDateTime now) {
    if (backlog.open() == 0) {
      return "nothing left to send";
    }
    String finish =
        backlog.expectedFinishAt() == null
            ? "no end in sight"
            : "sent by about " + time(backlog.expectedFinishAt(), now);
    String oldest =
        backlog.oldestAcceptedAt() == null
            ? ""
            : ", the oldest accepted " + time(backlog.oldestAcceptedAt(), now);
    return "%,d requests (%,d on their way, %,d to be tried again), %s%s"
        .formatted(backlog.open(), backlog.inFlight(), backlog.waiting(), finish, oldest);
  }

  private static String traffic(TrafficNow traffic) {
    return "%,d delivered, %,d failed, %,d calls to be made again"
        .formatted(traffic.delivered(), traffic.failed(), traffic.again());
  }

  private String alarm(AlarmNow alarm, ZonedDateTime now) {
    String about = alarm.about() == null ? "" : " " + alarm.about();
    return "%s%s since %s: %s"
        .formatted(alarm.code(), about, time(alarm.since(), now), alarm.message());
  }

  private String trouble(TroubleNow trouble, ZonedDateTime now) {
    return "%s%s since %s, last tried %s: %s"
        .formatted(
            trouble.what(),
            trouble.about() == null ? "" : " (" + trouble.about() + ")",
            time(trouble.since(), now),
            ago(trouble.lastFailedAt(), now),
            trouble.reason());
  }

  private void feed(StringBuilder text, FeedNow feed, ZonedDateTime now) {
    line(text, "Feed", feed(feed, now));
    feed.waiting().stream()
        .limit(MAX_WAITING)
        .forEach(
            file ->
                line(
                    text,
                    "WAITING",
                    "%s (feed %s) since %s, not taken: %s"
                        .formatted(
                            file.name(), feed.name(), time(file.since(), now), file.reason())));
    if (feed.allWaiting() > MAX_WAITING) {
      line(
          text,
          "WAITING",
          "%,d more files of feed %s".formatted(feed.allWaiting() - MAX_WAITING, feed.name()));
    }
  }

  private String feed(FeedNow feed, ZonedDateTime now) {
    String seen =
        feed.listing().lastListedAt() == null
            ? ", not listed yet"
            : ", listed " + ago(feed.listing().lastListedAt(), now);
    String since =
        feed.listing().lastFailedAt() == null
            ? ""
            : " at " + time(feed.listing().lastFailedAt(), now);
    String failure =
        feed.listing().failure() == null
            ? ""
            : ", FAILING" + since + ": " + feed.listing().failure();
    return feed.name() + " (" + feed.place() + ")" + seen + failure;
  }

  private String directory(DirectoryNow directory, ZonedDateTime now) {
    String read =
        directory.readAt() == null ? "not read yet" : "read " + time(directory.readAt(), now);
    String wanted = directory.isWanted() ? ", being read again" : "";
    String failure = directory.failure() == null ? "" : ", FAILING: " + directory.failure();
    return "organisation %d, %s%s%s".formatted(directory.organisation(), read, wanted, failure);
  }

  private void files(StringBuilder text, List<FileNow> files, ZonedDateTime now) {
    if (files.isEmpty()) {
      line(text, "Files", "none yet");
      return;
    }
    text.append(
        "%n%6s  %-12s %-32s %-10s %-28s %s%n"
            .formatted("file", "feed", "name", "state", "assignments final", "assignments"));
    for (FileNow file : files) {
      text.append(
          "%6d  %-12s %-32s %-10s %s %s%n"
              .formatted(
                  file.no(),
                  file.feed(),
                  file.name(),
                  file.stand().state(),
                  bar(file),
                  words(file, now)));
    }
  }

  private static String blocked(long blocked) {
    return blocked == 1
        ? "1 assignment waits for a person"
        : "%,d assignments wait for a person".formatted(blocked);
  }

  private static String bar(FileNow file) {
    boolean isEmpty = file.counts().total() == 0 && !file.stand().state().equals("receiving");
    return isEmpty
        ? Progress.bar(1, 1)
        : Progress.bar(file.counts().total() - file.counts().open(), file.counts().total());
  }

  private String words(FileNow file, ZonedDateTime now) {
    String rows =
        file.counts().rows().entrySet().stream()
            .map(
                (Map.Entry<String, Long> entry) ->
                    "%,d %s".formatted(entry.getValue(), entry.getKey()))
            .collect(Collectors.joining(", "));
    return (told(file) + rows + ", accepted " + time(file.times().acceptedAt(), now)).strip();
  }

  /** What there is to say of it, with a space behind it. */
  private static String told(FileNow file) {
    String message = file.stand().message() == null ? "" : file.stand().message() + " ";
    return file.stand().code() == null ? message : file.stand().code() + ": " + message;
  }

  private String time(@Nullable String instant, ZonedDateTime now) {
    ZonedDateTime time = Instant.parse(String.valueOf(instant)).atZone(zone);
    return (time.toLocalDate().equals(now.toLocalDate()) ? TODAY : OTHER_DAY).format(time);
  }

  private static String ago(@Nullable String instant, ZonedDateTime now) {
    long seconds =
        Duration.between(Instant.parse(String.valueOf(instant)), now.toInstant()).toSeconds();
    if (seconds < 120) {
      return seconds + " s ago";
    }
    return seconds < 7200 ? seconds / 60 + " min ago" : seconds / 3600 + " h ago";
  }
}
