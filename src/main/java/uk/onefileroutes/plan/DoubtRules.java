package uk.onefileroutes.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.HoldCode;
import uk.onefileroutes.feed.Holding;
import uk.onefileroutes.feed.PlanKeys;
import uk.onefileroutes.ledger.FileFacts;
import uk.onefileroutes.ledger.FileFigures;

/** Signs that a file is wrong as a whole: an old one, a cut one, one with columns mixed up. */
final class DoubtRules {
  // a column that was full, and one that is empty, in percent of the rows
  private static final int FULL = 90;
  private static final int EMPTY = 10;

  private final ReadFigures read;
  private final FileFacts facts;
  private final Holding holding;
  private final Holding.Doubts doubts;
  private final Map<HoldCode, String> reasons;

  /**
   * @param reasons where a sentence is added for each reason to hold the file
   */
  DoubtRules(ReadFigures read, FileFacts facts, Holding holding, Map<HoldCode, String> reasons) {
    this.read = read;
    this.facts = facts;
    this.holding = holding;
    this.doubts = holding.doubts();
    this.reasons = reasons;
  }

  void apply() {
    caseload();
    emptyColumns();
    age();
    lastLine();
    roles();
  }

  private void caseload() {
    List<FileFacts.Gain> gains =
        facts.gains().stream().filter(gain -> gain.learners() > doubts.caseload()).toList();
    if (!gains.isEmpty()) {
      reasons.put(
          HoldCode.CASELOAD,
          "%s, more than %s=%d."
              .formatted(
                  gains.stream()
                      .map(
                          gain ->
                              "Assignee %d would gain %s learners from others"
                                  .formatted(gain.assignee(), FigureWords.number(gain.learners())))
                      .collect(Collectors.joining("; "))
                      .replace("; Assignee", "; assignee"),
                  PlanKeys.CASELOAD,
                  doubts.caseload()));
    }
  }

  private void emptyColumns() {
    FileFacts.LastFile last = facts.last();
    FileFigures before = last == null ? null : last.figures();
    long records = read.kept().records();
    if (!doubts.columnEmpty()
        || last == null
        || before == null
        || Math.min(before.records(), records) < holding.shares().from()) {
      return;
    }
    List<String> emptied = new ArrayList<>();
    before
        .filled()
        .forEach(
            (column, filled) -> {
              long now = read.kept().filled().getOrDefault(column, 0L);
              if (FigureWords.isAbove(filled, before.records(), FULL)
                  && now * 100 < records * EMPTY) {
                emptied.add(
                    "%s is filled in %s of %s rows"
                        .formatted(column, FigureWords.number(now), FigureWords.number(records)));
              }
            });
    if (!emptied.isEmpty()) {
      emptied.sort(Comparator.naturalOrder());
      reasons.put(
          HoldCode.COLUMN_EMPTY,
          "%s; in more than %d %% of file %d's (%s=true)."
              .formatted(String.join(", ", emptied), FULL, last.no(), PlanKeys.COLUMN_EMPTY));
    }
  }

  private void age() {
    Duration allowed = doubts.older();
    FileFacts.Other last = facts.age().last();
    if (allowed.equals(Holding.Doubts.ANY_AGE) || last == null) {
      return;
    }
    FileFacts.Other equal = facts.age().equal();
    Instant modified = facts.age().modified();
    if (equal != null) {
      reasons.put(
          HoldCode.OLDER_EXPORT,
          "It equals file %d of %s byte for byte, and file %d came since (%s=false lets it pass)."
              .formatted(equal.no(), day(equal.acceptedAt()), last.no(), PlanKeys.OLDER));
    } else if (isOlder(modified, last.modified(), allowed)) {
      reasons.put(
          HoldCode.OLDER_EXPORT,
          "It was changed at %s, before the last file %d was (%s); more than %s allows."
              .formatted(modified, last.no(), last.modified(), PlanKeys.OLDER));
    }
  }

  private static boolean isOlder(
      @Nullable Instant modified, @Nullable Instant last, Duration allowed) {
    return modified != null && last != null && modified.isBefore(last.minus(allowed));
  }

  private static String day(Instant instant) {
    return instant.toString().substring(0, 10);
  }

  private void lastLine() {
    FileFacts.Other last = facts.age().last();
    if (doubts.lastLineOpen()
        && !read.kept().hasLineEnd()
        && last != null
        && Boolean.TRUE.equals(last.hasLineEnd())) {
      reasons.put(
          HoldCode.LAST_LINE_OPEN,
          "Its last record has no line end, and file %d ended with one: it may be cut (%s=true)."
              .formatted(last.no(), PlanKeys.LAST_LINE_OPEN));
    }
  }

  private void roles() {
    FileFacts.Roles roles = facts.roles();
    List<String> signs = new ArrayList<>();
    if (roles.knownAsAssignees() * 2 > roles.learners()) {
      signs.add(
          "%s of %s learners are known as assignees"
              .formatted(
                  FigureWords.number(roles.knownAsAssignees()),
                  FigureWords.number(roles.learners())));
    }
    if (roles.knownAsLearners() * 2 > roles.assignees()) {
      signs.add(
          "%s of %s assignees are known as learners"
              .formatted(
                  FigureWords.number(roles.knownAsLearners()),
                  FigureWords.number(roles.assignees())));
    }
    if (doubts.swapped() && !signs.isEmpty()) {
      reasons.put(
          HoldCode.ROLES_LOOK_SWAPPED,
          "%s (%s=true): are the columns swapped?"
              .formatted(String.join(", and ", signs), PlanKeys.SWAPPED));
    }
  }
}
